import { expect, test } from "vitest";
import { groupNorm } from "../../../src/nn/groupNorm.js";
import { LayerNorm, layerNorm } from "../../../src/nn/layerNorm.js";
import { createRandom } from "../../../src/random.js";
import { randn, tensor, zeros } from "../../../src/tensor/create.js";

test("layerNorm gives each sample mean 0 and variance 1", () => {
  // (1, 3): mean 2, std 1; (10, 30): mean 20, std 10
  expect(
    layerNorm(
      tensor([
        [1, 3],
        [10, 30],
      ]),
      { normalizedShape: [2], eps: 0 },
    ).toArray(),
  ).toEqual([
    [-1, 1],
    [-1, 1],
  ]);
});

test("over [C, H, W] it is group norm with one group", () => {
  const x = randn([2, 4, 3, 3], { dtype: "float64", random: createRandom(1) });
  const a = layerNorm(x, { normalizedShape: [4, 3, 3] }).data;
  const b = groupNorm(x, { numGroups: 1 }).data;
  for (const [i, value] of a.entries()) expect(value).toBeCloseTo(b[i]!, 12);
});

test("LayerNorm has weights of its shape", () => {
  const layer = new LayerNorm([2, 3]);
  expect(layer.weight!.shape).toEqual([2, 3]);
  expect(layer.forward(zeros([5, 2, 3])).shape).toEqual([5, 2, 3]);
  expect(String(layer)).toBe("LayerNorm([2, 3])");
  expect(new LayerNorm(4, { affine: false }).parameters()).toEqual([]);
});

test("errors", () => {
  expect(() => layerNorm(zeros([2, 3]), { normalizedShape: [2] })).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: layerNorm: input must end in normalizedShape [2], got [2, 3]]`,
  );
  expect(() => layerNorm(zeros([2, 3]), { normalizedShape: [] })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: layerNorm: normalizedShape must be a list of whole numbers above 0, got []]`,
  );
  expect(() => new LayerNorm(0)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: LayerNorm: normalizedShape must be a list of whole numbers above 0, got [0]]`,
  );
});
