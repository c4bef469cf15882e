import { expect, test } from "vitest";
import { hint, recordAttempt } from "../../../src/check/hint.js";

const hints = ["the idea", "the shape", "the line"];

test("hints open after a failed attempt, come one by one, and their use is counted", () => {
  expect(recordAttempt("H-a", hints, false)).toEqual({ total: 3, used: 0 });
  expect(`${hint("H-a")}`).toBe("The hints for H-a open when its check has failed once.");
  recordAttempt("H-a", hints, true);
  expect(`${hint("H-a")}`).toBe("the idea (2 more)");
  expect(recordAttempt("H-a", hints, true)).toEqual({ total: 3, used: 1 });
  expect([hint("H-a"), hint("H-a"), hint("H-a")].map(String)).toEqual([
    "the shape (1 more)",
    "the line",
    "That was the last hint for H-a: the line",
  ]);
  expect(recordAttempt("H-a", hints, true)).toEqual({ total: 3, used: 3 });
});

test("a check without hints says so", () => {
  recordAttempt("H-b", [], true);
  expect(hint("H-b").text).toBe("H-b has no hints.");
});

test("shows itself in a notebook, as text", () => {
  recordAttempt("H-c", ["a < b"], true);
  const bundle = (hint("H-c") as unknown as Record<symbol, () => Record<string, string>>)[
    Symbol.for("Jupyter.display")
  ]!();
  expect(bundle).toEqual({ "text/plain": "a < b", "text/html": "<p>💡 a &lt; b</p>" });
});

test("rejects a name that no check has", () => {
  expect(() => hint("H-none")).toThrow(
    /^check\.hint: no check "H-none" has run\n {2}help: checks that have run: /,
  );
});
