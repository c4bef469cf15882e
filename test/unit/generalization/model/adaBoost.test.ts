import { expect, test } from "vitest";
import { AdaBoostClassifier } from "../../../../src/generalization/model/adaBoost.js";

test("one round by hand: six samples, one wrong", () => {
  const x = [[0], [1], [2], [3], [4], [5]];
  const y = [0, 0, 1, 0, 1, 1]; // the best stump cuts at 1.5 or at 3.5 with one error: e = 1/6, the lower threshold wins
  const model = new AdaBoostClassifier({ nEstimators: 2 }).fit(x, y);
  expect(model.estimatorErrors[0]).toBeCloseTo(1 / 6, 12);
  expect(model.estimatorWeights[0]).toBeCloseTo(Math.log(5), 12); // ln((1 − e)/e) + ln(2 − 1)
  // the wrong sample's weight 1/6 · 5, all divided by 10/6: 1/2; the others 1/10
  const weights = model.sampleWeights[1]!.map((weight) => weight.toFixed(6));
  expect(weights.filter((weight) => weight === "0.500000")).toHaveLength(1);
  expect(weights.filter((weight) => weight === "0.100000")).toHaveLength(5);
});

test("the sequence ends with a perfect tree", () => {
  const model = new AdaBoostClassifier().fit([[0], [1]], [0, 1]);
  expect(model.estimatorWeights).toEqual([1]);
  expect([...model.stagedPredict([[0], [1]])]).toEqual([[0, 1]]);
});

test("what cannot be boosted is refused", () => {
  expect(() => new AdaBoostClassifier().fit([[0], [1]], [2, 2])).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: AdaBoostClassifier.fit: y must hold at least two classes, got only 2]`,
  );
  expect(() => new AdaBoostClassifier().fit([[0], [0]], [0, 1])).toThrowErrorMatchingInlineSnapshot(`
    [RangeError: AdaBoostClassifier.fit: the first tree must be better than chance, got error 0.5 for 2 classes
      help: use a larger maxDepth]
  `);
  expect(() => new AdaBoostClassifier({ learningRate: 0 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: AdaBoostClassifier: learningRate must be a finite number greater than 0, got 0]`,
  );
});
