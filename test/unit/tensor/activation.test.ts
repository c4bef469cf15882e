import { expect, test } from "vitest";
import "../../../src/tensor/methods.js";
import { gelu, leakyRelu, relu, sigmoid, silu, softplus, tanh } from "../../../src/tensor/activation.js";
import { tensor } from "../../../src/tensor/create.js";
import type { Tensor } from "../../../src/tensor/tensor.js";
import { errorOf } from "../../support/errorOf.js";
import "../../support/toBeCloseToTensor.js";

const x = tensor([-1000, -1, 0, 1, 1000], { dtype: "float64" });
const e = Math.E;

// Formulas at ±1 by hand: sigmoid(1) = e/(e + 1), softplus(1) = log(1 + e), Φ(1) = 0.841344746068543 (tables).
test.each([
  ["relu", relu, [0, 0, 0, 1, 1000]],
  ["leakyRelu, default slope 0.01", leakyRelu, [-10, -0.01, 0, 1, 1000]],
  ["sigmoid", sigmoid, [0, 1 / (1 + e), 0.5, e / (1 + e), 1]],
  ["tanh", tanh, [-1, -(e ** 2 - 1) / (e ** 2 + 1), 0, (e ** 2 - 1) / (e ** 2 + 1), 1]],
  ["softplus", softplus, [0, Math.log(1 + 1 / e), Math.log(2), Math.log(1 + e), 1000]],
  ["gelu", gelu, [0, 0.841344746068543 - 1, 0, 0.841344746068543, 1000]],
  ["silu", silu, [0, -1 / (1 + e), 0, e / (1 + e), 1000]],
] as [string, (x: Tensor) => Tensor, number[]][])("%s, without overflow at ±1000", (_name, fn, values) => {
  expect(fn(x)).toBeCloseToTensor(values, 1e-14);
  expect(fn(x.to("float32"))).toBeCloseToTensor(values, 2e-7);
});

test("leakyRelu's options", () => {
  expect(leakyRelu(tensor([-2]), { negativeSlope: 0.5 }).toArray()).toEqual([-1]);
  expect(errorOf(() => leakyRelu(x, { slope: 1 } as object))).toBe(
    'TypeError: leakyRelu: unknown option "slope"\n  help: the options are negativeSlope',
  );
  expect(errorOf(() => leakyRelu(x, { negativeSlope: Number.NaN }))).toBe(
    "RangeError: leakyRelu: negativeSlope must be a finite number, got NaN",
  );
});
