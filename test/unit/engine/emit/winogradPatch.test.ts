import { expect, test } from "vitest";
import { v128 } from "../../../../src/engine/emit/instructions.js";
import {
  emitPatch,
  fourOf,
  letAll,
  points,
  side,
  transformBytes,
} from "../../../../src/engine/emit/winogradPatch.js";
import { type EmittedModule, emittedModule } from "../../../support/emittedModule.js";

const patches = (kind: "data" | "outputGrad"): EmittedModule =>
  emittedModule((module) => {
    module.define("patch", ["i32", "i32", "i32", "i32", "i32"], (f, [to, step, x, rowPitch, temporary]) => {
      const sources = letAllSources(f, x);
      emitPatch(f, { sources, rowPitch, temporary }, to, step, kind);
    });
  });
const letAllSources = (
  f: Parameters<typeof emitPatch>[0],
  x: Parameters<typeof emitPatch>[2],
): Parameters<typeof emitPatch>[2][] =>
  [0, 1, 2, 3].map((i) => {
    const source = f.let(x);
    f.advance(source, 256 * i);
    return source;
  });

test("a patch that is 1 in row r and column c gives the products of the columns r and c of the transform", () => {
  // column 0 of Bᵀ is 1 for point 0 and 0 elsewhere, column 5 is 1 for point ∞: the corner (0, 5) is number 6·5 + 0 alone
  const run = patches("data");
  for (const [lane, number] of [2, 3, 5, 7].entries()) run.floats[2048 / 4 + 64 * lane + 5] = number;
  run.run("patch", 0, 16, 2048, 24, 4096);
  expect(run.at(16 * 30, 4)).toEqual([2, 3, 5, 7]);
  const others = run.at(0, 144).filter((_, i) => i >> 2 !== 30);
  expect(others.every((value) => value === 0)).toBe(true);
});

test("gradients of outputs: 1 at (3, 0) is seen by vertical point ∞, and by every horizontal point but ∞", () => {
  const run = patches("outputGrad");
  for (const lane of [0, 1, 2, 3]) run.floats[2048 / 4 + 64 * lane + 12] = 1;
  run.run("patch", 0, 16, 2048, 16, 4096);
  for (const j of [0, 1, 2, 3, 4]) expect(run.at(16 * (6 * j + 5), 4)).toEqual([1, 1, 1, 1]);
  for (const i of [0, 1, 2, 3, 4, 5]) expect(run.at(16 * (30 + i), 1)).toEqual([0]);
});

test("nothing is read behind the last number of a patch", () => {
  const run = patches("data");
  const end = run.floats.length * 4;
  // The last of the four patches ends where the memory ends.
  expect(() => run.run("patch", 0, 16, end - 3 * 256 - 144, 24, 4096)).not.toThrow();
  expect(() => run.run("patch", 0, 16, end - 3 * 256 - 140, 24, 4096)).toThrow("memory access out of bounds");
});

test("36 products, a vector of memory for each; four values, and locals that hold them", () => {
  expect([side, points, transformBytes]).toEqual([6, 36, 576]);
  expect(fourOf([1, 2, 3, 4, 5].map(v128.const))).toHaveLength(4);
  emittedModule((module) =>
    module.define("", [], (f) => {
      expect(letAll(f, [v128.const(1), v128.const(2)]).map(({ index }) => index)).toEqual([0, 1]);
    }),
  );
});
