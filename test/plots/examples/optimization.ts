import * as plot from "../../../src/plot/index.js";
import { listOf, scatterOf } from "./numbers.js";

const rosenbrock: plot.SurfaceFunction = Object.assign(
  (x: number, y: number): number => (1 - x) ** 2 + 100 * (y - x * x) ** 2,
  {
    xDomain: [-2, 2] as const,
    yDomain: [-1, 3] as const,
    minima: [[1, 1]],
  },
);
const bowl = (x: number, y: number): number => 0.5 * x * x + 10 * y * y;
const heavyBall = (rate: number, beta: number, steps: number = 60): number[][] => {
  let w = [-1.8, 0.9];
  let v = [0, 0];
  const path = [w];
  for (let t = 0; t < steps; t++) {
    const g = [w[0]!, 20 * w[1]!];
    v = v.map((value, i) => beta * value + g[i]!);
    w = w.map((value, i) => value - rate * v[i]!);
    path.push(w);
  }
  return path;
};
const adam = (rate: number): number[][] => {
  let [w, m, s] = [
    [-1.8, 0.9],
    [0, 0],
    [0, 0],
  ];
  const path = [w];
  for (let t = 1; t <= 60; t++) {
    const g = [w[0]!, 20 * w[1]!];
    m = m.map((value, i) => 0.9 * value + 0.1 * g[i]!);
    s = s.map((value, i) => 0.99 * value + 0.01 * g[i]! ** 2);
    w = w.map(
      (value, i) => value - (rate * m[i]!) / (1 - 0.9 ** t) / (Math.sqrt(s[i]! / (1 - 0.99 ** t)) + 1e-8),
    );
    path.push(w);
  }
  return path;
};
const paths = {
  SGD: heavyBall(0.09, 0),
  momentum: heavyBall(0.02, 0.8),
  Adam: adam(0.08),
  RMSprop: adam(0.2),
  "SGD, rate 0.11": heavyBall(0.11, 0),
};
const rates = listOf(100, (i) => 10 ** (-5 + i * 0.06));
const alpha = listOf(25, (i) => -1 + i / 8);
const axis = listOf(21, (i) => -1 + i / 10);

export const examples: Readonly<Record<string, () => plot.Figure<never>>> = {
  contour: () => plot.contour(rosenbrock, { title: "Rosenbrock's valley" }),
  trajectories: () =>
    plot.trajectories(
      { surface: bowl, paths, arrows: [{ at: [-1.8, 0.9], vector: [0.5, -0.6], label: "−g" }] },
      { title: "SGD zigzags, momentum overshoots, Adam goes straight", yDomain: [-1.2, 1.2] },
    ),
  trajectoriesThree: () =>
    plot.trajectories(
      [
        { name: "elongated bowl", surface: bowl, paths },
        {
          name: "saddle",
          surface: (x, y) => x * x - y * y,
          paths: { SGD: heavyBall(0.05, 0), momentum: heavyBall(0.02, 0.8) },
        },
        { name: "Rosenbrock", surface: rosenbrock, paths: { Adam: adam(0.05) } },
      ],
      { title: "The same optimizers on three surfaces" },
    ),
  phaseDiagram: () => plot.phaseDiagram(undefined, { title: "Momentum widens the stable range" }),
  effectiveStep: () =>
    plot.effectiveStep(
      {
        Adagrad: listOf(6, (i) => listOf(80, (t) => 0.1 / Math.sqrt((1 + i) * (t + 1)))),
        Adam: listOf(6, (i) => listOf(80, (t) => 0.1 * (1 + i / 3) * (1 + 0.5 * Math.sin(t / 9 + i)))),
      },
      { title: "Adagrad's step only shrinks" },
    ),
  learningRateRange: () =>
    plot.learningRateRange(
      {
        learningRate: rates,
        loss: rates.map((r, i) =>
          r > 0.4
            ? Number.NaN
            : 2.3 -
              1.8 / (1 + Math.exp(-(Math.log10(r) + 2.3) * 3)) +
              Math.max(0, r - 0.15) ** 1.5 * 40 +
              0.06 * scatterOf(i),
        ),
      },
      { title: "Take a rate before the steepest descent ends" },
    ),
  scheduleCurve: () =>
    plot.scheduleCurve(
      {
        cosine: listOf(100, (t) => 0.05 * (1 + Math.cos((Math.PI * t) / 99))),
        step: listOf(100, (t) => 0.1 * 0.3 ** Math.floor(t / 30)),
        oneCycle: {
          learningRate: listOf(100, (t) => (t < 30 ? 0.01 + 0.003 * t : 0.1 * (1 - (t - 30) / 70))),
          momentum: listOf(100, (t) => (t < 30 ? 0.95 - t / 300 : 0.85 + (t - 30) / 700)),
        },
      },
      { title: "Three schedules" },
    ),
  landscape1d: () =>
    plot.landscape1d(
      {
        alpha,
        loss: {
          train: alpha.map((a) => 0.1 + 0.8 * a * a * (1 - a) ** 2 + 0.3 * Math.max(0, a - 0.8)),
          test: alpha.map((a) => 0.2 + 0.8 * a * a * (1 - a) ** 2 + 0.5 * Math.max(0, a - 0.7)),
        },
        accuracy: { train: alpha.map((a) => 1 - 0.1 * a * a), test: alpha.map((a) => 0.95 - 0.12 * a * a) },
      },
      { title: "From small to large batch", marks: { "small batch": 0, "large batch": 1 } },
    ),
  landscape2d: () =>
    plot.landscape2d(
      {
        x: axis,
        y: axis,
        z: axis.map((y) =>
          axis.map((x) => Math.log1p(3 * x * x + 8 * y * y + Math.sin(3 * x) * Math.sin(2 * y))),
        ),
        path: [
          [-0.9, 0.8],
          [-0.5, 0.3],
          [-0.2, 0.2],
          [0, 0],
        ],
      },
      { title: "Around the solution" },
    ),
};
