import * as plot from "../../../src/plot/index.js";
import { listOf, scatterOf } from "./numbers.js";

const steps = 600;
const run = (time: number, floor: number): number[] =>
  listOf(
    steps,
    (i) => 0.1 * Math.exp(-i / time) + floor + 0.3 * (floor + 0.05 * Math.exp(-i / time)) * scatterOf(i),
  );
const wave = (x: number): number => Math.exp((-x * x) / 2) * Math.cos(6 * x);
const x = listOf(300, (i) => -3 + 6 * ((i * 0.6180339) % 1));
const y = x.map((at, i) => wave(at) + 0.1 * scatterOf(i));
const curveX = listOf(101, (i) => -3 + 0.06 * i);
const guess = (quality: number): number[] =>
  curveX.map(
    (at) => quality * Math.exp((-at * at) / 2) * Math.cos(6 * quality * at) + (1 - quality) * 0.1 * at,
  );
const losses = { SGD: run(500, 0.04), momentum: run(140, 0.015), Adam: run(30, 0.004) };
const frames = [0, 10, 100, 300, 600].map((step) => ({
  step,
  curves: { SGD: guess(step / 1800), momentum: guess(step / 800), Adam: guess(Math.min(0.98, step / 300)) },
}));
const race = { x, y, curveX, truth: wave, frames, losses };
const bundle = (degree: number): number[][] =>
  listOf(40, (k) =>
    listOf(
      81,
      (i) =>
        Math.sin((2 * Math.PI * i) / 80) * (degree > 1 ? 1 : 0.4) +
        0.1 * degree * Math.sin(i / 3 + k) * scatterOf(k),
    ),
  );
const sine = (at: number): number => Math.sin(2 * Math.PI * at);

export const examples: Readonly<Record<string, () => plot.Figure<never>>> = {
  lossCurve: () =>
    plot.lossCurve(
      { ...losses, "SGD, rate 0.1": listOf(steps, (i) => (i < 100 ? 0.14 * Math.exp(i / 15) : Number.NaN)) },
      { title: "Adam is ahead from the first steps; SGD at rate 0.1 diverges", yLabel: "mean squared error" },
    ),
  lossCurveEarlyStopping: () =>
    plot.lossCurve(
      {
        train: listOf(60, (i) => 1.2 * Math.exp(-i / 12) + 0.05 + 0.01 * scatterOf(i)),
        validation: listOf(60, (i) => 1.25 * Math.exp(-i / 10) + 0.25 + 0.004 * i + 0.02 * scatterOf(i + 99)),
      },
      { title: "The gap opens after epoch 25", xLabel: "epoch", yLabel: "cross-entropy (nats)", stopped: 50 },
    ),
  lossCurveTwoRuns: () =>
    plot.lossCurve(
      {
        small: { train: [1, 0.6, 0.45, 0.4], validation: [1.1, 0.7, 0.6, 0.58] },
        large: { train: [1, 0.4, 0.2, 0.1], validation: [1.1, 0.6, 0.62, 0.7] },
      },
      { title: "Dashed: validation", xLabel: "epoch" },
    ),
  fits: () =>
    plot.fits(
      { x, y, curveX, truth: wave, curves: { SGD: guess(0.2), momentum: guess(0.7), Adam: guess(0.97) } },
      { title: "After 1000 steps Adam has all the peaks" },
    ),
  fitsBundles: () =>
    plot.fits(
      {
        x: listOf(20, (i) => i / 19),
        y: listOf(20, (i) => sine(i / 19) + 0.3 * scatterOf(i)),
        curveX: listOf(81, (i) => i / 80),
        truth: sine,
        curves: { "degree 1": bundle(1), "degree 3": bundle(3), "degree 9": bundle(9) },
      },
      { title: "Bias falls, variance grows", notes: { "degree 1": "bias² 0.20, variance 0.01" } },
    ),
  race: () =>
    plot.race(race, { title: "Three optimizers learn the same curve", lossLabel: "mean squared error" }),
  raceLatest: () => plot.race(race, { view: "latest" }),
};
