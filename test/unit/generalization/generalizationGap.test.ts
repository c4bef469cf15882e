import { expect, test } from "vitest";
import { generalizationGap } from "../../../src/generalization/generalizationGap.js";

const epochs = [
  { epoch: 1, trainLoss: 1, validationLoss: 1.1 },
  { epoch: 2, trainLoss: 0.5, validationLoss: 0.9 },
  { epoch: 3, trainLoss: 0.2, validationLoss: 1.2 },
];

test("the gap grows while the training loss still falls", () => {
  const result = generalizationGap({ epochs });
  expect(result.gap.map((value) => value.toFixed(6))).toEqual(["0.100000", "0.400000", "1.000000"]);
  expect(result.bestEpoch).toBe(2);
  expect(result.atBest).toBeCloseTo(0.4, 12);
  expect(result.last).toBeCloseTo(1, 12);
});

test("without validation there is no gap", () => {
  expect(() =>
    generalizationGap({ epochs: [{ epoch: 1, trainLoss: 1 }] }),
  ).toThrowErrorMatchingInlineSnapshot(`
    [RangeError: generalizationGap: no epoch has a validation loss
      help: pass {validation: {x, y}} to train.fit]
  `);
  expect(() => generalizationGap([] as never)).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: generalizationGap: needs the History of train.fit, got []]`,
  );
});
