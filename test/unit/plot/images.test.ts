import { expect, test } from "vitest";
import { pixelValues, toImages } from "../../../src/plot/images.js";

test.each([
  [
    "[H, W]",
    [
      [1, 2],
      [3, 4],
    ],
    1,
    1,
  ],
  ["[N, H, W]", [[[1, 2]], [[3, 4]]], 2, 1],
  ["[N, 1, H, W]", { shape: [2, 1, 1, 2], data: [1, 2, 3, 4] }, 2, 1],
  ["[N, 3, H, W]", { shape: [1, 3, 1, 2], data: [1, 2, 3, 4, 5, 6] }, 1, 3],
])("%s", (_, value, count, channels) => {
  const images = toImages("f", "images", value);
  expect(images).toHaveLength(count);
  expect(images[0]!.channels).toBe(channels);
});

test("channels of a tensor are planes", () => {
  const [image] = toImages("f", "images", { shape: [1, 3, 1, 2], data: [1, 2, 3, 4, 5, 6] });
  expect([image!.value(0, 1, 0), image!.value(0, 1, 1), image!.value(0, 1, 2)]).toEqual([2, 4, 6]);
  expect([...pixelValues([image!])]).toEqual([1, 3, 5, 2, 4, 6]);
});

test("a list may hold images of different sizes", () => {
  const images = toImages("f", "images", [[[1, 2]], [[3], [4]]]);
  expect(images.map(({ height, width }) => [height, width])).toEqual([
    [1, 2],
    [2, 1],
  ]);
});

test("another number of channels is refused", () =>
  expect(() =>
    toImages("f", "images", { shape: [1, 2, 1, 1], data: [1, 2] }),
  ).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: f: images must be images of shape [H, W], [N, H, W], [N, 1, H, W] or [N, 3, H, W], got [1, 2, 1, 1]]`,
  ));
test("a list of numbers is no image", () =>
  expect(() => toImages("f", "images", [1, 2])).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: f: images must be images of shape [H, W], [N, H, W], [N, 1, H, W] or [N, 3, H, W], got [2]]`,
  ));
