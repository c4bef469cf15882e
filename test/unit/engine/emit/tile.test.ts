import { expect, test } from "vitest";
import { i32 } from "../../../../src/engine/emit/instructions.js";
import {
  emitSteps,
  emitStoreTile,
  emitUnrolled,
  zeroAccumulators,
} from "../../../../src/engine/emit/tile.js";
import { emittedModule } from "../../../support/emittedModule.js";

test.each(["splat", "shuffle"] as const)("a 2×8 tile sums outer products, left operand by %s", (left) => {
  const { floats, run, at } = emittedModule((module) => {
    module.define("tile", ["i32", "i32", "i32", "i32", "i32"], (f, [a, b, c, k, add]) => {
      const acc = zeroAccumulators(f, 2, 2);
      emitUnrolled(f, k, 2, (unroll) => {
        emitSteps(f, acc, { unroll, left: unroll === 1 ? "splat" : left }, a, 2, (u) => [b, 32 * u]);
        f.advance(a, 8 * unroll);
        f.advance(b, 32 * unroll);
      });
      emitStoreTile(f, acc, c, i32.const(40), add);
    });
  });
  floats.set([1, 2, 3, 4, 5, 6]); // k = 3 steps of two rows
  for (let i = 0; i < 24; i++) floats[64 + i] = i; // three right rows 0…7, 8…15, 16…23
  run("tile", 0, 256, 1024, 3, 0);
  // row 0: 1·j + 3·(8 + j) + 5·(16 + j) = 104 + 9j; row 1: 2j + 4(8 + j) + 6(16 + j) = 128 + 12j
  expect(at(1024, 8)).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map((j) => 104 + 9 * j));
  expect(at(1064, 8)).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map((j) => 128 + 12 * j));
  run("tile", 0, 256, 1024, 3, 1);
  expect(at(1024, 2)).toEqual([208, 226]);
});
