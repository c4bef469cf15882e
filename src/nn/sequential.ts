import type { Dtype } from "../engine/engine.js";
import { checkChoice, checkOptions, errorText, rejectUnknownOptions, showValue } from "../errors.js";
import { type Random, randomOption } from "../random.js";
import { markInternal } from "../tensor/record.js";
import type { Tensor } from "../tensor/tensor.js";
import { ActivationLayer, GELU, LeakyReLU, ReLU, Sigmoid, SiLU, Softplus, Tanh } from "./activationLayer.js";
import { canFuse, declareBuiltIn, isBuiltIn } from "./layer.js";
import type { Init } from "./layerOptions.js";
import { Linear } from "./linear.js";
import { Module } from "./module.js";

/**
 * Layers one after the other: each gets what the one before returned.
 *
 * A linear or convolution layer and a ReLU, Tanh or Sigmoid right behind it run as one operation; the result is the same.
 *
 * @param layers at least one module
 * @throws {TypeError} when something is not a module
 * @example
 * const model = new nn.Sequential(new nn.Linear(2, 8), new nn.Tanh(), new nn.Linear(8, 1));
 * model.forward(zeros([4, 2])).shape // [4, 1]
 * nn.countParameters(model) // 33
 */
export class Sequential extends Module {
  readonly layers: readonly Module[];

  constructor(...layers: readonly Module[]) {
    super();
    if (layers.length === 0)
      throw new RangeError(errorText("Sequential", "there must be at least one layer, got none"));
    for (const [i, layer] of layers.entries())
      if (!(layer instanceof Module))
        throw new TypeError(
          errorText(
            "Sequential",
            `layer ${i} must be a module, got ${showValue(layer)}`,
            "",
            Array.isArray(layer) ? "write new nn.Sequential(...layers)" : "write for example new nn.Tanh()",
          ),
        );
    this.layers = layers;
  }

  forward(input: Tensor): Tensor {
    const layers = this.layers;
    let x = input;
    // Whether nobody outside can hold x: it was made by a built-in layer.
    let isPrivate = false;
    for (let i = 0; i < layers.length; i++) {
      const layer = layers[i]!;
      const next = layers[i + 1];
      const isPlain = isBuiltIn(layer);
      const activation = isPlain && next instanceof ActivationLayer && isBuiltIn(next) ? next.fusedAs : null;
      let y: Tensor;
      if (activation !== null && canFuse(layer)) {
        y = layer.forwardWith(x, activation);
        i++;
      } else y = layer.forward(x);
      if (isPrivate && isPlain) markInternal(x, y, input);
      isPrivate = isPlain;
      x = y;
    }
    return x;
  }
}

declareBuiltIn(Sequential);

const activations = {
  relu: () => new ReLU(),
  tanh: () => new Tanh(),
  sigmoid: () => new Sigmoid(),
  gelu: () => new GELU(),
  silu: () => new SiLU(),
  softplus: () => new Softplus(),
  leakyRelu: () => new LeakyReLU(),
} as const;

/** Options of {@link MLP}. */
export interface MLPOptions {
  /** Features of the input, of each hidden layer, and of the output: at least two numbers. */
  readonly sizes: readonly number[];
  /** Between the linear layers, not after the last; default "relu". */
  readonly activation?: keyof typeof activations;
  /** Starting values of all layers, see {@link Linear}. */
  readonly init?: Init;
  /** Generator of the starting values; default the shared one. */
  readonly random?: Random;
  readonly dtype?: Dtype;
}

/**
 * A multilayer perceptron: linear layers with an activation between each two.
 *
 * @param options.sizes features from input to output: `[1, 64, 64, 1]` has two hidden layers
 * @param options.activation "relu" (default), "tanh", "sigmoid", "gelu", "silu", "softplus" or "leakyRelu"
 * @param options.init a name of `nn.init` or a function; default `U(−1/√fanIn, 1/√fanIn)`
 * @param options.random generator; two models from `createRandom(1)` start equal
 * @param options.dtype default "float32"
 * @example
 * const model = new nn.MLP({ sizes: [1, 64, 64, 1], activation: "tanh", init: "kaimingNormal", random: createRandom(1) });
 * nn.countParameters(model) // 4353
 */
export class MLP extends Sequential {
  constructor(options: MLPOptions) {
    checkOptions("MLP", options);
    const { sizes, activation = "relu", init, random, dtype = "float32", ...rest } = options;
    rejectUnknownOptions("MLP", rest, ["sizes", "activation", "init", "random", "dtype"]);
    if (
      !Array.isArray(sizes) ||
      sizes.length < 2 ||
      !sizes.every((size) => Number.isInteger(size) && size > 0)
    )
      throw new RangeError(
        errorText(
          "MLP",
          `sizes must be at least two whole numbers above 0, got ${showValue(sizes)}`,
          "",
          "pass for example {sizes: [1, 64, 1]}",
        ),
      );
    checkChoice("MLP", "activation", activation, Object.keys(activations) as (keyof typeof activations)[]);
    const generator = randomOption("MLP", random);
    const layers = sizes.slice(1).flatMap((size: number, i: number): Module[] => {
      const layer = new Linear(sizes[i]!, size, { init, random: generator, dtype });
      return i === sizes.length - 2 ? [layer] : [layer, activations[activation]()];
    });
    super(...layers);
  }
}
