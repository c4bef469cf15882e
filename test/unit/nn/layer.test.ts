import { expect, test } from "vitest";
import { ReLU } from "../../../src/nn/activationLayer.js";
import { canFuse, isBuiltIn } from "../../../src/nn/layer.js";
import { Linear } from "../../../src/nn/linear.js";
import { Sequential } from "../../../src/nn/sequential.js";
import type { Tensor } from "../../../src/tensor/tensor.js";

class Spy extends ReLU {
  seen: Tensor | null = null;
  override forward(input: Tensor): Tensor {
    this.seen = super.forward(input);
    return this.seen;
  }
}

test("isBuiltIn: our layers are, layers that override or replace forward are not, containers are what they hold", () => {
  expect(isBuiltIn(new Linear(1, 1))).toBe(true);
  expect(isBuiltIn(new Spy())).toBe(false);
  expect(isBuiltIn(new Sequential(new Linear(1, 1), new ReLU()))).toBe(true);
  expect(isBuiltIn(new Sequential(new Linear(1, 1), new Sequential(new Spy())))).toBe(false);
  const replaced = new Linear(1, 1);
  replaced.forward = (input) => input;
  expect(isBuiltIn(replaced)).toBe(false);
});

test("canFuse: layers with weights can, activations cannot", () => {
  expect(canFuse(new Linear(1, 1))).toBe(true);
  expect(canFuse(new ReLU())).toBe(false);
});
