import { expect, test } from "vitest";
import { addWindows, collectRow, spreadRows } from "../../../src/conv/rows.js";

// Five taps: the block of four and the rest. Weights with digits that keep their identity in every sum.
const image = Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9);
const taps = Int32Array.of(0, 1, 2, 3, 4);
const weights = Float64Array.of(1, 10, 100, 1000, 10000);

test("addWindows adds each window's weighted sum to the line", () => {
  const line = Float64Array.of(0.5, 0);
  addWindows(line, image, 1, 2, taps, weights, 0); // windows start at 1 and 3
  expect([...line]).toEqual([65432.5, 87654]);
});

test("spreadRows puts the weights back where the windows were, for a block of channels and one more", () => {
  // channels 0–4, each with one output 1, 2, 3, 4, 5 and one weight 1, 10, 100, 1000, 10000 on a single tap
  const target = new Float64Array(3);
  const dy = Float64Array.of(1, 2, 3, 4, 5);
  spreadRows(target, 1, 1, Int32Array.of(0), weights, dy, 0, 1, 1, 0, 5);
  expect([...target]).toEqual([0, 54321, 0]);
});

test("spreadRows adds where windows overlap", () => {
  const target = new Float64Array(4);
  spreadRows(
    target,
    0,
    1,
    Int32Array.of(0, 1, 2),
    Float64Array.of(11, 13, 17),
    Float64Array.of(100, 10),
    0,
    2,
    2,
    0,
    1,
  );
  // 100·(11, 13, 17) and 10·(11, 13, 17) one place later
  expect([...target]).toEqual([1100, 1410, 1830, 170]);
});

test("collectRow sums output gradients times what each tap saw", () => {
  const total = new Float64Array(6);
  collectRow(total, 1, image, 0, 2, taps, Float64Array.of(7, 100, 1), 1, 2); // gradients 100 at 0 and 1 at 2
  expect([...total]).toEqual([0, 103, 204, 305, 406, 507]);
});
