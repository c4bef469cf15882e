import { describe, expect, test } from "vitest";
import { readGroups } from "../../../src/optim/parameterGroups.js";
import { tensor } from "../../../src/tensor/create.js";
import "../../../src/tensor/methods.js";
import type { Tensor } from "../../../src/tensor/tensor.js";

const leaf = (): Tensor => tensor([1, 2], { requiresGrad: true });
const read = (parameters: unknown): unknown => readGroups("SGD", parameters as Tensor[]);

describe("readGroups", () => {
  test("makes one group of a list of tensors and leaves groups as they are", () => {
    const w = leaf();
    expect(read([w])).toEqual([{ parameters: [w] }]);
    const groups = [{ parameters: [w], learningRate: 1 }];
    expect(read(groups)).toBe(groups);
  });

  test("refuses everything else", () => {
    expect(() => read([])).toThrowErrorMatchingInlineSnapshot(`
      [RangeError: SGD: there must be at least one parameter, got none
        help: does the model have layers with parameters that require gradients?]
    `);
    expect(() => read([{ parameters: [] }])).toThrowErrorMatchingInlineSnapshot(`
      [RangeError: SGD: there must be at least one parameter in group 0, got none
        help: does the model have layers with parameters that require gradients?]
    `);
    expect(() => read(leaf())).toThrowErrorMatchingInlineSnapshot(`
      [TypeError: SGD: parameters must be an array of tensors or groups, got Tensor[2]
        help: pass model.parameters()]
    `);
    expect(() => read([1])).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: SGD: parameter 0 must be a tensor, got 1]`,
    );
    expect(() => read([leaf(), { parameters: [leaf()] }])).toThrowErrorMatchingInlineSnapshot(`
      [TypeError: SGD: group 0 must be {parameters: [...], ...options}, got Tensor[2]
        help: pass only tensors, or only groups]
    `);
    expect(() => read([{ params: [leaf()] }])).toThrowErrorMatchingInlineSnapshot(`
      [TypeError: SGD: group 0 must be {parameters: [...], ...options}, got {params}
        help: pass only tensors, or only groups]
    `);
    expect(() => read([tensor([1])])).toThrowErrorMatchingInlineSnapshot(`
      [RangeError: SGD: parameter 0 must require gradients
        shape [1]
        help: create it with {requiresGrad: true}]
    `);
    expect(() => read([leaf().mul(2)])).toThrowErrorMatchingInlineSnapshot(`
      [RangeError: SGD: parameter 0 must be a leaf, got the result of mul
        shape [2]
        help: pass the tensors it was computed from]
    `);
    const twice = leaf();
    expect(() => read([twice, twice])).toThrowErrorMatchingInlineSnapshot(`
      [RangeError: SGD: each parameter must come once, got parameter 1 twice
        shape [2]]
    `);
    expect(() =>
      read([{ parameters: [twice] }, { parameters: [twice] }]),
    ).toThrowErrorMatchingInlineSnapshot(`
      [RangeError: SGD: each parameter must come once, got parameter 0 of group 1 twice
        shape [2]]
    `);
    expect(() =>
      read([leaf(), tensor([1], { dtype: "float64", requiresGrad: true })]),
    ).toThrowErrorMatchingInlineSnapshot(`
      [TypeError: SGD: all parameters must have one dtype, got float32 and float64
        parameter 1 [1]
        help: use one optimizer for each dtype]
    `);
  });
});
