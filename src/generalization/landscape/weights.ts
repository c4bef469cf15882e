import { noGrad } from "../../autograd/gradMode.js";
import { numbers } from "../../engine/engine.js";
import { checkNumber, errorText, ShapeError, showShape } from "../../errors.js";
import { assign } from "../../nn/assign.js";
import type { Module, StateDict } from "../../nn/module.js";
import type { Random } from "../../random.js";
import { randn, tensor } from "../../tensor/create.js";

/** Runs `fn` and puts the weights of the model back, whatever happens. */
export function withWeights<R>(model: Module, fn: () => R): R {
  const before = model.stateDict();
  try {
    return noGrad(fn);
  } finally {
    model.loadStateDict(before);
  }
}

/** Sets every tensor of the model to `base + Σ factor·direction`; running statistics of normalization layers move along. */
export function place(
  model: Module,
  base: StateDict,
  moves: readonly (readonly [factor: number, direction: StateDict])[],
): void {
  for (const [name, target] of model.namedTensors()) {
    const values = Float64Array.from(numbers(base[name]!.span));
    for (const [factor, direction] of moves) {
      const step = numbers(direction[name]!.span);
      for (let i = 0; i < values.length; i++) values[i] = values[i]! + factor * step[i]!;
    }
    assign(target, values);
  }
}

/** @throws when `state` lacks a tensor of the model, or has one of another shape */
export function checkWeights(where: string, name: string, model: Module, state: StateDict): void {
  for (const [path, own] of model.namedTensors()) {
    const got = state?.[path];
    if (got === undefined)
      throw new RangeError(errorText(where, `${name} must have "${path}"`, "", "pass model.stateDict()"));
    if (got.shape.join() !== own.shape.join())
      throw new ShapeError(
        errorText(
          where,
          `${name} must fit the model`,
          `"${path}" ${showShape(own.shape)}, got ${showShape(got.shape)}`,
        ),
      );
  }
}

/**
 * Scales a direction in weight space so that each filter is as long as the filter of the weights: `d ← d·‖w‖ / (‖d‖ + 1e-10)`. A
 * filter is what makes one output: `weight[o]` of a convolution or linear layer. Everything of fewer than two axes (biases, scales,
 * running statistics) becomes 0.
 *
 * Without it a picture of the landscape shows the length of the weights: a step of the same size changes small weights more.
 *
 * @see Li et al. 2018, arXiv:1712.09913, section 4
 * @example
 * const w = { weight: tensor([[3, 4], [0, 2]]), bias: tensor([1, 1]) };
 * const d = { weight: tensor([[1, 0], [0, -8]]), bias: tensor([5, 5]) };
 * generalization.landscape.filterNormalize(d, w).weight.toArray() // [[5, 0], [0, -2]]
 */
export function filterNormalize(direction: StateDict, weights: StateDict): StateDict {
  return Object.fromEntries(
    Object.entries(weights).map(([name, w]) => {
      const d = direction[name];
      if (d === undefined || d.shape.join() !== w.shape.join())
        throw new ShapeError(
          errorText(
            "filterNormalize",
            `direction must have the tensors of weights`,
            `"${name}" ${showShape(w.shape)}, got ${d === undefined ? "none" : showShape(d.shape)}`,
          ),
        );
      const result = new Float64Array(w.size);
      if (w.ndim > 1) {
        const size = w.size / w.shape[0]!;
        for (let start = 0; start < w.size; start += size) {
          const norm = (values: ArrayLike<number>): number => {
            let sum = 0;
            for (let i = start; i < start + size; i++) sum += values[i]! ** 2;
            return Math.sqrt(sum);
          };
          const factor = norm(w.data) / (norm(d.data) + 1e-10);
          for (let i = start; i < start + size; i++) result[i] = d.data[i]! * factor;
        }
      }
      return [name, tensor(result, { shape: w.shape, dtype: w.dtype })];
    }),
  );
}

/**
 * A random direction in the weight space of a model, standard normal and then filter-normalized.
 *
 * @param options.random generator; default the shared one
 */
export function randomDirection(model: Module, { random }: { readonly random?: Random } = {}): StateDict {
  const weights = model.stateDict();
  const raw = Object.entries(weights).map(
    ([name, { shape, dtype }]) =>
      [name, randn(shape, random === undefined ? { dtype } : { dtype, random })] as const,
  );
  return filterNormalize(Object.fromEntries(raw), weights);
}

/**
 * Dinh's counter-example: the same function from other weights. Multiplies weight and bias of one layer by α and the weight of the next by
 * 1/α; with ReLU between them nothing changes, because `relu(αz) = α·relu(z)`, but every measure of sharpness that looks at a
 * fixed neighborhood of the weights does: the Hessian grows by up to α² in the directions of the second layer.
 *
 * @param weights of a model, as `stateDict` gives them
 * @param options.first path of the first layer, `"layers.0"`
 * @param options.second path of the next layer with weights, behind a ReLU, `"layers.2"`
 * @param options.factor α, above 0
 * @throws {RangeError} when a layer has no weight
 * @see Dinh et al. 2017, arXiv:1703.04933
 * @example
 * const model = new nn.MLP({ sizes: [1, 8, 1], activation: "relu", random: createRandom(1) });
 * const before = model.forward(tensor([[0.5]])).item();
 * const other = generalization.landscape.rescale(model.stateDict(), { first: "layers.0", second: "layers.2", factor: 4 });
 * model.loadStateDict(other);
 * Math.abs(model.forward(tensor([[0.5]])).item() - before) < 1e-6 // true
 */
export function rescale(
  weights: StateDict,
  { first, second, factor }: { readonly first: string; readonly second: string; readonly factor: number },
): StateDict {
  checkNumber("rescale", "factor", factor, { above: 0 });
  for (const path of [first, second])
    if (weights[`${path}.weight`] === undefined) {
      const layers = Object.keys(weights).filter((name) => name.endsWith(".weight"));
      throw new RangeError(
        errorText(
          "rescale",
          `there must be "${path}.weight"`,
          "",
          `layers with weights are ${layers.map((name) => `"${name.slice(0, -7)}"`).join(", ")}`,
        ),
      );
    }
  const scale = (name: string): number =>
    name === `${first}.weight` || name === `${first}.bias`
      ? factor
      : name === `${second}.weight`
        ? 1 / factor
        : 1;
  return Object.fromEntries(
    Object.entries(weights).map(([name, { data, shape, dtype }]) => [
      name,
      tensor(
        data.map((value) => value * scale(name)),
        { shape, dtype },
      ),
    ]),
  );
}
