import * as plot from "../../../src/plot/index.js";
import { listOf, scatterOf } from "./numbers.js";

const folds = (mean: (i: number) => number): number[][] =>
  listOf(6, (i) => listOf(5, (k) => mean(i) + 0.03 * scatterOf(7 * i + k)));
const kFold = (n: number, k: number, order: (i: number) => number = (i) => i): plot.SplitIndices[] =>
  listOf(k, (fold) => {
    const inFold = (i: number): boolean => Math.floor((i * k) / n) === fold;
    const all = listOf(n, (i) => i);
    return { train: all.filter((i) => !inFold(i)).map(order), test: all.filter(inFold).map(order) };
  });
const cloud = (x: number, y: number, spread: number): number[][] =>
  listOf(60, (i) => [x + spread * scatterOf(i), y + spread * scatterOf(i + 500)]);
const moons = listOf(100, (i) => {
  const angle = (Math.PI * i) / 100;
  const noise = (k: number): number => 0.12 * scatterOf(2 * i + k);
  return i % 2 === 1
    ? [1 - Math.cos(angle) + noise(0), 0.4 - Math.sin(angle) + noise(1)]
    : [Math.cos(angle) + noise(0), Math.sin(angle) + noise(1)];
});
const labels = moons.map((_, i) => i % 2);
const nearest: plot.Classifier = (points) =>
  points.map(([a, b]) => {
    let [best, found] = [Number.POSITIVE_INFINITY, 0];
    for (const [i, [x, y]] of moons.entries()) {
      const distance = (x! - a!) ** 2 + (y! - b!) ** 2;
      if (distance < best) [best, found] = [distance, labels[i]!];
    }
    return found;
  });

export const examples: Readonly<Record<string, () => plot.Figure<never>>> = {
  learningCurve: () =>
    plot.learningCurve(
      {
        sizes: [10, 20, 50, 100, 200, 500],
        train: folds((i) => 1 - 0.01 * i),
        validation: folds((i) => 0.6 + 0.06 * i),
      },
      { title: "More data still helps", xScale: "log", yLabel: "accuracy" },
    ),
  validationCurve: () =>
    plot.validationCurve(
      {
        values: [1, 2, 3, 5, 7, 9],
        train: folds((i) => 0.5 - 0.07 * i),
        validation: folds((i) => 0.3 + 0.05 * (i - 2) ** 2),
      },
      { title: "Degree 3", better: "low", yLabel: "squared error", xLabel: "degree" },
    ),
  splits: () =>
    plot.splits(
      { kFold: kFold(40, 5), "kFold, shuffled": kFold(40, 5, (i) => (i * 17) % 40) },
      {
        title: "Two ways to make five folds",
        labels: listOf(40, (i) => (i < 25 ? "a" : "b")),
        groups: listOf(40, (i) => Math.floor(i / 6)),
      },
    ),
  splitsTime: () =>
    plot.splits(
      listOf(4, (k) => ({ train: listOf(20 + 20 * k, (i) => i), test: listOf(20, (i) => i + 25 + 20 * k) })),
      { title: "Only the past trains, with a gap of 5", time: true },
    ),
  biasVariance: () =>
    plot.biasVariance(
      // sin 2πx, 20 random points, noise 0.3: bias², variance and measured error for degrees 0 to 7
      {
        values: [0, 1, 2, 3, 4, 5, 6, 7],
        bias2: [0.5181, 0.1727, 0.1718, 0.0033, 0.0041, 0.0005, 0.0017, 0.0851],
        variance: [0.0298, 0.0339, 0.0933, 0.0265, 0.105, 0.1432, 1.692, 27.39],
        noise: listOf(8, () => 0.09),
        total: [0.638, 0.297, 0.355, 0.12, 0.199, 0.234, 1.78, 27.6],
      },
      { title: "Degree 3 balances bias and variance", xLabel: "degree of the polynomial" },
    ),
  dartboard: () =>
    plot.dartboard(
      {
        "degree 1, n = 20": cloud(0.8, -0.6, 0.3),
        "degree 3, n = 200": cloud(0, 0, 0.1),
        "degree 9, n = 20": cloud(0, 0, 1.2),
        "constant of two points": cloud(0.9, 0.9, 0.8),
      },
      { title: "Bias and variance as darts" },
    ),
  bootstrapStrips: () =>
    plot.bootstrapStrips(
      {
        n: 40,
        resamples: listOf(100, (r) => listOf(40, (i) => Math.floor((scatterOf(r * 41 + i) + 1) * 20) % 40)),
      },
      { title: "A resample misses about a third of the samples" },
    ),
  decisionBoundary: () =>
    plot.decisionBoundary(
      {
        x: moons,
        labels,
        predict: {
          "one tree": (points) => points.map(([a, b]) => (b! > 0.3 && a! < 1.4 ? 0 : 1)),
          "nearest neighbor": nearest,
          "linear, probabilities": (points) =>
            points.map(([a, b]) => 1 / (1 + Math.exp(-4 * (a! - 2 * b! - 0.2)))),
        },
      },
      { title: "Three classifiers on the moons", notes: { "one tree": "accuracy 0.86" } },
    ),
  boostingRounds: () =>
    plot.boostingRounds(
      {
        x: moons,
        labels,
        rounds: [1, 2, 5, 20].map((round) => ({
          round,
          weights: moons.map((_, i) => Math.exp(round * 0.1 * (scatterOf(i * round) > 0.6 ? 1 : -0.3))),
          predict: (points) => points.map(([a, b]) => (b! > 0.3 - 0.02 * round * a! ? 0 : 1)),
        })),
        errors: { train: listOf(20, (i) => 0.3 / (1 + i)), test: listOf(20, (i) => 0.1 + 0.25 / (1 + i)) },
      },
      { title: "AdaBoost concentrates on the hard samples" },
    ),
  scoreBars: () =>
    plot.scoreBars(
      {
        "features chosen on pure noise": {
          "outside the folds": [0.9, 0.88, 0.93],
          "inside the folds": [0.5, 0.47, 0.55],
        },
        "random walk": { "shuffled folds": [0.97, 0.98, 0.96], "forward only": [0.55, 0.61, 0.4] },
      },
      { title: "What a leak is worth", honest: { "features chosen on pure noise": 0.5 }, xLabel: "accuracy" },
    ),
  searchScatter: () =>
    plot.searchScatter(
      {
        x: listOf(30, (i) => 10 ** (-4 + i * 0.13)),
        score: listOf(30, (i) => 0.9 - 0.001 * (i - 15) ** 2 + 0.02 * scatterOf(i)),
        sd: listOf(30, () => 0.02),
      },
      { xScale: "log", xLabel: "learning rate", scoreLabel: "accuracy", title: "Random search" },
    ),
  searchScatterTwo: () =>
    plot.searchScatter(
      {
        x: listOf(40, (i) => 10 ** (2 * scatterOf(i) - 2)),
        y: listOf(40, (i) => 10 ** (2 * scatterOf(i + 90) - 4)),
        score: listOf(40, (i) => 0.8 + 0.1 * scatterOf(i)),
      },
      {
        xScale: "log",
        yScale: "log",
        xLabel: "learning rate",
        yLabel: "weight decay",
        title: "Two hyperparameters",
      },
    ),
};
