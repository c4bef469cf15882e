import { expect, test } from "vitest";
import { DecisionTreeClassifier } from "../../../../src/generalization/model/decisionTree.js";
import { KNearestNeighbors } from "../../../../src/generalization/model/kNearestNeighbors.js";
import { PolynomialRegression } from "../../../../src/generalization/model/polynomialRegression.js";
import type { Model } from "../../../../src/generalization/model/samples.js";
import { crossValidate } from "../../../../src/generalization/validate/crossValidate.js";
import { VotingEnsemble } from "../../../../src/generalization/validate/votingEnsemble.js";

/** Answers the same whatever it is asked; a classifier when it has probabilities. */
const says = (answer: number, shares?: readonly number[]): Model => ({
  fit() {
    return this;
  },
  predict: (x: number[][]) => x.map(() => answer),
  ...(shares && { classes: [2, 4, 7], predictProbabilities: (x: number[][]) => x.map(() => [...shares]) }),
});
const unfit = (): Model => ({ fit: says(0).fit, predict: says(0).predict });
const one = { x: [[0]], y: [2] };
const vote = (models: Model[], options = {}): number =>
  new VotingEnsemble(models, options).fit(one.x, one.y).predict([[0]])[0]!;

test("has the expected defaults: a mean of numbers, a vote of classifiers, equal weights", () => {
  const numbers = new VotingEnsemble([says(1), says(2)]);
  expect([numbers.voting, numbers.weights, numbers.isClassifier]).toEqual(["mean", [1, 1], false]);
  const labels = new VotingEnsemble([says(2, [1, 0, 0]), says(4, [0, 1, 0])]);
  expect([labels.voting, labels.weights, labels.isClassifier]).toEqual(["hard", [1, 1], true]);
});

test("a mean is weighted", () => {
  // (1 · 1 + 1 · 2 + 2 · 6) / 4
  expect(vote([says(1), says(2), says(6)], { weights: [1, 1, 2] })).toBe(3.75);
});

test("of equally many hard votes the smallest label wins, whatever the order", () => {
  const [two, seven] = [says(2, [1, 0, 0]), says(7, [0, 0, 1])];
  expect(vote([seven, two])).toBe(2);
  expect(vote([two, seven], { weights: [1, 1.5] })).toBe(7);
});

test("a member that is sure outvotes two that hesitate, if the vote is soft", () => {
  // class 2: 0.95 + 0.4 + 0.4 = 1.75, class 4: 0.05 + 0.6 + 0.6 = 1.25
  const members = () => [says(2, [0.95, 0.05, 0]), says(4, [0.4, 0.6, 0]), says(4, [0.4, 0.6, 0])];
  expect([vote(members()), vote(members(), { voting: "soft" })]).toEqual([4, 2]);
});

test("the error of the average is the average error minus the spread", () => {
  // predictions 1 and 4, truth 5: (5 − 2.5)² = ½(16 + 1) − ½(1.5² + 1.5²)
  const average = vote([says(1), says(4)]);
  expect((5 - average) ** 2).toBe((16 + 1) / 2 - 1.5 ** 2);
});

test("it is a model like any other: cross-validated from scratch, scored by accuracy", () => {
  const x = Array.from({ length: 12 }, (_, i) => [i]);
  const y = x.map(([v]) => (v! < 6 ? 0 : 1));
  const ensemble = new VotingEnsemble([
    new DecisionTreeClassifier({ maxDepth: 1 }),
    new KNearestNeighbors({ k: 1, task: "classification" }),
    new KNearestNeighbors({ k: 3, task: "classification" }),
  ]);
  const splits = [{ train: [1, 2, 3, 4, 7, 8, 9, 10], test: [0, 5, 6, 11] }];
  const { score, mean } = crossValidate(ensemble, { x, y }, splits);
  expect([score, mean]).toEqual(["accuracy", 1]);
});

test("members are checked", () => {
  expect(() => new VotingEnsemble([])).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: VotingEnsemble: models must be a list of at least one model, got []]`,
  );
  expect(() => new VotingEnsemble([{} as Model])).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: VotingEnsemble: every member must have fit and predict, got {} at index 0]`,
  );
  const twice = says(1);
  expect(() => new VotingEnsemble([twice, says(2), twice])).toThrowErrorMatchingInlineSnapshot(`
    [RangeError: VotingEnsemble: every member must be an object of its own, got the same one at index 0 and 2
      help: pass weights to count one twice]
  `);
  expect(() => new VotingEnsemble([says(1), says(2, [1, 0, 0])])).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: VotingEnsemble: members must be all classifiers or none, got 1 of 2]`,
  );
});

test("voting and weights are checked", () => {
  const line = () => new PolynomialRegression({ degree: 1 });
  expect(() => new VotingEnsemble([line()], { voting: "hard" })).toThrowErrorMatchingInlineSnapshot(`
    [RangeError: VotingEnsemble: voting must fit the members, got "hard" for members that predict numbers
      help: use "mean"]
  `);
  expect(
    () => new VotingEnsemble([says(2, [1, 0, 0])], { voting: "mean" }),
  ).toThrowErrorMatchingInlineSnapshot(`
    [RangeError: VotingEnsemble: voting must fit the members, got "mean" for classifiers
      help: use "hard" or "soft"]
  `);
  const labelOnly = { ...unfit(), classes: [1, 2] } as Model;
  expect(() => new VotingEnsemble([labelOnly], { voting: "soft" })).toThrowErrorMatchingInlineSnapshot(`
    [TypeError: VotingEnsemble: "soft" voting needs members with predictProbabilities, got member 0 without
      help: use {voting: "hard"}]
  `);
  for (const weights of [[1], [1, -1], [0, 0], [1, Number.NaN]])
    expect(() => new VotingEnsemble([line(), line()], { weights }), String(weights)).toThrow(
      "VotingEnsemble: weights must be 2 numbers at least 0, not all 0, got",
    );
  expect(() => new VotingEnsemble([line()], { vote: "hard" } as object)).toThrowErrorMatchingInlineSnapshot(`
    [TypeError: VotingEnsemble: unknown option "vote"
      help: the options are voting, weights]
  `);
});

test("it must be fitted before it predicts, and has probabilities in soft votes only", () => {
  const hard = new VotingEnsemble([says(2, [1, 0, 0])]);
  expect(() => hard.predict([[0]])).toThrowErrorMatchingInlineSnapshot(`
    [Error: VotingEnsemble.predict: the model is not fitted
      help: call fit(x, y) first]
  `);
  expect(() => hard.fit(one.x, one.y).predictProbabilities([[0]])).toThrowErrorMatchingInlineSnapshot(
    `[Error: VotingEnsemble.predictProbabilities: probabilities need "soft" voting, got "hard"]`,
  );
});
