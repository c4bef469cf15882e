import { expect, test } from "vitest";
import { checkSplits } from "../../../../src/generalization/validate/checkSplits.js";

test("good splits pass unchanged", () => {
  const splits = [{ train: [0, 1], test: [2] }];
  expect(checkSplits("f", splits, 3)).toBe(splits);
});

test.each([
  ["no splits", []],
  ["an empty part", [{ train: [], test: [1] }]],
  ["an index of other data", [{ train: [0], test: [7] }]],
  ["a sample on both sides", [{ train: [0, 1], test: [1] }]],
])("%s: refused", (_, splits) => {
  expect(() => checkSplits("crossValidate", splits, 3)).toThrowErrorMatchingSnapshot();
});
