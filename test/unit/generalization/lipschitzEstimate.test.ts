import { expect, test } from "vitest";
import { lipschitzEstimate } from "../../../src/generalization/lipschitzEstimate.js";
import { PolynomialRegression } from "../../../src/generalization/model/polynomialRegression.js";
import { LeakyReLU, ReLU, Sigmoid, Tanh } from "../../../src/nn/activationLayer.js";
import { BatchNorm1d } from "../../../src/nn/batchNorm.js";
import { Dropout } from "../../../src/nn/dropout.js";
import { Linear } from "../../../src/nn/linear.js";
import type { Module } from "../../../src/nn/module.js";
import { Sequential } from "../../../src/nn/sequential.js";
import { createRandom } from "../../../src/random.js";
import { tensor } from "../../../src/tensor/create.js";

/** A linear layer with these weights, bias 1. */
const linear = (rows: number[][]): Linear => {
  const layer = new Linear(rows[0]!.length, rows.length, { dtype: "float64", random: createRandom(1) });
  layer.weight.data.set(rows.flat());
  layer.bias!.data.fill(1);
  return layer;
};
const points = (rows: number[][]) => tensor(rows, { dtype: "float64" });

test("a line is as steep as its slope, at any points in any order", () =>
  expect(lipschitzEstimate((x) => x.map(([v]) => 2 - 3 * v!), [[5], [-1], [0.5]])).toEqual({
    lower: 3,
    upper: null,
  }));

test("of one feature the steepest secant lies between neighbours: sin gives 2·sin(h/2)/h", () => {
  // (sin(h/2) − sin(−h/2)) / h at the origin, where the sine is steepest
  const h = 0.5;
  const grid = [0.75, -0.25, 1.25, -1.75, 0.25, -0.75, -1.25].map((v) => [v]);
  const { lower } = lipschitzEstimate((x) => x.map(([v]) => Math.sin(v!)), grid);
  expect(lower).toBeCloseTo((2 * Math.sin(h / 2)) / h, 12);
});

test("of several features all pairs are measured, in the Euclidean norm of input and output", () => {
  // f(x) = (x₁ + x₂, x₁ + x₂) has L = 2: from (0, 0) to (1, 1) the value moves by (2, 2), √8 / √2
  const f = (x: number[][]) => x.map(([a, b]) => [a! + b!, a! + b!]);
  const { lower } = lipschitzEstimate(f, [
    [0, 0],
    [1, 0],
    [1, 1],
  ]);
  expect(lower).toBeCloseTo(2, 12);
});

test("a fitted model is asked for its predictions", () => {
  const parabola = new PolynomialRegression({ degree: 2 }).fit([[0], [1], [2], [3]], [0, 1, 4, 9]);
  // x² between 2.9 and 3 has the secant 5.9
  expect(lipschitzEstimate(parabola, [[0], [2.9], [3]]).lower).toBeCloseTo(5.9, 9);
});

test("a jump at one place is infinitely steep", () => {
  let call = 0;
  expect(lipschitzEstimate((x) => x.map(() => call++), [[1], [1]]).lower).toBe(Infinity);
});

test("a linear layer has its spectral norm, as lower and as upper bound", () => {
  // WᵀW = [[10, 6], [6, 10]] has the eigenvalues 16 and 4: ‖W‖₂ = 4
  const { lower, upper } = lipschitzEstimate(
    linear([
      [1, 3],
      [3, 1],
    ]),
    points([[0.3, -2]]),
  );
  expect(lower).toBeCloseTo(4, 9);
  expect(upper).toBeCloseTo(4, 9);
});

test("a spectral norm of a matrix that is wide, tall, zero or rotated", () => {
  const norm = (rows: number[][]) => lipschitzEstimate(linear(rows), points([rows[0]!.map(() => 1)])).upper!;
  expect(norm([[3, 4]])).toBeCloseTo(5, 9);
  expect(norm([[3], [4]])).toBeCloseTo(5, 9);
  expect(norm([[0, 0]])).toBe(0);
  const [c, s] = [Math.cos(0.4), Math.sin(0.4)];
  expect(
    norm([
      [2 * c, -s],
      [2 * s, c],
    ]),
  ).toBeCloseTo(2, 9); // a rotation after a stretch by 2
});

