import { describe, expect, test } from "vitest";
import {
  fans,
  gain,
  kaimingNormal,
  kaimingUniform,
  orthogonal,
  xavierNormal,
  xavierUniform,
} from "../../../src/nn/init.js";
import { createRandom } from "../../../src/random.js";
import { eye, zeros } from "../../../src/tensor/create.js";
import "../../../src/tensor/methods.js";
import type { Tensor } from "../../../src/tensor/tensor.js";

const weight = (): Tensor => zeros([200, 100], { dtype: "float64" });
const random = () => createRandom(1);

/** Standard deviation of 20,000 numbers; its own relative error is about 1/√40000 = 0.5 %, so 3 % is 6σ. */
function expectStd(values: Tensor, std: number): void {
  const data = [...values.data];
  const mean = data.reduce((sum, value) => sum + value, 0) / data.length;
  const variance = data.reduce((sum, value) => sum + (value - mean) ** 2, 0) / data.length;
  expect(Math.abs(Math.sqrt(variance) / std - 1)).toBeLessThan(0.03);
  expect(Math.abs(mean)).toBeLessThan(0.05 * std);
}

describe("fans", () => {
  test("count the kernel", () => {
    expect(fans("f", [16, 3, 5, 5])).toEqual({ fanIn: 75, fanOut: 400 });
    expect(fans("f", [4, 2])).toEqual({ fanIn: 2, fanOut: 4 });
    expect(() => fans("xavierNormal", [4])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: xavierNormal: weight must have at least two axes [out, in, ...], got [4]]`,
    );
  });
});

describe("gain", () => {
  test.each([
    ["linear", 1],
    ["sigmoid", 1],
    ["tanh", 5 / 3],
    ["relu", Math.SQRT2],
    ["selu", 0.75],
  ] as const)("%s", (name, value) => expect(gain(name)).toBe(value));
  test("leakyRelu depends on the slope", () => {
    expect(gain("leakyRelu", Math.sqrt(5))).toBeCloseTo(Math.sqrt(1 / 3), 15);
    expect(gain("leakyRelu")).toBeCloseTo(1.4141428569978354, 12); // PyTorch
  });
});

describe("starting values", () => {
  // fanIn 100, fanOut 200
  test("xavierNormal: std = √(2 / 300)", () =>
    expectStd(xavierNormal(weight(), { random: random() }), Math.sqrt(2 / 300)));
  test("xavierUniform: same std, bounded by √(6 / 300)", () => {
    const w = xavierUniform(weight(), { random: random() });
    expectStd(w, Math.sqrt(2 / 300));
    expect(Math.max(...w.data.map(Math.abs))).toBeLessThan(Math.sqrt(6 / 300));
    expect(Math.max(...w.data)).toBeGreaterThan(0.99 * Math.sqrt(6 / 300));
  });
  test("{gain} multiplies", () =>
    expectStd(xavierNormal(weight(), { gain: 3, random: random() }), 3 * Math.sqrt(2 / 300)));
  test("kaimingNormal: std = √(2 / fanIn) by default", () =>
    expectStd(kaimingNormal(weight(), { random: random() }), Math.sqrt(2 / 100)));
  test("kaimingNormal {mode: fanOut, nonlinearity: tanh}: 5/3 / √200", () =>
    expectStd(
      kaimingNormal(weight(), { mode: "fanOut", nonlinearity: "tanh", random: random() }),
      5 / 3 / Math.sqrt(200),
    ));
  test("kaimingUniform {leakyRelu, √5} is U(−1/√fanIn, 1/√fanIn)", () => {
    const w = kaimingUniform(weight(), {
      nonlinearity: "leakyRelu",
      negativeSlope: Math.sqrt(5),
      random: random(),
    });
    expectStd(w, 0.1 / Math.sqrt(3));
    expect(Math.max(...w.data)).toBeLessThanOrEqual(0.1);
  });
  test("the same generator gives the same weights", () => {
    const [a, b] = [0, 1].map(() => [...kaimingNormal(weight(), { random: random() }).data]);
    expect(a).toEqual(b);
    expect(a).not.toEqual([...kaimingNormal(weight(), { random: createRandom(2) }).data]);
  });
});

describe("orthogonal", () => {
  test.each([
    [[3, 5], "rows"],
    [[5, 3], "columns"],
    [[4, 2, 2, 1], "rows"],
  ])("%j: %s at right angles", (shape, side) => {
    const q = orthogonal(zeros(shape, { dtype: "float64" }), { random: random() });
    const matrix = q.reshape(shape[0]!, -1);
    const product =
      side === "rows" ? matrix.matmul(matrix.transpose(0, 1)) : matrix.transpose(0, 1).matmul(matrix);
    const difference = product.sub(eye(Math.min(...matrix.shape), { dtype: "float64" }));
    expect(Math.max(...difference.data.map(Math.abs))).toBeLessThan(1e-14);
  });
  test("{gain} is the length", () => {
    const q = orthogonal(zeros([2, 2], { dtype: "float64" }), { gain: 3, random: random() });
    expect(Math.hypot(q.data[0]!, q.data[1]!)).toBeCloseTo(3, 12);
  });
});

test("options that are unknown or without effect are refused", () => {
  expect(() => kaimingNormal(weight(), { negativeSlope: 0.1 })).toThrowErrorMatchingInlineSnapshot(`
    [RangeError: kaimingNormal: negativeSlope needs nonlinearity "leakyRelu", got "relu"
      help: drop negativeSlope]
  `);
  expect(() => xavierNormal(weight(), { std: 1 } as object)).toThrowErrorMatchingInlineSnapshot(
    `
    [TypeError: xavierNormal: unknown option "std"
      help: the options are gain, random]
  `,
  );
});
