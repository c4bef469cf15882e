import { expect, test } from "vitest";
import { ModuleBuilder } from "../../../../src/engine/emit/assembler.js";
import { v128 } from "../../../../src/engine/emit/instructions.js";
import { emitUnary, relu } from "../../../../src/engine/emit/unary.js";
import { emittedModule } from "../../../support/emittedModule.js";

test("relu keeps NaN, and -0 is not below 0", () => {
  const { floats, run, at } = emittedModule((module) => {
    module.define("run", ["i32"], (f, [data]) => f.push(v128.store(data, 0, relu(v128.load(data)))));
  });
  floats.set([-1, Number.NaN, 2, -0]);
  run("run", 0);
  expect(at(0, 4)).toEqual([0, Number.NaN, 2, -0]);
});

test("value and gradient of leakyRelu with slope 1/4", () => {
  const { floats, run, at } = emittedModule((module) => emitUnary(module, "leakyRelu"));
  floats.set([-8, 2, 0], 16);
  run("value", 0, 64, 3, 0.25, 0);
  expect(at(0, 3)).toEqual([-2, 2, 0]);
  floats.set([1, 1, 1], 32);
  run("gradient", 0, 128, 64, 64, 3, 0.25, 0);
  expect(at(0, 3)).toEqual([0.25, 1, 0.25]);
});

test("an operation that is not covered emits nothing", () => {
  const module = new ModuleBuilder({ fma: false });
  emitUnary(module, "sin");
  expect(
    WebAssembly.Module.exports(new WebAssembly.Module(module.bytes() as Uint8Array<ArrayBuffer>)),
  ).toEqual([]);
});
