import { describe, expect, test } from "vitest";
import { sgd } from "../../../src/optim/sgd.js";
import { tensor } from "../../../src/tensor/create.js";
import { Tensor } from "../../../src/tensor/tensor.js";

const options = { learningRate: 0.5, momentum: 0.5 };

describe("pureRule", () => {
  test("gives back the kind it was given", () => {
    expect(sgd(2, 2, {}, options)).toEqual({ parameter: 1, state: { step: 1, momentumBuffer: 2 } });
    expect(sgd([[2], [4]], [[2], [4]], {}, options).parameter).toEqual([[1], [2]]);
    expect(sgd(Float32Array.of(2), [2], {}, options).parameter).toEqual(Float32Array.of(1));
    expect(sgd(Float64Array.of(2), [2], {}, options).parameter).toEqual(Float64Array.of(1));
    const { parameter, state } = sgd(tensor([[2, 4]]), tensor([[2, 4]]), {}, options);
    expect(parameter).toBeInstanceOf(Tensor);
    expect(parameter.toArray()).toEqual([[1, 2]]);
    expect(parameter.dtype).toBe("float32");
    expect((state.momentumBuffer as Tensor).toArray()).toEqual([[2, 4]]);
  });

  test("carries the state from step to step", () => {
    const first = sgd([4], [1], {}, options); // b = 1, p = 3.5
    const second = sgd(first.parameter, [1], first.state, options); // b = 1.5, p = 2.75
    expect(second).toEqual({ parameter: [2.75], state: { step: 2, momentumBuffer: [1.5] } });
  });

  test("refuses other shapes, other things than numbers, and unknown options", () => {
    expect(() => sgd([1, 2], [1], {}, options)).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: updates.sgd: gradient must have the parameter's shape
        parameter [2], gradient [1]]
    `);
    expect(() =>
      sgd([1], [1], { step: 1, momentumBuffer: [1, 2] }, options),
    ).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: updates.sgd: state.momentumBuffer must have the parameter's shape
        parameter [1], state.momentumBuffer [2]]
    `);
    expect(() => sgd([[1, 2], [3]], [1, 2, 3], {}, options)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: updates.sgd: parameter must be rectangular, got rows of 2 and 1]`,
    );
    expect(() => sgd(["1"] as unknown as number[], [1], {}, options)).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: updates.sgd: parameter must hold numbers, got "1"]`,
    );
    expect(() =>
      sgd([1], [1], {}, { learningrate: 1 } as unknown as typeof options),
    ).toThrowErrorMatchingInlineSnapshot(`
      [TypeError: updates.sgd: unknown option "learningrate"
        help: did you mean "learningRate"?]
    `);
  });
});
