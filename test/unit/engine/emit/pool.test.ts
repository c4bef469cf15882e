import { expect, test } from "vitest";
import { emitPool } from "../../../../src/engine/emit/pool.js";
import { emittedModule } from "../../../support/emittedModule.js";

test("maxPool2 on a 2×10 plane: five windows, the last four overlapping the first four", () => {
  const { floats, integers, run, at } = emittedModule(emitPool);
  floats.set([1, 5, 2, 2, 9, 1, 0, 0, 3, 4, 4, 5, 2, 2, 1, 1, 0, 7, Number.NaN, 1], 64);
  run("maxPool2", 0, 128, 256, 1, 1, 5, 40, 80, 256);
  expect(at(0, 5)).toEqual([5, 2, 9, 7, Number.NaN]);
  expect(Array.from(integers.subarray(32, 37))).toEqual([1, 2, 4, 17, 18]); // of equal numbers the first
});

test("windows from a table: largest, mean, and their gradients", () => {
  const { floats, integers, run, at } = emittedModule(emitPool);
  floats.set([3, 1, 4, 1], 64);
  integers.set([2, 0, 4, 3, 4, 8, 12], 128); // windows {0, 1} and {1, 2, 3}
  run("maxPool", 0, 32, 256, 1, 16, 512, 2, 256);
  expect([at(0, 2), Array.from(integers.subarray(8, 10))]).toEqual([
    [3, 4],
    [0, 2],
  ]);
  run("avgPool", 0, 256, 1, 16, 512, 2, 0.5);
  expect(at(0, 2)).toEqual([2, 3]);
  floats.set([10, 20], 96);
  run("avgPoolGrad", 384, 0, 1, 16, 512, 2, 0.5); // dx at 0: 2 + 5, 3 + 5 + 10, 10, 10
  expect(at(0, 4)).toEqual([7, 18, 10, 10]);
  run("scatterAdd", 64, 384, 32, 2);
  expect(at(64, 3)).toEqual([10, 0, 20]);
});
