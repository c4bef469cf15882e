import { expect, test } from "vitest";
import { fieldSizes, receptiveField } from "../../../../src/plot/convolution/receptiveField.js";
import { svgTexts } from "../../../support/normalizeSvg.js";

test("fieldSizes: r ← r + d(k − 1)j, j ← j·s", () => {
  // 3×3, then 3×3 with stride 2, then 3×3: 3, 5, 5 + 2·2 = 9
  expect(fieldSizes([{ kernelSize: 3 }, { kernelSize: 3, stride: 2 }, { kernelSize: 3 }])).toEqual([
    { field: 3, jump: 1 },
    { field: 5, jump: 2 },
    { field: 9, jump: 2 },
  ]);
  expect(fieldSizes([{ kernelSize: 5 }, { kernelSize: 3, dilation: 2 }]).at(-1)!.field).toBe(9);
});

test("layers are named with their settings and sizes", () => {
  const texts = svgTexts(
    receptiveField([
      { kernelSize: 3, name: "conv1" },
      { kernelSize: 3, stride: 2 },
    ]).svg,
  );
  expect(texts).toEqual(
    expect.arrayContaining([
      "One output of layer 2 sees 5 inputs",
      "conv1",
      "k 3, stride 2",
      "layer 2: 5 × 5",
    ]),
  );
});

test("no layers", () =>
  expect(() => receptiveField([])).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: receptiveField: layers must have at least one layer {kernelSize, stride, dilation}, got none]`,
  ));
test("a size that is no whole number", () =>
  expect(() => receptiveField([{ kernelSize: 2.5 }])).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: receptiveField: layers[0].kernelSize must be a whole number at least 1, got 2.5]`,
  ));
