import { mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Interrupted } from "../../../../kernel/run/errors.js";
import { makeInput } from "../../../../kernel/run/input.js";
import type { FromSession, InputAnswer } from "../../../../kernel/run/messages.js";

/** Answers are read from a file, as they come from a pipe. */
function setUp(...answers: readonly InputAnswer[]) {
  const folder = mkdtempSync(join(tmpdir(), "gradbook-input-"));
  writeFileSync(join(folder, "answers"), answers.map((answer) => `${JSON.stringify(answer)}\n`).join(""));
  const frames: FromSession[] = [];
  const input = makeInput(
    openSync(join(folder, "answers"), "r"),
    (frame) => void frames.push(frame),
    () => 3,
  );
  rmSync(folder, { recursive: true });
  return { input, frames };
}

test("input asks and returns the answers in order", () => {
  const { input, frames } = setUp({ value: "Ada" }, { value: "ø 𝐚" });
  expect(input("name?")).toBe("Ada");
  expect(input("secret?", { password: true })).toBe("ø 𝐚");
  expect(frames).toEqual([
    { t: "input", prompt: "name?", password: false, cell: 3 },
    { t: "input", prompt: "secret?", password: true, cell: 3 },
  ]);
});

test("an answer longer than one read is put together", () => {
  const value = "x".repeat(200_000);
  expect(setUp({ value }).input()).toBe(value);
});

test("a front end that cannot ask, an interrupt, and the end of the connection are errors", () => {
  const { input } = setUp({ error: "input() is not supported by this front end" }, { interrupt: true });
  expect(() => input()).toThrow(new Error("input() is not supported by this front end"));
  expect(() => input()).toThrow(Interrupted);
  expect(() => input()).toThrowErrorMatchingInlineSnapshot(
    `[Error: input: the front end must answer, got the end of the connection]`,
  );
});
