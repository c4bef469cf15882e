/** Every operation with a gradient against central differences in float64: one row each, several where cases differ. */
import { describe, expect, test } from "vitest";
import { gradcheck } from "../../src/check/gradcheck.js";
import { createRandom } from "../../src/random.js";
import { tensor, uniform } from "../../src/tensor/create.js";
import { concat, stack, where } from "../../src/tensor/gather.js";
import { meanClassLoss, squaredError } from "../../src/tensor/loss.js";
import { linear } from "../../src/tensor/matmul.js";
import { differentiable } from "../../src/tensor/methods.js";
import type { Tensor } from "../../src/tensor/tensor.js";

/** A row's function takes as many inputs as it has shapes. */
type Fn = (a: Tensor, b: Tensor, c: Tensor) => Tensor;

interface Row {
  /** Name in the list of differentiable operations. */
  readonly name: string;
  readonly fn: Fn;
  readonly shapes: readonly (readonly number[])[];
  /** Range of the inputs; default −2 to 2. */
  readonly low?: number;
  readonly high?: number;
  readonly note?: string;
}

const row = (name: string, shapes: readonly (readonly number[])[], fn: Fn, more: Partial<Row> = {}): Row => ({
  name,
  shapes,
  fn,
  ...more,
});

const positive = { low: 0.5, high: 2 };
const indices = tensor([
  [0, 2, 1],
  [1, 1, 0],
]);
const condition = tensor([[1], [0]]);

