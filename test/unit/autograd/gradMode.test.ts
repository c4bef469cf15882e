import { expect, test } from "vitest";
import { isRecording, noGrad } from "../../../src/autograd/gradMode.js";

test("noGrad switches recording off, returns the result and switches back", () => {
  expect(isRecording()).toBe(true);
  expect(noGrad(() => noGrad(() => 1) + (isRecording() ? 10 : 2))).toBe(3);
  expect(isRecording()).toBe(true);
});

test("recording is on again after an error", () => {
  expect(() =>
    noGrad(() => {
      throw new Error("inside");
    }),
  ).toThrow("inside");
  expect(isRecording()).toBe(true);
});

test("an async function is refused, because it would run with recording on", () => {
  expect(() => noGrad(async () => 1)).toThrowErrorMatchingInlineSnapshot(`
    [TypeError: noGrad: the function must not be async
      help: await first and put only the tensor arithmetic inside noGrad]
  `);
  expect(isRecording()).toBe(true);
});
