// What every optimizer must do, whatever its rule: called for each class on each path of the engine.
import { describe, expect, test } from "vitest";
import type { Optimizer, PureState, PureUpdate } from "../../src/optim/index.js";
import { createRandom } from "../../src/random.js";
import { randn, tensor } from "../../src/tensor/create.js";
import "../../src/tensor/methods.js";
import type { Tensor } from "../../src/tensor/tensor.js";
import { errorOf } from "../support/errorOf.js";

export interface OptimizerSubject {
  readonly name: string;
  readonly make: (parameters: readonly Tensor[], options: object) => Optimizer;
  readonly update: PureUpdate<object>;
  readonly options: object;
}

const leaf = (shape: readonly number[], seed: number): Tensor => {
  const values = randn(shape, { random: createRandom(seed) });
  values.requiresGrad = true;
  return values;
};

/** @param use puts the path of the engine to use */
export function optimizerSuite({ name, make, update, options }: OptimizerSubject, use: () => void): void {
  describe(name, () => {
    // 67 and 5: neither fills whole vectors. Gradients are orthogonal to the rows in every second step, for AdamP and SGDP.
    test("float32 in the arena follows the pure rule in float64 for 12 steps", () => {
      use();
      const shapes = [[3, 67], [5], [1]];
      const parameters = shapes.map((shape, i) => leaf(shape, i));
      const pure = parameters.map((parameter) => ({
        parameter: tensor(Float64Array.from(parameter.data), { shape: parameter.shape, dtype: "float64" }),
        state: {} as PureState,
      }));
      const optimizer = make(parameters, options);
      const random = createRandom(9);
      for (let step = 0; step < 12; step++) {
        optimizer.zeroGrad();
        for (const [i, parameter] of parameters.entries()) {
          const gradient = randn(parameter.shape, { random });
          if (i === 0 && step % 2 === 0) orthogonalize(gradient, parameter);
          parameter.backward(gradient);
          pure[i] = update(
            pure[i]!.parameter,
            gradient.to("float64"),
            pure[i]!.state,
            options,
          ) as (typeof pure)[0];
        }
        optimizer.step();
      }
      for (const [i, parameter] of parameters.entries())
        for (const [j, value] of pure[i]!.parameter.data.entries())
          expect(Math.abs(parameter.data[j]! - value)).toBeLessThan(1e-5 * (1 + Math.abs(value)));
    });

    test("a parameter without gradient stands still", () => {
      use();
      const [a, b] = [leaf([4], 1), leaf([4], 2)];
      const before = b.toArray();
      const optimizer = make([a, b], options);
      for (let step = 0; step < 7; step++) {
        optimizer.zeroGrad();
        a.sum().backward();
        optimizer.step();
      }
      expect(b.toArray()).toEqual(before);
      expect(optimizer.stateDict().parameters.map(({ step }) => step)).toEqual([7, 0]);
    });

    test("bad input is refused by name", () => {
      use();
      expect(errorOf(() => make([], options))).toBe(
        `RangeError: ${name}: there must be at least one parameter, got none\n` +
          "  help: does the model have layers with parameters that require gradients?",
      );
      expect(errorOf(() => make([tensor([1])], options))).toBe(
        `RangeError: ${name}: parameter 0 must require gradients\n  shape [1]\n  help: create it with {requiresGrad: true}`,
      );
      const double = tensor([1], { dtype: "float64", requiresGrad: true });
      expect(errorOf(() => make([leaf([2], 1), double], options))).toBe(
        `TypeError: ${name}: all parameters must have one dtype, got float32 and float64\n` +
          "  parameter 1 [1]\n  help: use one optimizer for each dtype",
      );
      expect(errorOf(() => make([double], { ...options, learningRate: Number.NaN }))).toBe(
        `RangeError: ${name}: learningRate must be a finite number greater than 0, got NaN`,
      );
      expect(errorOf(() => make([double], { ...options, learningRat: 1 }))).toBe(
        `TypeError: ${name}: unknown option "learningRat"\n  help: did you mean "learningRate"?`,
      );
    });

    test("NaN gradients are named with parameter and step, and change nothing", () => {
      use();
      const [a, b] = [leaf([2], 1), leaf([3], 2)];
      const optimizer = make([a, b], options);
      const before = a.toArray();
      a.grad = tensor([1, 1]);
      b.grad = tensor([0, Number.NaN, 0]);
      expect(errorOf(() => optimizer.step())).toBe(
        `NaNGradientError: ${name}: gradients must be numbers, got NaN in parameter 1 at step 1\n` +
          "  parameter [3], first NaN at flat index 1\n" +
          "  help: the loss grew beyond all bounds before: lower the learning rate, or clip gradients with optim.clipGradNorm",
      );
      expect(a.toArray()).toEqual(before);
    });

    test("the state of other parameters is refused whole", () => {
      use();
      const from = make([leaf([2], 1)], options).stateDict();
      const into = make([leaf([3], 1)], options);
      const before = JSON.stringify(into.stateDict());
      const slots = Object.keys(from.parameters[0]!).filter((key) => key !== "step");
      if (slots.length > 0)
        expect(errorOf(() => into.loadStateDict(from))).toBe(
          `ShapeError: ${name}.loadStateDict: ${slots[0]} of parameter 0 must have 3 numbers, got 2`,
        );
      expect(errorOf(() => into.loadStateDict({ ...from, parameters: [] }))).toBe(
        `RangeError: ${name}.loadStateDict: state must have 1 parameters, got 0`,
      );
      expect(JSON.stringify(into.stateDict())).toBe(before);
    });
  });
}

/** Takes the part along each row of `parameter` out of `gradient`. */
function orthogonalize(gradient: Tensor, parameter: Tensor): void {
  const [rows, columns] = parameter.shape as [number, number];
  const [g, p] = [gradient.data, parameter.data];
  for (let start = 0; start < rows * columns; start += columns) {
    let [dot, square] = [0, 0];
    for (let i = start; i < start + columns; i++) {
      dot += g[i]! * p[i]!;
      square += p[i]! * p[i]!;
    }
    for (let i = start; i < start + columns; i++) g[i] = g[i]! - (dot / square) * p[i]!;
  }
}
