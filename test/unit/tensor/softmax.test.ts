import { describe, expect, test } from "vitest";
import { tensor, zeros } from "../../../src/tensor/create.js";
import "../../../src/tensor/methods.js";
import { logSoftmax, logSumExp, softmax } from "../../../src/tensor/softmax.js";
import { errorOf } from "../../support/errorOf.js";
import "../../support/toBeCloseToTensor.js";

const x = tensor(
  [
    [0, Math.log(3)],
    [1000, 1000],
  ],
  { dtype: "float64" },
);

describe("softmax", () => {
  test("rows sum to 1, without overflow", () => {
    expect(softmax(x)).toBeCloseToTensor(
      [
        [0.25, 0.75],
        [0.5, 0.5],
      ],
      1e-15,
    );
  });

  test("along another dimension", () => {
    expect(softmax(zeros([4, 2]), { dim: 0 }).toArray()).toEqual(new Array(4).fill([0.25, 0.25]));
  });

  test("-Infinity is probability 0", () => {
    expect(softmax(tensor([-Infinity, 0])).toArray()).toEqual([0, 1]);
  });
});

test("logSoftmax stays finite where the probability underflows", () => {
  expect(logSoftmax(tensor([0, -2000])).toArray()).toEqual([0, -2000]);
});

describe("logSumExp", () => {
  test("of rows, of all, of dimensions apart", () => {
    expect(logSumExp(x, { dim: 1 })).toBeCloseToTensor([Math.log(4), 1000 + Math.log(2)], 1e-15);
    expect(
      logSumExp(zeros([2, 3, 4], { dtype: "float64" }), { dim: [0, 2], keepDim: true }),
    ).toBeCloseToTensor([[[Math.log(8)], [Math.log(8)], [Math.log(8)]]], 1e-15);
  });

  test("infinities are their own answer", () => {
    expect(logSumExp(tensor([-Infinity, -Infinity])).item()).toBe(-Infinity);
    expect(logSumExp(tensor([Infinity, 0])).item()).toBe(Infinity);
  });
});

test.each([
  [() => softmax(x, { dim: 2 }), "RangeError: softmax: dim must be from -2 to 1, got 2"],
  [() => logSoftmax(tensor(1)), "RangeError: logSoftmax: a scalar has no dimensions, got -1"],
  [
    () => softmax(x, { axis: 0 } as object),
    'TypeError: softmax: unknown option "axis"\n  help: did you mean "dim"?',
  ],
  [() => logSumExp(zeros([0])), "RangeError: logSumExp: needs at least one element\n  shape [0]"],
])("error %#", (call, text) => {
  expect(errorOf(call)).toBe(text);
});
