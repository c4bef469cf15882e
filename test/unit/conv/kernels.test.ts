import { expect, test } from "vitest";
import { conv2d } from "../../../src/conv/conv.js";
import { kernels } from "../../../src/conv/kernels.js";
import { tensor } from "../../../src/tensor/create.js";

const total = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((sum, value) => sum + value, 0);

test("have the expected defaults", () => {
  expect(kernels.box().shape).toEqual([3, 3]);
  expect(kernels.gaussian().shape).toEqual([5, 5]); // 2·⌈2·1⌉ + 1
  expect(kernels.identity().toArray()).toEqual([
    [0, 0, 0],
    [0, 1, 0],
    [0, 0, 0],
  ]);
  expect(kernels.box().dtype).toBe("float32");
  expect(kernels.sobelX({ dtype: "float64" }).dtype).toBe("float64");
});

test("blurs sum to 1, edge filters to 0, sharpening and emboss keep the mean", () => {
  for (const name of ["box", "gaussian", "identity", "sharpen", "emboss"] as const)
    expect(total(kernels[name]({ dtype: "float64" }).data), name).toBeCloseTo(1, 12);
  for (const name of ["sobelX", "sobelY", "laplacian"] as const)
    expect(total(kernels[name]().data), name).toBe(0);
});

test("gaussian is exp(−r²/2σ²) over its sum", () => {
  // σ = 1, size 3: weights e^−1 (corners), e^−½ (sides), 1 (center)
  const sum = 4 * Math.exp(-1) + 4 * Math.exp(-0.5) + 1;
  const got = kernels.gaussian({ sigma: 1, size: 3, dtype: "float64" }).toArray() as number[][];
  expect(got[1]![1]).toBeCloseTo(1 / sum, 12);
  expect(got[0]![1]).toBeCloseTo(Math.exp(-0.5) / sum, 12);
  expect(got[0]![0]).toBeCloseTo(Math.exp(-1) / sum, 12);
});

test("sobelX is positive where it gets brighter to the right, sobelY downwards", () => {
  const ramp = [
    [0, 1, 2],
    [0, 1, 2],
    [0, 1, 2],
  ];
  const image = tensor([ramp]);
  const apply = (k: ReturnType<typeof kernels.box>) =>
    conv2d(image, tensor(k.data, { shape: [1, 1, 3, 3] })).item();
  expect(apply(kernels.sobelX())).toBe(8); // (1 + 2 + 1)·(2 − 0)
  expect(apply(kernels.sobelY())).toBe(0);
});

test("reject sizes that they cannot have", () => {
  expect(() => kernels.sobelX({ size: 5 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: kernels.sobelX: size must be 3, got 5]`,
  );
  expect(() => kernels.identity({ size: 4 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: kernels.identity: size must be odd, got 4]`,
  );
  expect(() => kernels.gaussian({ sigma: 0 })).toThrow(RangeError);
  expect(() => kernels.box({ sigma: 2 })).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: kernels.box: sigma belongs to kernels.gaussian, got sigma 2]`,
  );
});
