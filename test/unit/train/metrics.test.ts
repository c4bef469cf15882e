import { describe, expect, test } from "vitest";
import { tensor } from "../../../src/tensor/create.js";
import {
  accuracy,
  calibrationBins,
  confusionMatrix,
  expectedCalibrationError,
  meanSquaredError,
  r2,
} from "../../../src/train/metrics.js";

const logits = [
  [2, 1, 0],
  [0, 3, 1],
  [1, 1, 0],
  [0, 1, 5],
];

describe("accuracy(prediction, target)", () => {
  test("takes the largest column; the first of equal ones", () => {
    // predicted 0, 1, 0 (tie), 2
    expect(accuracy(logits, [0, 1, 1, 2])).toBe(0.75);
    expect(accuracy(tensor(logits), tensor([0, 2, 1, 0]))).toBe(0.25);
  });

  test("target as probabilities", () => {
    expect(
      accuracy(logits, [
        [0.9, 0.1, 0],
        [0.9, 0.1, 0],
        [1, 0, 0],
        [0, 0.4, 0.6],
      ]),
    ).toBe(0.75);
  });

  test("[n, 1] are logits of one question, [n] are classes", () => {
    expect(accuracy([[2], [-1], [0]], [1, 0, 1])).toBeCloseTo(2 / 3, 15);
    expect(accuracy([2, 0, 1], [2, 0, 0])).toBeCloseTo(2 / 3, 15);
  });

  test("refuses other numbers of samples", () => {
    expect(() => accuracy(logits, [0, 1])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: accuracy: prediction and target must have the same number of samples, got 4 and 2
        prediction [4, 3], target [2]]
    `);
    expect(() => accuracy([], [])).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: accuracy: there must be at least one sample, got none]`,
    );
    expect(() => accuracy([[1, 2], [3]], [0, 1])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: accuracy: all rows of prediction must have 2 numbers, got 1 in row 1]`,
    );
  });
});

describe("meanSquaredError and r2", () => {
  test("by hand", () => {
    // differences 0.5, −0.5, 0, 1: sum of squares 1.5
    expect(meanSquaredError([2.5, -0.5, 2, 8], [3, 0, 2, 7])).toBeCloseTo(0.375, 15);
    // mean 3, Σ(t − 3)² = 0 + 9 + 1 + 16 = 26
    expect(r2([2.5, -0.5, 2, 8], [3, 0, 2, 7])).toBeCloseTo(1 - 1.5 / 26, 15);
  });

  test("r2 of a constant target is 1 when met and 0 otherwise", () => {
    expect(r2([2, 2], [2, 2])).toBe(1);
    expect(r2([2, 3], [2, 2])).toBe(0);
  });

  test("refuse [n, 1] against [n, 2]", () => {
    expect(() =>
      meanSquaredError(
        tensor([[1], [2]]),
        tensor([
          [1, 2],
          [3, 4],
        ]),
      ),
    ).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: meanSquaredError: prediction and target must have the same shape
        prediction [2, 1], target [2, 2]]
    `);
  });
});

describe("confusionMatrix(prediction, target)", () => {
  test("rows are true classes, columns predicted ones", () => {
    // pairs (true, predicted): (0, 0), (1, 1), (1, 0), (2, 2)
    expect(confusionMatrix(logits, [0, 1, 1, 2])).toEqual([
      [1, 0, 0],
      [1, 1, 0],
      [0, 0, 1],
    ]);
  });

  test("{numClasses} makes room for classes that do not occur", () => {
    expect(confusionMatrix([0], [1], { numClasses: 3 })).toEqual([
      [0, 0, 0],
      [1, 0, 0],
      [0, 0, 0],
    ]);
    expect(() => confusionMatrix([2], [0], { numClasses: 2 })).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: confusionMatrix: numClasses must be at least 3 for these classes, got 2]`,
    );
    expect(() => confusionMatrix([0], [-1])).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: confusionMatrix: classes must be at least 0, got -1 at index 0]`,
    );
  });
});

describe("calibration", () => {
  const probabilities = [
    [0.9, 0.1],
    [0.8, 0.2],
    [0.4, 0.6],
    [0.35, 0.65],
  ];

  test("bins by confidence, upper edge included", () => {
    const bins = calibrationBins(probabilities, [0, 1, 1, 1], { bins: 5, from: "probabilities" });
    expect(bins.map(({ count }) => count)).toEqual([0, 0, 1, 2, 1]); // 0.6 | 0.8, 0.65 | 0.9
    expect(bins[3]!.confidence).toBeCloseTo(0.725, 12);
    expect(bins[3]!.accuracy).toBe(0.5);
    expect(bins[0]!.confidence).toBeNaN();
  });

  test("expectedCalibrationError by hand", () => {
    // ¼·|1 − 0.6| + ½·|½ − 0.725| + ¼·|1 − 0.9| = 0.1 + 0.1125 + 0.025
    expect(
      expectedCalibrationError(probabilities, [0, 1, 1, 1], { bins: 5, from: "probabilities" }),
    ).toBeCloseTo(0.2375, 12);
  });

  test("logits go through softmax, without overflow", () => {
    // softmax(log 9, 0) = (0.9, 0.1); softmax(1000, 0) = (1, 0). Errors 0.1 and 1, in one bin each.
    const value = expectedCalibrationError(
      [
        [Math.log(9), 0],
        [1000, 0],
      ],
      [0, 1],
      { bins: 10 },
    );
    expect(value).toBeCloseTo((0.1 + 1) / 2, 12);
  });

  test("has 15 bins by default and refuses one column and non-probabilities", () => {
    expect(calibrationBins(logits, [0, 1, 2, 2])).toHaveLength(15);
    expect(() => calibrationBins([1, 2], [0, 1])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: calibrationBins: prediction must have shape [n, K] with K >= 2, got [2]]`,
    );
    expect(() =>
      calibrationBins([[2, 1]], [0], { from: "probabilities" }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: calibrationBins: the largest probability of row 0 must be a finite number from 0 to 1, got 2]`,
    );
    expect(() =>
      expectedCalibrationError([[2, 1]], [0], { nbins: 3 } as object),
    ).toThrowErrorMatchingInlineSnapshot(`
      [TypeError: calibrationBins: unknown option "nbins"
        help: did you mean "bins"?]
    `);
  });
});
