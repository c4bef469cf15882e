import { expect, test } from "vitest";
import type { FunctionBuilder, ModuleBuilder } from "../../../../src/engine/emit/assembler.js";
import { emitPackColumns, emitPackRows } from "../../../../src/engine/emit/pack.js";
import { emittedModule } from "../../../support/emittedModule.js";

const exported = (emit: (module: ModuleBuilder, width: number) => FunctionBuilder, width: number) =>
  emittedModule((module) => {
    const pack = emit(module, width);
    module.define("pack", ["i32", "i32", "i32", "i32", "i32"], (f, values) => f.call(pack, ...values));
  });

// Source: 12 rows of 9 numbers, number = 10·row + column.
const source = Array.from({ length: 108 }, (_, i) => 10 * Math.floor(i / 9) + (i % 9));

test.each([
  [6, 6],
  [6, 5],
  [8, 8],
  [8, 3],
])("a panel of width %i with %i valid columns, rows as they are", (width, valid) => {
  const { floats, run, at } = exported(emitPackRows, width);
  floats.set(source, 1024);
  run("pack", 0, 4096, 36, 5, valid);
  const wanted = Array.from({ length: 5 * width }, (_, i) => {
    const [p, j] = [Math.floor(i / width), i % width];
    return j < valid ? 10 * p + j : 0;
  });
  expect(at(0, 5 * width)).toEqual(wanted);
});

test.each([
  [6, 6, 9],
  [6, 4, 7],
  [8, 8, 4],
  [8, 3, 5],
  [3, 3, 9],
])("a panel of width %i with %i valid columns of depth %i, transposed", (width, valid, depth) => {
  const { floats, run, at } = exported(emitPackColumns, width);
  floats.set(source, 1024);
  floats.fill(-1, 0, 128);
  run("pack", 0, 4096, 36, depth, valid);
  const wanted = Array.from({ length: depth * width }, (_, i) => {
    const [p, j] = [Math.floor(i / width), i % width];
    return j < valid ? 10 * j + p : 0;
  });
  expect(at(0, depth * width)).toEqual(wanted);
  expect(at(4 * depth * width, 1)).toEqual([-1]);
});
