import { expect, test } from "vitest";
import { normalizationAxes } from "../../../../src/plot/regularization/normalizationAxes.js";

test("each method says over how many values it averages", () => {
  // N 4, C 6, H·W 5: batch 4·5, layer 6·5, instance 5, two groups 3·5
  const text = normalizationAxes()
    .svg.replace(/<[^>]+>/g, " ")
    .replace(/\s+/g, " ");
  for (const count of [
    "samples: 20 values",
    "channels: 30 values",
    "channel: 5 values",
    "channels: 15 values",
  ])
    expect(text).toContain(count);
});

test("groups that do not divide the channels", () =>
  expect(() => normalizationAxes(undefined, { groups: 4 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: normalizationAxes: groups must divide the channels (6), got 4]`,
  ));
test("more samples than can be drawn", () =>
  expect(() =>
    normalizationAxes({ samples: 32, channels: 2, positions: 2 }),
  ).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: normalizationAxes: samples must be a whole number from 1 to 8, got 32]`,
  ));
