import { expect, test } from "vitest";
import { slidingGeometry } from "../../../src/conv/shape.js";
import { crop, pad, windowPlan } from "../../../src/conv/window.js";

test("windowPlan numbers the taps and rows of a padded image", () => {
  // image 3 × 4 with a border of 1: rows of 6, and 4 of them, for the last window ends at row 2 + 2; kernel 2 × 3
  const geometry = slidingGeometry("f", [3, 4], [2, 3], { stride: [2, 1], padding: 1, dilation: 1 });
  const plan = windowPlan(geometry, 2);
  expect(plan.imageLength).toBe(48);
  expect([...plan.taps]).toEqual([0, 1, 2, 6, 7, 8, 24, 25, 26, 30, 31, 32]);
  expect([...plan.rows]).toEqual([0, 12]);
  expect(plan.width).toBe(4);
  expect(plan.stride).toBe(1);
  expect([...plan.inputRows]).toEqual([7, 13, 19, 31, 37, 43]);
});

test("dilation spreads the taps, a stride that skips the end keeps the whole image", () => {
  // 6 long, kernel 2 with dilation 2, stride 3: windows at 0 and 3 read up to 5
  const plan = windowPlan(slidingGeometry("f", [7], [2], { stride: 3, padding: 0, dilation: 2 }), 1);
  expect([...plan.taps]).toEqual([0, 2]);
  expect(plan.imageLength).toBe(7);
  expect([plan.width, plan.stride]).toEqual([2, 3]);
});

test("pad copies into the border, crop copies back and drops it", () => {
  const plan = windowPlan(slidingGeometry("f", [2, 2], [1, 1], { stride: 1, padding: 1, dilation: 1 }), 1);
  const image = new Float64Array(plan.imageLength);
  pad(image, plan, Float32Array.of(9, 1, 2, 3, 4), 1);
  expect([...image]).toEqual([0, 0, 0, 0, 0, 1, 2, 0, 0, 3, 4, 0, 0, 0, 0, 0]);
  image[0] = 100;
  const back = new Float64Array(5);
  crop(back, 1, plan, image);
  expect([...back]).toEqual([0, 1, 2, 3, 4]);
});
