import { expect, test } from "vitest";
import { leaveOneOut } from "../../../../src/generalization/split/leaveOneOut.js";

test("every sample is left out once", () => {
  expect(leaveOneOut(3)).toEqual([
    { train: [1, 2], test: [0] },
    { train: [0, 2], test: [1] },
    { train: [0, 1], test: [2] },
  ]);
});

test("one sample leaves nothing to train on", () => {
  expect(() => leaveOneOut(1)).toThrowErrorMatchingInlineSnapshot(`
    [RangeError: leaveOneOut: n must be at least 2, got 1
      help: one sample leaves nothing to train on]
  `);
});