const rows: Row[] = [
  row(
    "add",
    [
      [3, 1],
      [4, 1, 2],
    ],
    (a, b) => a.add(b),
    { note: "broadcast" },
  ),
  row("add", [[2, 3]], (a) => a.add(a).add(2)),
  row("sub", [[2, 3], [3]], (a, b) => a.sub(b).sub(1)),
  row("sub", [[3], [2, 1, 3]], (a, b) => a.sub(b), { note: "second larger" }),
  row(
    "mul",
    [
      [2, 1, 3],
      [4, 1],
    ],
    (a, b) => a.mul(b).mul(-3),
  ),
  row("mul", [[2, 3]], (a) => a.mul(a), { note: "with itself" }),
  row(
    "div",
    [
      [2, 3],
      [2, 1],
    ],
    (a, b) => a.div(b).div(7),
    positive,
  ),
  row("pow", [[2, 3], [3]], (a, b) => a.pow(b), positive),
  row("pow", [[5]], (a) => a.pow(2.5).add(a.pow(2)).add(a.pow(-1)), positive),
  row("maximum", [[2, 3], [3]], (a, b) => a.maximum(b)),
  row(
    "minimum",
    [
      [2, 3],
      [2, 1],
    ],
    (a, b) => a.minimum(b).minimum(0.7),
  ),
  row("neg", [[4]], (a) => a.neg()),
  row("abs", [[6]], (a) => a.abs()),
  row("exp", [[6]], (a) => a.exp()),
  row("log", [[6]], (a) => a.log(), positive),
  row("sqrt", [[6]], (a) => a.sqrt(), positive),
  row("square", [[6]], (a) => a.square()),
  row("sin", [[6]], (a) => a.sin()),
  row("cos", [[6]], (a) => a.cos()),
  row("clamp", [[9]], (a) => a.clamp({ min: -1, max: 0.5 })),
  row("relu", [[9]], (a) => a.relu()),
  row("leakyRelu", [[9]], (a) => a.leakyRelu({ negativeSlope: 0.3 })),
  row("sigmoid", [[9]], (a) => a.sigmoid()),
  row("tanh", [[9]], (a) => a.tanh()),
  row("softplus", [[9]], (a) => a.softplus()),
  row("gelu", [[9]], (a) => a.gelu()),
  row("silu", [[9]], (a) => a.silu()),
  row(
    "matmul",
    [
      [3, 4],
      [4, 5],
    ],
    (a, b) => a.matmul(b),
  ),
  row("matmul", [[4], [4, 5]], (a, b) => a.matmul(b), { note: "vector · matrix" }),
  row("matmul", [[3, 4], [4]], (a, b) => a.matmul(b), { note: "matrix · vector" }),
  row("matmul", [[4], [4]], (a, b) => a.matmul(b), { note: "vector · vector" }),
  row(
    "matmul",
    [
      [2, 3, 4],
      [4, 5],
    ],
    (a, b) => a.matmul(b),
    { note: "batch · matrix" },
  ),
  row(
    "matmul",
    [
      [2, 1, 3, 4],
      [5, 4, 2],
    ],
    (a, b) => a.matmul(b),
    { note: "broadcast batch" },
  ),
  row("matmul", [[3, 3]], (a) => a.matmul(a), { note: "with itself" }),
  row("linear", [[5, 3], [4, 3], [4]], (x, w, b) => linear(x, w, b, "tanh")),
  row(
    "linear",
    [
      [2, 5, 3],
      [4, 3],
    ],
    (x, w) => linear(x, w, null, "sigmoid"),
    { note: "no bias" },
  ),
  row("linear", [[5, 3], [4, 3], [4]], (x, w, b) => linear(x, w, b, "relu").add(linear(x, w)), {
    note: "weight used twice",
  }),
  row("sum", [[2, 3, 4]], (a) => a.sum({ dim: [0, 2] })),
  row("sum", [[2, 3]], (a) => a.sum()),
  row("mean", [[2, 3, 4]], (a) => a.mean({ dim: 1, keepDim: true })),
  row("variance", [[3, 4]], (a) => a.variance({ dim: 1 })),
  row("std", [[3, 4]], (a) => a.std({ dim: 0, correction: 0 })),
  row("max", [[3, 4]], (a) => a.max({ dim: 0 }).add(a.max())),
  row("min", [[3, 4]], (a) => a.min({ dim: 1, keepDim: true })),
  row("norm", [[3, 4]], (a) => a.norm({ dim: 1 })),
  row("norm", [[3, 4]], (a) => a.norm({ p: 3, dim: 0 }).add(a.norm({ p: 1 })), { note: "p = 3, 1" }),
  row("norm", [[5]], (a) => a.norm({ p: Infinity }), { note: "p = ∞" }),
  row("logSumExp", [[2, 3, 4]], (a) => a.logSumExp({ dim: [0, 1] })),
  row("softmax", [[2, 3, 4]], (a) => a.softmax({ dim: 1 })),
  row("logSoftmax", [[3, 4]], (a) => a.logSoftmax()),
  row("reshape", [[2, 6]], (a) => a.reshape(3, -1).square()),
  row("flatten", [[2, 3, 2]], (a) => a.flatten({ startDim: 1 }).square()),
  row("transpose", [[2, 3, 4]], (a) => a.transpose(0, 2).square()),
  row("permute", [[2, 3, 4]], (a) => a.permute(2, 0, 1).square()),
  row("slice", [[4, 5]], (a) => a.slice([3, undefined, -2], [1, -1])),
  row("slice", [[4, 5]], (a) => a.slice(null, 2).square(), { note: "index" }),
  row("squeeze", [[2, 1, 3]], (a) => a.squeeze(1).square()),
  row("unsqueeze", [[2, 3]], (a) => a.unsqueeze(1).square()),
  row("expand", [[2, 1, 3]], (a) => a.expand(4, 2, 5, 3)),
  row("pad", [[2, 3]], (a) =>
    a
      .pad(
        [
          [1, 0],
          [2, 3],
        ],
        { value: 4 },
      )
      .square(),
  ),
  row("flip", [[2, 3]], (a) => a.flip([0, 1]).square()),
  row("indexSelect", [[3, 4]], (a) => a.indexSelect(1, [2, 0, 2, -1])),
  row("gather", [[2, 3]], (a) => a.gather(1, indices)),
  row("clone", [[4]], (a) => a.clone().mul(a)),
  row("to", [[4]], (a) => a.to("float64").square()),
  row(
    "concat",
    [
      [2, 3],
      [2, 1],
    ],
    (a, b) => concat([a, b, a], { dim: 1 }).square(),
  ),
  row(
    "stack",
    [
      [2, 3],
      [2, 3],
    ],
    (a, b) => stack([a, b], { dim: 1 }).square(),
  ),
  row("where", [[2, 3], [3]], (a, b) => where(condition, a, b)),
  row(
    "squaredError",
    [
      [4, 2],
      [4, 2],
    ],
    (a, b) => squaredError(a, b),
  ),
  row("meanClassLoss", [[3, 4]], (a) => meanClassLoss(a, Int32Array.of(2, 0, 3))),
];

describe("gradient of", () => {
  test.each(rows.map((one, i) => ({ ...one, title: `${one.name} ${one.note ?? ""} #${i}` })))(
    "$title",
    ({ fn, shapes, low = -2, high = 2 }) => {
      const random = createRandom(3);
      const inputs = shapes.map((shape) => uniform(shape, { low, high, random, dtype: "float64" }));
      const report = gradcheck((...given) => fn(...(given as [Tensor, Tensor, Tensor])), inputs);
      expect(report.ok, report.toString()).toBe(true);
      expect(report.count).toBe(inputs.reduce((sum, input) => sum + input.size, 0));
    },
  );

  test("every differentiable operation has a row", () => {
    const missing = differentiable.filter((name) => !rows.some((one) => one.name === name));
    expect(missing).toEqual([]);
  });

  test("every row names a differentiable operation", () => {
    expect(rows.map((one) => one.name).filter((name) => !differentiable.includes(name))).toEqual([]);
  });
});
