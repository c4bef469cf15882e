import { expect, test } from "vitest";
import { emitCopies, emitPackWeights, emitTransposeAdd } from "../../../../src/engine/emit/copy.js";
import { emittedModule } from "../../../support/emittedModule.js";

test("copyRows puts a 2×3 image into a 4×5 one with a border", () => {
  const { floats, run, at } = emittedModule(emitCopies);
  floats.set([1, 2, 3, 4, 5, 6], 64);
  run("copyRows", 4 * (5 + 1), 256, 1, 0, 0, 1, 0, 0, 2, 20, 12, 3, 4);
  expect(at(0, 20)).toEqual([0, 0, 0, 0, 0, 0, 1, 2, 3, 0, 0, 4, 5, 6, 0, 0, 0, 0, 0, 0]);
});

test("gatherRows takes every second number, scatterRows puts them back", () => {
  const { floats, run, at } = emittedModule(emitCopies);
  floats.set([1, 2, 3, 4, 5, 6], 64);
  run("gatherRows", 0, 256, 1, 0, 0, 1, 0, 0, 1, 0, 0, 3, 8);
  expect(at(0, 3)).toEqual([1, 3, 5]);
  run("scatterRows", 32, 256, 1, 0, 0, 1, 0, 0, 1, 0, 0, 3, 8);
  expect(at(32, 5)).toEqual([1, 0, 2, 0, 3]);
});

test("packWeights: [block][tap][rows] from a table of taps", () => {
  const { floats, integers, run, at } = emittedModule((module) => emitPackWeights(module, 2));
  floats.set([1, 2, 3, 10, 20, 30, 100, 200, 300], 64); // three channels of three weights
  integers.set([8, 0], 32); // taps 2 and 0
  run("packWeights", 0, 256, 128, 2, 3, 12);
  expect(at(0, 8)).toEqual([3, 30, 1, 10, 300, 0, 100, 0]);
});

test("transposeAdd stores or adds", () => {
  const { floats, run, at } = emittedModule(emitTransposeAdd);
  floats.set([1, 2, 0, 0, 3, 4, 0, 0, 5, 6], 64); // three taps of two channels, 16 bytes apart
  run("transposeAdd", 0, 256, 2, 3, 16, 0);
  expect(at(0, 6)).toEqual([1, 3, 5, 2, 4, 6]);
  run("transposeAdd", 0, 256, 2, 3, 16, 1);
  expect(at(0, 6)).toEqual([2, 6, 10, 4, 8, 12]);
});
