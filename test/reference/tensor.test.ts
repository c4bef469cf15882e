/** Every tensor operation against PyTorch: results and all gradients, in both number types. */
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { currentChoice } from "../../src/engine/choose.js";
import { useEngine } from "../../src/engine/engine.js";
import { erfc, normalCdf } from "../../src/engine/plain/erfc.js";
import { plainEngine } from "../../src/engine/plain.js";
import { tensor } from "../../src/tensor/create.js";
import { div, pow, sub } from "../../src/tensor/elementwise.js";
import { concat, stack, where } from "../../src/tensor/gather.js";
import { meanClassLoss, squaredError } from "../../src/tensor/loss.js";
import { linear } from "../../src/tensor/matmul.js";
import "../../src/tensor/methods.js";
import type { NestedNumbers, Tensor } from "../../src/tensor/tensor.js";
import "../support/toBeCloseToTensor.js";

type Fn = (a: Tensor, b: Tensor, c: Tensor) => Tensor;

interface Case {
  readonly name: string;
  readonly inputs: NestedNumbers[];
  readonly result: NestedNumbers;
  readonly gradOutput: NestedNumbers;
  readonly gradients: NestedNumbers[];
}

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`tensor/${name}.json`, import.meta.url), "utf8"));
const { cases } = read("operations") as { cases: Case[] };

const indices = tensor([
  [0, 2, 1],
  [1, 1, 0],
]);
const condition = tensor([[1], [0]]);

const functions: Record<string, Fn> = {
  "add broadcast": (a, b) => a.add(b),
  "add number": (a) => a.add(0.75),
  sub: (a, b) => a.sub(b),
  "sub from number": (a) => sub(1.5, a),
  "mul broadcast": (a, b) => a.mul(b),
  "mul same": (a, b) => a.mul(b),
  "mul column": (a, b) => a.mul(b),
  "mul row": (a, b) => a.mul(b),
  "mul scalar tensor": (a, b) => a.mul(b),
  div: (a, b) => a.div(b),
  "div by number": (a) => a.div(3),
  "div of number": (a) => div(3, a),
  "pow tensor": (a, b) => a.pow(b),
  "pow 3": (a) => a.pow(3),
  "pow 2": (a) => a.pow(2),
  "pow -0.5": (a) => a.pow(-0.5),
  "number to tensor": (a) => pow(2, a),
  "maximum with ties": (a, b) => a.maximum(b),
  "minimum with ties": (a, b) => a.minimum(b),
  neg: (a) => a.neg(),
  abs: (a) => a.abs(),
  exp: (a) => a.exp(),
  log: (a) => a.log(),
  sqrt: (a) => a.sqrt(),
  square: (a) => a.square(),
  sin: (a) => a.sin(),
  cos: (a) => a.cos(),
  clamp: (a) => a.clamp({ min: -1, max: 0.5 }),
  "clamp min": (a) => a.clamp({ min: 0.25 }),
  relu: (a) => a.relu(),
  leakyRelu: (a) => a.leakyRelu({ negativeSlope: 0.25 }),
  sigmoid: (a) => a.sigmoid(),
  tanh: (a) => a.tanh(),
  softplus: (a) => a.softplus(),
  gelu: (a) => a.gelu(),
  silu: (a) => a.silu(),
  "matmul 2-d": (a, b) => a.matmul(b),
  "matmul 1-d 1-d": (a, b) => a.matmul(b),
  "matmul 1-d 2-d": (a, b) => a.matmul(b),
  "matmul 2-d 1-d": (a, b) => a.matmul(b),
  "matmul batch": (a, b) => a.matmul(b),
  "matmul broadcast": (a, b) => a.matmul(b),
  "matmul batch by matrix": (a, b) => a.matmul(b),
  "matmul 40x33x21": (a, b) => a.matmul(b),
  linear: (x, w, b) => linear(x, w, b),
  "linear tanh": (x, w, b) => linear(x, w, b, "tanh"),
  "linear relu": (x, w, b) => linear(x, w, b, "relu"),
  "linear sigmoid": (x, w) => linear(x, w, null, "sigmoid"),
  sum: (a) => a.sum(),
  "sum 0 and 2": (a) => a.sum({ dim: [0, 2] }),
  "sum keepDim": (a) => a.sum({ dim: 1, keepDim: true }),
  mean: (a) => a.mean(),
  "mean last": (a) => a.mean({ dim: -1 }),
  variance: (a) => a.variance({ dim: 1 }),
  "variance population": (a) => a.variance({ correction: 0 }),
  std: (a) => a.std({ dim: 0, keepDim: true }),
  "max with ties": (a) => a.max({ dim: 1 }),
  "max all": (a) => a.max(),
  "min keepDim": (a) => a.min({ dim: 0, keepDim: true }),
  norm: (a) => a.norm(),
  "norm rows": (a) => a.norm({ dim: 1, keepDim: true }),
  "norm 1": (a) => a.norm({ p: 1, dim: 0 }),
  "norm 3": (a) => a.norm({ p: 3, dim: 0 }),
  "norm infinity": (a) => a.norm({ p: Infinity, dim: 1 }),
  "norm of zero": (a) => a.norm(),
  logSumExp: (a) => a.logSumExp({ dim: 1 }),
  "logSumExp 0 and 2": (a) => a.logSumExp({ dim: [0, 2] }),
  "logSumExp large": (a) => a.logSumExp(),
  softmax: (a) => a.softmax(),
  "softmax middle": (a) => a.softmax({ dim: 1 }),
  "softmax large": (a) => a.softmax(),
  logSoftmax: (a) => a.logSoftmax({ dim: 0 }),
  reshape: (a) => a.reshape(3, -1),
  flatten: (a) => a.flatten({ startDim: 1 }),
  transpose: (a) => a.transpose(0, 2),
  permute: (a) => a.permute(2, 0, 1),
  squeeze: (a) => a.squeeze(),
  unsqueeze: (a) => a.unsqueeze(-1),
  expand: (a) => a.expand([3, 2, 4]),
  slice: (a) => a.slice([1, 5, 2], [-3]),
  "slice index": (a) => a.slice(null, -2),
  flip: (a) => a.flip([0, 1]),
  pad: (a) =>
    a.pad(
      [
        [1, 0],
        [2, 3],
      ],
      { value: 4 },
    ),
  indexSelect: (a) => a.indexSelect(1, [2, 0, 2, 3]),
  gather: (a) => a.gather(1, indices),
  concat: (a, b) => concat([a, b, a], { dim: 1 }),
  stack: (a, b) => stack([a, b], { dim: 1 }),
  where: (a, b) => where(condition, a, b),
  squaredError: (a, b) => squaredError(a, b),
  meanClassLoss: (a) => meanClassLoss(a, Int32Array.of(2, 0, 3)),
  clone: (a) => a.clone().mul(a),
  "shared subexpression": (a, b) => a.mul(b).tanh().mul(a.mul(b)).add(a),
};

