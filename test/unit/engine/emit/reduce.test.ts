import { expect, test } from "vitest";
import { emitReductions } from "../../../../src/engine/emit/reduce.js";
import { emittedModule } from "../../../support/emittedModule.js";

const module = (): ReturnType<typeof emittedModule> => emittedModule(emitReductions);

test("rows: sum of 1 … 21, largest, smallest, squares and sizes", () => {
  const { floats, run, at } = module();
  for (let i = 0; i < 21; i++) floats[64 + i] = i % 2 === 0 ? i + 1 : -(i + 1);
  run("row_sum", 0, 256, 1, 21, 1); // 1 − 2 + 3 − … + 21 = 11
  run("row_max", 4, 256, 1, 21, 1);
  run("row_min", 8, 256, 1, 21, 1);
  run("row_sumOfSquares", 12, 256, 1, 21, 1); // 21·22·43 / 6
  run("row_sumOfAbs", 16, 256, 1, 21, 0.5); // 231 / 2
  expect(at(0, 5)).toEqual([11, 21, -20, 3311, 115.5]);
});

test("columns, products with a vector, and the outer product, on [[1, 2, 3], [4, 5, 6]]", () => {
  const { floats, run, at } = module();
  floats.set([1, 2, 3, 4, 5, 6], 64);
  floats.set([10, 20, 30], 96);
  run("column_sum", 0, 256, 1, 2, 3, 1);
  expect(at(0, 3)).toEqual([5, 7, 9]);
  run("dot", 0, 256, 384, 2, 3, 0); // 10 + 40 + 90, 40 + 100 + 180
  expect(at(0, 2)).toEqual([140, 320]);
  run("combine", 0, 256, 384, 2, 3, 0); // 10·row 0 + 20·row 1
  expect(at(0, 3)).toEqual([90, 120, 150]);
  run("combine", 0, 256, 384, 2, 3, 1);
  expect(at(0, 3)).toEqual([180, 240, 300]);
  run("outer", 0, 256, 384, 2, 3, 0);
  expect(at(0, 6)).toEqual([10, 20, 30, 20, 40, 60]);
  run("channelSum", 0, 256, 1, 2, 3, 0);
  expect(at(0, 2)).toEqual([6, 15]);
  run("squaredError", 0, 256, 384, 3, 0.5); // (81 + 324 + 729) / 2
  expect(at(0, 1)).toEqual([567]);
});
