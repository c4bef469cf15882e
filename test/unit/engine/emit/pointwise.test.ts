import { expect, test } from "vitest";
import { type V128, v128 } from "../../../../src/engine/emit/instructions.js";
import { emitPointwise } from "../../../../src/engine/emit/pointwise.js";
import { emittedModule } from "../../../support/emittedModule.js";

test.each([0, 1, 3, 4, 7, 16, 19, 37])(
  "emitPointwise writes exactly %i numbers: whole turns, vectors, single ones",
  (count) => {
    const { floats, run, at } = emittedModule((module) => {
      emitPointwise(module, "scaled", 2, 1, (_f, read, [factor]) => [[0, v128.mul(read(1), factor as V128)]]);
    });
    floats.fill(-1, 0, 64);
    for (let i = 0; i < 64; i++) floats[64 + i] = i;
    run("scaled", 4, 256, count, 2.5); // from an address that no vector is aligned to
    const wanted = Array.from({ length: 63 }, (_, i) => (i < count ? 2.5 * i : -1));
    expect(at(4, 63)).toEqual(wanted);
  },
);

test("an output may be an input, and a body may write several arrays", () => {
  const { floats, run, at } = emittedModule((module) => {
    emitPointwise(module, "rotate", 2, 0, (_f, read) => [
      [0, v128.sub(read(0), read(1))],
      [1, v128.add(read(0), read(1))],
    ]);
  });
  floats.set([10, 20, 30, 40, 50], 0);
  floats.set([1, 2, 3, 4, 5], 16);
  run("rotate", 0, 64, 5);
  expect(at(0, 5)).toEqual([9, 18, 27, 36, 45]);
  expect(at(64, 5)).toEqual([11, 22, 33, 44, 55]);
});
