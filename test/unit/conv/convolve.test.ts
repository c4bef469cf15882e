import { describe, expect, test } from "vitest";
import { convolve, crossCorrelate } from "../../../src/conv/convolve.js";
import { createRandom } from "../../../src/random.js";
import { randn, tensor } from "../../../src/tensor/create.js";
import { flip } from "../../../src/tensor/movement.js";

test("has the expected default mode full", () => {
  expect(convolve([1, 2, 3], [1, 1]).toArray()).toEqual([1, 3, 5, 3]);
  expect(crossCorrelate([1, 2, 3], [1, 10]).toArray()).toEqual([10, 21, 32, 3]);
});

// numpy.convolve and numpy.correlate of NumPy 1.24
test.each([
  ["convolve", convolve, [1, 2, 3, 4], [1, 10, 100], "full", [1, 12, 123, 234, 340, 400]],
  ["convolve", convolve, [1, 2, 3, 4], [1, 10, 100], "same", [12, 123, 234, 340]],
  ["convolve", convolve, [1, 2, 3, 4], [1, 10, 100], "valid", [123, 234]],
  ["convolve", convolve, [1, 2, 3, 4], [1, 10], "same", [1, 12, 23, 34]],
  ["crossCorrelate", crossCorrelate, [1, 2, 3, 4], [1, 10, 100], "full", [100, 210, 321, 432, 43, 4]],
  ["crossCorrelate", crossCorrelate, [1, 2, 3, 4], [1, 10, 100], "same", [210, 321, 432, 43]],
  ["crossCorrelate", crossCorrelate, [1, 2, 3, 4], [1, 10, 100], "valid", [321, 432]],
  ["crossCorrelate", crossCorrelate, [1, 2, 3, 4], [1, 10], "same", [10, 21, 32, 43]],
] as const)("%s equals NumPy: %#", (_, operation, signal, kernel, mode, expected) => {
  expect(operation([...signal], [...kernel], { mode }).toArray()).toEqual(expected);
});

describe("laws", () => {
  const random = createRandom(6);
  const make = (...shape: number[]) => randn(shape, { random, dtype: "float64" });
  const near = (a: ArrayLike<number>, b: ArrayLike<number>): void => {
    expect(a.length).toBe(b.length);
    for (let i = 0; i < a.length; i++) expect(Math.abs(a[i]! - b[i]!)).toBeLessThan(1e-12);
  };

  test("convolution is correlation with the flipped kernel, in every mode", () => {
    for (const mode of ["full", "same", "valid"] as const)
      for (const k of [3, 4]) {
        const [x, w] = [make(7, 8), make(k, 2)];
        near(convolve(x, w, { mode }).data, crossCorrelate(x, flip(w, [0, 1]), { mode }).data);
      }
  });

  test("convolution is commutative and associative; correlation is not commutative", () => {
    const [a, b, c] = [make(5), make(3), make(4)];
    near(convolve(a, b).data, convolve(b, a).data);
    near(convolve(convolve(a, b), c).data, convolve(a, convolve(b, c)).data);
    expect(crossCorrelate(a, b).toArray()).not.toEqual(crossCorrelate(b, a).toArray());
  });

  test("gradients flow to signal and kernel", () => {
    const x = tensor([1, 2, 3], { requiresGrad: true });
    const w = tensor([10, 1], { requiresGrad: true });
    convolve(x, w, { mode: "valid" }).backward(tensor([1, 100])); // (10·2 + 1·1, 10·3 + 1·2)
    expect(x.grad!.toArray()).toEqual([1, 110, 1000]);
    expect(w.grad!.toArray()).toEqual([302, 201]);
  });
});

test("keeps the number type of a Tensor beside a list", () => {
  expect(convolve(tensor([1, 2], { dtype: "float64" }), [1]).dtype).toBe("float64");
  expect(convolve([1, 2], tensor([1], { dtype: "float64" })).dtype).toBe("float64");
});

test("rejects other modes, other axes and kernels that do not fit", () => {
  expect(() => convolve([1, 2], [1], { mode: "all" as never })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: convolve: mode must be "full" or "same" or "valid", got "all"]`,
  );
  expect(() => convolve([[1, 2]], [1])).toThrowErrorMatchingInlineSnapshot(`
    [ShapeError: convolve: signal and kernel must both have one axis or both two
      signal [1, 2], kernel [1]
      help: conv.conv1d, conv2d and conv3d take batches and channels]
  `);
  expect(() => crossCorrelate([1, 2], [1, 2, 3], { mode: "valid" })).toThrow(
    /^crossCorrelate: the window spans 3/,
  );
  expect(() => convolve([], [1])).toThrowErrorMatchingInlineSnapshot(`
    [ShapeError: convolve: signal and kernel must not be empty
      signal [0], kernel [1]]
  `);
});