/** Number type, engine and allowed error: the plain loops in both types, then the fastest engine of this machine. */
const runs = [
  ["float64", "plain", 1e-10],
  ["float32", "plain", 2e-5],
  ["float32", "fastest", 2e-5],
] as const;

describe.each(runs)("%s, %s engine, as PyTorch", (dtype, path, tolerance) => {
  beforeAll(() => useEngine(path === "plain" ? plainEngine : currentChoice().engine));

  test.each(cases)("$name", ({ name, inputs, result, gradOutput, gradients }) => {
    const leaves = inputs.map((values) => tensor(values, { dtype, requiresGrad: true }));
    const y = (functions[name] as Fn)(...(leaves as [Tensor, Tensor, Tensor]));
    expect(y).toBeCloseToTensor(result, tolerance);
    y.backward(tensor(gradOutput, { dtype }));
    leaves.forEach((leaf, i) => {
      expect(leaf.grad).toBeCloseToTensor(gradients[i] as NestedNumbers, tolerance);
    });
  });
});

test("every case of the file has an expression here, and the other way round", () => {
  expect(cases.map((one) => one.name)).toEqual(Object.keys(functions));
});

test("the normal distribution function to 13 digits", () => {
  const reference = read("normal") as { x: number[]; cdf: number[]; erfc: number[] };
  reference.x.forEach((x, i) => {
    expect(Math.abs(normalCdf(x) / (reference.cdf[i] as number) - 1), `Φ(${x})`).toBeLessThan(1e-13);
    expect(Math.abs(erfc(x) / (reference.erfc[i] as number) - 1), `erfc(${x})`).toBeLessThan(1e-13);
  });
});
