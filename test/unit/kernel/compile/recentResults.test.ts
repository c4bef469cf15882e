import { expect, test } from "vitest";
import type { Compiled } from "../../../../kernel/compile/messages.js";
import { makeRecentResults } from "../../../../kernel/compile/recentResults.js";

const result = (code: string): Compiled => ({
  ok: true,
  code,
  declarations: "",
  map: [],
  async: false,
  imports: [],
  files: [],
});

test("a result is found by declarations and source, both of them", () => {
  const results = makeRecentResults();
  results.add("declare let x: number;", "x", result("number"));
  results.add("declare let x: string;", "x", result("string"));
  expect(results.get("declare let x: number;", "x")?.code).toBe("number");
  expect(results.get("declare let x: string;", "x")?.code).toBe("string");
  expect(results.get("declare let x: number;", "x + 1")).toBe(undefined);
  expect(results.get("", "x")).toBe(undefined);
});

test("beyond the limit the one that was not used for longest is forgotten", () => {
  const results = makeRecentResults(2);
  results.add("", "a", result("a"));
  results.add("", "b", result("b"));
  results.get("", "a");
  results.add("", "c", result("c"));
  expect(["a", "b", "c"].map((source) => results.get("", source)?.code)).toEqual(["a", undefined, "c"]);
});
