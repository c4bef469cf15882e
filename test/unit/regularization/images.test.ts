import { expect, test } from "vitest";
import { tensor, zeros } from "../../../src/index.js";
import {
  checkLambda,
  checkPermutation,
  checkSoftLabels,
  imagesLike,
  mixRows,
  readImages,
} from "../../../src/regularization/images.js";

test("a batch is read as sizes and a copy of its values", () => {
  const x = zeros([2, 3, 4, 5]);
  const images = readImages("f", x);
  expect(images).toMatchObject({ n: 2, channels: 3, height: 4, width: 5 });
  images.values[0] = 9;
  expect(x.data[0]).toBe(0);
  expect(imagesLike(x, images.values).shape).toEqual([2, 3, 4, 5]);
});

test("rows are mixed with their partners'", () => {
  expect([...mixRows(Float64Array.of(1, 1, 5, 5), [0.75, 0.5], [1, 0])]).toEqual([2, 2, 3, 3]);
});

test("images of the wrong rank and labels that are indices are refused with the way out", () => {
  expect(() => readImages("cutmix", zeros([28, 28]))).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: cutmix: x must be a batch of images [N, C, H, W], got shape [28, 28]]`,
  );
  expect(() => readImages("cutmix", zeros([3, 28, 28]))).toThrowErrorMatchingInlineSnapshot(`
    [ShapeError: cutmix: x must be a batch of images [N, C, H, W], got shape [3, 28, 28]
      help: add the missing dimension: x.unsqueeze(0) for one image, x.unsqueeze(1) for one channel]
  `);
  expect(() => readImages("cutmix", [1])).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: cutmix: x must be a tensor, got [1]]`,
  );
  expect(() => checkSoftLabels("mixup", tensor([1, 0]), 2)).toThrowErrorMatchingInlineSnapshot(`
    [ShapeError: mixup: y must hold probabilities [N, K], got shape [2]
      help: convert class numbers with data.oneHot(labels, numClasses)]
  `);
  expect(() => checkSoftLabels("mixup", tensor([[1, 0]]), 2)).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: mixup: x and y must have the same number of samples, got 2 and 1]`,
  );
  expect(() => checkPermutation("mixup", [0, 0], 2)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: mixup: permutation must hold each of 0 to 1 once, got [0, 0]]`,
  );
  expect(() => checkLambda("mixup", 1.2)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: mixup: lambda must be a finite number from 0 to 1, got 1.2]`,
  );
});

test("class numbers in a column are no probabilities", () => {
  expect(() => checkSoftLabels("mixup", tensor([[0], [7]]), 2)).toThrowErrorMatchingInlineSnapshot(`
    [RangeError: mixup: y must hold probabilities from 0 to 1, got 7 in row 1
      y [2, 1]
      help: convert class numbers with data.oneHot(labels, numClasses)]
  `);
  expect(() => checkSoftLabels("cutmix", tensor([[1, 0, -0.5]]), 1)).toThrowErrorMatchingInlineSnapshot(`
    [RangeError: cutmix: y must hold probabilities from 0 to 1, got -0.5 in row 0
      y [1, 3]
      help: convert class numbers with data.oneHot(labels, numClasses)]
  `);
  expect(() => checkSoftLabels("cutmix", tensor([[Number.NaN, 0]]), 1)).toThrowErrorMatchingInlineSnapshot(`
    [RangeError: cutmix: y must hold probabilities from 0 to 1, got NaN in row 0
      y [1, 2]
      help: convert class numbers with data.oneHot(labels, numClasses)]
  `);
});

test("rounding passes, and so do several yes-or-no labels", () => {
  expect(() =>
    checkSoftLabels(
      "mixup",
      tensor([
        [1.0000001, 0],
        [1, 1],
      ]),
      2,
    ),
  ).not.toThrow();
});
