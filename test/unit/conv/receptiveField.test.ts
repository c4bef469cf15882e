import { expect, test } from "vitest";
import { conv1d } from "../../../src/conv/conv.js";
import { receptiveField } from "../../../src/conv/receptiveField.js";
import { ones } from "../../../src/tensor/create.js";

test("has the expected defaults: stride 1, padding 0, dilation 1, names by number", () => {
  expect(receptiveField([{ kernel: 3 }])).toEqual({
    name: "layer 1",
    size: 3,
    stride: 1,
    offset: 0,
    layers: [{ name: "layer 1", size: 3, stride: 1, offset: 0 }],
  });
});

test("a stride multiplies what later layers add", () => {
  // LeNet by hand: k5 -> 5; pool k2 s2 -> 6, stride 2; k5 -> 6 + 4·2 = 14; pool k2 s2 -> 14 + 1·2 = 16, stride 4
  const field = receptiveField([
    { kernel: 5 },
    { kernel: 2, stride: 2 },
    { kernel: 5 },
    { kernel: 2, stride: 2 },
  ]);
  expect(field.layers.map((layer) => layer.size)).toEqual([5, 6, 14, 16]);
  expect(field.stride).toBe(4);
});

test("lists give one number per axis", () => {
  const field = receptiveField([
    { kernel: [3, 1], padding: [1, 0] },
    { kernel: 3, dilation: [1, 2] },
  ]);
  expect([field.size, field.offset, field.stride]).toEqual([
    [5, 5],
    [-1, 0],
    [1, 1],
  ]);
});

test("equals the support of the gradient of one output", () => {
  // kernels of ones: an input belongs to the field exactly when its gradient is not zero
  const layers = [
    { kernel: 3, padding: 1, stride: 2 },
    { kernel: 2, dilation: 3 },
    { kernel: 4, stride: 3, padding: 2 },
  ];
  const field = receptiveField(layers);
  const x = ones([1, 64], { requiresGrad: true, dtype: "float64" });
  const y = layers.reduce(
    (t, { kernel, ...options }) => conv1d(t, ones([1, 1, kernel], { dtype: "float64" }), options),
    x,
  );
  const output = 3;
  const seed = ones(y.shape, { dtype: "float64" });
  seed.data.fill(0);
  seed.data[output] = 1;
  y.backward(seed);
  const touched = Array.from(x.grad!.data.entries())
    .filter(([, value]) => value !== 0)
    .map(([i]) => i);
  const first = field.offset + output * field.stride;
  expect(touched[0]).toBe(first);
  expect(touched.at(-1)).toBe(first + field.size - 1);
});

test("rejects an empty list, fractions and unknown keys", () => {
  expect(() => receptiveField([])).toThrowErrorMatchingInlineSnapshot(`
    [TypeError: receptiveField: layers must be a list of at least one layer
      help: {kernel: 3, stride: 1}]
  `);
  expect(() => receptiveField([{ kernel: 2.5 }])).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: receptiveField: kernel must be whole and at least 1, got 2.5]`,
  );
  expect(() => receptiveField([{ kernel: 3, pad: 1 } as never])).toThrowErrorMatchingInlineSnapshot(`
    [TypeError: receptiveField: unknown option "pad"
      help: did you mean "padding"?]
  `);
});
