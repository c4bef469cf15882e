import { expect, test } from "vitest";
import { emitBinary, emitLayerBodies } from "../../../../src/engine/emit/binary.js";
import { emittedModule } from "../../../support/emittedModule.js";

test("the second operand repeated for each row, or each number along its row", () => {
  const { floats, run, at } = emittedModule(emitBinary);
  floats.set([1, 2, 3, 4, 5, 6], 64); // [2, 3]
  floats.set([10, 20, 30], 96);
  run("add_row", 0, 256, 384, 2, 3);
  expect(at(0, 6)).toEqual([11, 22, 33, 14, 25, 36]);
  run("sub_column", 0, 256, 384, 2, 3);
  expect(at(0, 6)).toEqual([-9, -8, -7, -16, -15, -14]);
});

test("bias and activation of a layer, and the activation's gradient from its output", () => {
  const { floats, run, at } = emittedModule(emitLayerBodies);
  floats.set([1, -2, 3, -4], 64);
  floats.set([1, 1], 96);
  run("bias_relu_row", 0, 256, 384, 2, 2);
  expect(at(0, 4)).toEqual([2, 0, 4, 0]);
  run("activationGrad_relu", 16, 256, 0, 4);
  expect(at(16, 4)).toEqual([1, 0, 3, 0]);
  floats.set([0.5, -0.5], 64);
  run("activationGrad_tanh", 0, 384, 256, 2); // 1 − 0.25
  expect(at(0, 2)).toEqual([0.75, 0.75]);
  run("activationGrad_sigmoid", 0, 384, 256, 1); // 0.5·0.5
  expect(at(0, 1)).toEqual([0.25]);
});
