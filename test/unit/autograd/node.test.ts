import { expect, test } from "vitest";
import { Node, type Operation, tick } from "../../../src/autograd/node.js";

const operation: Operation<string, number> = { name: "noop", backward: () => {}, readsInputs: true };

test("records and changes in place share one clock that only rises", () => {
  const first = new Node(operation, ["x"], null);
  const change = tick();
  const second = new Node(operation, ["x"], null);
  expect(first.sequence).toBeLessThan(change);
  expect(change).toBeLessThan(second.sequence);
});

test("consume lets go of inputs, saved values and gradient", () => {
  const node = new Node(operation, ["x"], { big: 1 });
  node.gradient = 3;
  node.consume();
  expect([node.consumed, node.inputs, node.saved, node.gradient]).toEqual([true, [], null, null]);
});