test("a network: the Jacobian at the points from below, the product of the layers from above", () => {
  // x → 2x → ReLU → 5x: slope 10 where 2x + 1 > 0, flat elsewhere; the sigmoid is a quarter as steep at most
  const slope = (layer: Module, at: number) =>
    lipschitzEstimate(new Sequential(linear([[2]]), layer, linear([[5]])), points([[at]]));
  expect(slope(new ReLU(), 1)).toEqual({ lower: 10, upper: 10 });
  expect(slope(new ReLU(), -1)).toEqual({ lower: 0, upper: 10 });
  expect(slope(new Sigmoid(), -0.5)).toEqual({ lower: 2.5, upper: 2.5 }); // σ′(2 · −0.5 + 1) = ¼
  expect(slope(new LeakyReLU({ negativeSlope: 3 }), -1)).toEqual({ lower: 30, upper: 30 });
  // tanh′(3) = 1 − tanh²(3)
  expect(slope(new Tanh(), 1).lower).toBeCloseTo(10 * (1 - Math.tanh(3) ** 2), 10);
});

test("the steepest of several points counts", () => {
  const network = new Sequential(linear([[2]]), new ReLU(), linear([[5]]));
  expect(lipschitzEstimate(network, points([[-3], [-1], [2]])).lower).toBe(10);
});

test("a layer of which no bound is known makes the upper one infinite", () => {
  const network = new Sequential(linear([[2]]), new BatchNorm1d(1, { dtype: "float64" }));
  expect(lipschitzEstimate(network, points([[1], [2]])).upper).toBe(Infinity);
});

test("the network is measured without dropout and left as it was", () => {
  const network = new Sequential(linear([[2]]), new Dropout({ p: 0.5 }), linear([[5]]));
  network.train();
  network.layers[0]!.training = false;
  const x = points([[1]]);
  expect(lipschitzEstimate(network, x)).toEqual({ lower: 10, upper: 10 });
  expect(network.namedModules().map(([, module]) => module.training)).toEqual([true, false, true, true]);
  expect(network.parameters().map(({ requiresGrad, grad }) => [requiresGrad, grad])).toEqual(
    network.parameters().map(() => [true, null]),
  );
  expect([x.requiresGrad, x.grad]).toEqual([false, null]);
});

test("arguments are checked", () => {
  const f = (x: number[][]) => x.map(([v]) => v!);
  expect(() => lipschitzEstimate(7 as never, [[1]])).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: lipschitzEstimate: f must be a fitted model, a function of rows or a network, got 7]`,
  );
  expect(() => lipschitzEstimate(f, [[1], [1]])).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: lipschitzEstimate: points must hold at least two different rows, got 2 equal ones]`,
  );
  expect(() => lipschitzEstimate(() => [1], [[1], [2]])).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: lipschitzEstimate: f must return one value for each row, got [1] for 2 rows]`,
  );
  expect(() =>
    lipschitzEstimate((x) => x.map(() => Number.NaN), [[1], [2]]),
  ).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: lipschitzEstimate: every value of f must be finite, got [NaN] for row 0]`,
  );
  expect(() => lipschitzEstimate(f, [[1], [2]], { iterations: 5 })).toThrowErrorMatchingInlineSnapshot(`
    [RangeError: lipschitzEstimate: iterations have an effect on networks only, got iterations 5 for a function
      help: drop iterations]
  `);
  expect(() => lipschitzEstimate(linear([[2]]), [[1]])).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: lipschitzEstimate: a network needs points as a tensor [n, features], got [[1]]]`,
  );
  expect(() => lipschitzEstimate(linear([[2]]), tensor([1, 2]))).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: lipschitzEstimate: a network needs points as a tensor [n, features], got shape [2]]`,
  );
  expect(() =>
    lipschitzEstimate(linear([[2]]), points([[1]]), { steps: 3 } as object),
  ).toThrowErrorMatchingInlineSnapshot(`
    [TypeError: lipschitzEstimate: unknown option "steps"
      help: the options are iterations]
  `);
});
