import * as plot from "../../../src/plot/index.js";
import { listOf, scatterOf } from "./numbers.js";

const disc = (radius: number): number[][] =>
  listOf(16, (i) => listOf(16, (j) => (Math.hypot(i - 7.5, j - 7.5) < radius ? 1 : ((i * j) % 7) / 14)));
const sums = (shift: number): number[] =>
  listOf(400, (i) => shift + scatterOf(3 * i) + scatterOf(3 * i + 1) + scatterOf(3 * i + 2));

export const examples: Readonly<Record<string, () => plot.Figure<never>>> = {
  line: () =>
    plot.line(
      {
        sigmoid: { x: [-4, -2, 0, 2, 4], y: [0.018, 0.12, 0.5, 0.88, 0.982] },
        tanh: { x: [-4, -2, 0, 2, 4], y: [-1, -0.964, 0, 0.964, 1] },
      },
      { title: "Two activations", xLabel: "input", yLabel: "output" },
    ),
  lineLog: () =>
    plot.line(
      listOf(50, (i) => 10 ** (-i / 5) + 1e-8),
      { yScale: "log", xLabel: "step", yLabel: "error", title: "Eight decades" },
    ),
  bars: () =>
    plot.bars(
      {
        SGD: [0.07, 0.072, 0.084],
        momentum: [0.02, 0.021, 0.02],
        Adam: [0.0037, 0.004, 0.005],
        "a long name of an optimizer": 0.05,
      },
      {
        title: "Final error over three seeds",
        xLabel: "mean squared error",
        reference: { value: 0.0025, label: "noise floor" },
      },
    ),
  histogram: () =>
    plot.histogram(sums(1), {
      title: "Bootstrap means",
      xLabel: "mean of the resample",
      interval: { low: -0.9, high: 2.9, label: "95 % interval" },
      lines: { estimate: 1, truth: 1.12 },
    }),
  histogramTwo: () => plot.histogram({ train: sums(0), test: sums(1) }, { title: "Two samples" }),
  scatter: () =>
    plot.scatter(
      {
        x: listOf(90, (i) => (i % 3) + 0.6 * scatterOf(i)),
        y: listOf(90, (i) => (i % 3) + 0.6 * scatterOf(i + 500)),
        labels: listOf(90, (i) => ["cat", "dog", "bird"][i % 3]!),
      },
      { title: "Three classes" },
    ),
  heatmap: () =>
    plot.heatmap(
      [
        [0.81, 0.85, 0.83, 0.7],
        [0.8, 0.9, 0.88, 0.72],
        [0.79, 0.86, 0.84, 0.69],
      ],
      {
        title: "Degree 3 with a little ridge wins",
        rows: [1, 3, 9],
        columns: [0, 0.001, 0.1, 10],
        xLabel: "ridge penalty",
        yLabel: "degree",
        colorLabel: "R²",
        mark: [1, 1],
      },
    ),
  heatmapWave: () =>
    plot.heatmap(
      listOf(48, (i) => listOf(80, (j) => Math.sin(i / 8) * Math.cos(j / 9))),
      { title: "Both signs: blue and red around 0" },
    ),
  imageGrid: () =>
    plot.imageGrid(
      listOf(10, (k) => disc(2 + 0.6 * k)),
      { labels: [0, 1, 2, 3, 4, 5, 6, 7, 8, "a nine"], title: "Growing discs" },
    ),
  imageGridColor: () =>
    plot.imageGrid(
      { shape: [2, 3, 8, 8], data: listOf(384, (i) => (((i % 8) + Math.floor(i / 64)) % 4) / 3) },
      { labels: ["first", "second"], size: 96, title: "Three channels" },
    ),
  filterGallery: () =>
    plot.imageGrid(
      ["sobelX", "sobelY", "laplacian"].map((_, k) =>
        disc(5).map((row) => row.map((value) => value - 0.3 * (k + 1))),
      ),
      { labels: ["sobelX", "sobelY", "laplacian"], size: 120, title: "Filter gallery" },
    ),
  confusionMatrix: () =>
    plot.confusionMatrix(
      listOf(10, (i) => listOf(10, (j) => (i === j ? 30 + i : (i * 7 + j * 3) % 11 === 0 ? 3 : 0))),
      { title: "Ten digits" },
    ),
  confusionMatrixNames: () =>
    plot.confusionMatrix(
      [
        [9, 1, 0],
        [2, 8, 3],
        [0, 0, 0],
      ],
      { classes: ["circle", "square", "triangle"] },
    ),
};
