import * as plot from "../../../src/plot/index.js";
import { listOf, scatterOf } from "./numbers.js";

const disc = listOf(16, (i) => listOf(16, (j) => (Math.hypot(i - 8, j - 8) < 5 ? 1 : 0)));
const square = listOf(16, (i) => listOf(16, (j) => (i > 4 && i < 12 && j > 4 && j < 12 ? 0 : 0.8)));
const blend = (lambda: number): number[][] =>
  disc.map((row, i) => row.map((value, j) => lambda * value + (1 - lambda) * square[i]![j]!));
const paste = (lambda: number): number[][] => {
  const edge = 16 * Math.sqrt(1 - lambda);
  return disc.map((row, i) => row.map((value, j) => (i < edge && j < edge ? square[i]![j]! : value)));
};
const unit = (i: number): number => (scatterOf(i) + 1) / 2;
const bell = (i: number): number => scatterOf(3 * i) + scatterOf(3 * i + 1) + scatterOf(3 * i + 2);
const cloudsOf = (spread: number): { points: number[][]; labels: string[] } => ({
  points: listOf(150, (i) => {
    const angle = (2 * Math.PI * (i % 3)) / 3;
    return [4 * Math.cos(angle) + spread * bell(i), 4 * Math.sin(angle) + spread * bell(i + 200)];
  }),
  labels: listOf(150, (i) => ["cat", "dog", "fox"][i % 3]!),
});
const confidence = listOf(600, (i) => 0.3 + 0.7 * Math.sqrt(unit(i)));

export const examples: Readonly<Record<string, () => plot.Figure<never>>> = {
  mixGrid: () =>
    plot.mixGrid(
      {
        images: [blend(0.3), blend(0.5), blend(0.7), paste(0.3), paste(0.5), paste(0.7)],
        labels: [0.3, 0.5, 0.7, 0.3, 0.5, 0.7].map((share) => [share, 1 - share]),
        captions: [
          "mixup λ = 0.3",
          "mixup λ = 0.5",
          "mixup λ = 0.7",
          "CutMix λ = 0.3",
          "CutMix λ = 0.5",
          "CutMix λ = 0.7",
        ],
        lambda: listOf(1000, unit),
        adjustedLambda: listOf(1000, (i) => unit(i) + 0.4 * (1 - unit(i)) * unit(i + 5000)),
        density: {
          x: listOf(99, (i) => (i + 1) / 100),
          y: listOf(99, (i) => 0.15 * (((i + 1) / 100) * (1 - (i + 1) / 100)) ** -0.8),
        },
      },
      { title: "Two ways to mix a disc and a square", classes: ["disc", "square"] },
    ),
  masks: () =>
    plot.masks(
      {
        masks: listOf(16, (i) => listOf(24, (j) => (unit(24 * i + j) < 0.3 ? 0 : 1 / 0.7))),
        trainMean: listOf(24, (j) => bell(j) + 0.05 * scatterOf(j + 300)),
        evalMean: listOf(24, bell),
      },
      { p: 0.3, title: "Every sample gets its own thinned network" },
    ),
  activations: () =>
    plot.activations(
      {
        "no normalization": {
          layer1: listOf(600, bell),
          layer2: listOf(600, (i) => 0.3 * bell(i)),
          layer3: listOf(600, (i) => 0.05 * bell(i)),
        },
        "batch norm": {
          layer1: listOf(600, bell),
          layer2: listOf(600, (i) => bell(i + 700)),
          layer3: listOf(600, (i) => bell(i + 1400)),
        },
      },
      { title: "Without normalization deep layers fall silent" },
    ),
  reliability: () =>
    plot.reliability(
      {
        "hard labels": { confidence, correct: confidence.map((c, i) => unit(i + 900) < c * c) },
        "smoothed labels": { confidence, correct: confidence.map((c, i) => unit(i + 900) < c) },
      },
      { title: "One model claims too much, the other what it keeps" },
    ),
  softLabels: () =>
    plot.softLabels(
      {
        "hard label": [0, 0, 1, 0, 0],
        "smoothed, ε = 0.1": [0.02, 0.02, 0.92, 0.02, 0.02],
        "mixed, λ = 0.6": [0.4, 0, 0.6, 0, 0],
      },
      { title: "Three answers to ask for" },
    ),
  clusters: () =>
    plot.clusters(
      {
        "hard labels": cloudsOf(1.5),
        "smoothed labels": cloudsOf(0.5),
      },
      { title: "The same classes, loose and tight", range: "shared" },
    ),
  normalizationAxes: () => plot.normalizationAxes(undefined, { title: "Who shares a mean?" }),
};
