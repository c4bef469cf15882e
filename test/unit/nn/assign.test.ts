import { expect, test } from "vitest";
import { assign } from "../../../src/nn/assign.js";
import { tensor } from "../../../src/tensor/create.js";
import "../../../src/tensor/methods.js";

test("assign(target, values) overwrites in place", () => {
  const w = tensor([1, 2]);
  const shared = w.detach();
  assign(w, [3, 4]);
  expect(w.toArray()).toEqual([3, 4]);
  expect(shared.toArray()).toEqual([3, 4]);
});

test("a graph that still needs the old numbers refuses its backward pass", () => {
  const w = tensor([1, 2], { requiresGrad: true });
  const loss = w.square().sum();
  assign(w, [3, 4]);
  expect(() => loss.backward()).toThrow(
    "backward: an input of square was changed in place after the loss was computed",
  );
});
