import { checkNumber, checkOptions, errorText, rejectUnknownOptions, showValue } from "../errors.js";
import { type Random, randomOption } from "../random.js";
import { Tensor } from "../tensor/tensor.js";
import { imagesLike } from "./images.js";

export interface NoiseOptions {
  /** Standard deviation; default 0.1. */
  readonly std?: number;
  readonly random?: Random;
}

/**
 * Adds independent normal noise to every number of x. On inputs of a smooth model it acts like a penalty on the slope.
 *
 * @param x any shape
 * @param options.std default 0.1, in units of x
 * @param options.random default the shared generator
 * @throws {RangeError} when std is negative
 * @see Bishop 1995, "Training with noise is equivalent to Tikhonov regularization", Neural Computation 7
 * @example
 * regularization.gaussianNoise(tensor([1, 2]), { std: 0 }).toArray() // [1, 2]
 */
export function gaussianNoise(x: Tensor, options: NoiseOptions = {}): Tensor {
  checkOptions("gaussianNoise", options);
  const { std = 0.1, random, ...rest } = options;
  rejectUnknownOptions("gaussianNoise", rest, ["std", "random"]);
  if (!(x instanceof Tensor))
    throw new TypeError(errorText("gaussianNoise", `x must be a tensor, got ${showValue(x)}`));
  checkNumber("gaussianNoise", "std", std, { min: 0 });
  const generator = randomOption("gaussianNoise", random);
  return imagesLike(
    x,
    x.data.map((value) => (std === 0 ? value : value + generator.normal(0, std))),
  );
}

/** What has trainable weights. */
export interface HasParameters {
  parameters(): Tensor[];
}

/**
 * Noise on the weights: perturbs a model for one forward and backward pass, then puts the clean weights back, so that the
 * gradient is that of the noisy model and the update is applied to the clean one.
 *
 * @param model whose parameters are perturbed
 * @param options.std standard deviation of the noise; default 0.1
 * @param options.random default the shared generator
 * @throws {TypeError} when the model has no parameters, {RangeError} when std is negative
 * @see Graves 2011, "Practical variational inference for neural networks", NeurIPS
 * @example
 * const layer = new nn.Linear(2, 1, { random: createRandom(1) });
 * const before = layer.weight.toArray();
 * const noise = new regularization.WeightNoise(layer, { std: 0.5, random: createRandom(2) });
 * noise.during(() => layer.weight.equal(tensor(before)).toArray().flat().includes(1)) // false
 * layer.weight.allClose(tensor(before), { rtol: 0, atol: 0 }) // true
 */
export class WeightNoise {
  readonly std: number;
  private readonly parameters: readonly Tensor[];
  private readonly random: Random;
  private clean: (Float32Array | Float64Array)[] | null = null;

  constructor(model: HasParameters, options: NoiseOptions = {}) {
    checkOptions("WeightNoise", options);
    const { std = 0.1, random, ...rest } = options;
    rejectUnknownOptions("WeightNoise", rest, ["std", "random"]);
    this.std = checkNumber("WeightNoise", "std", std, { min: 0 });
    this.random = randomOption("WeightNoise", random);
    this.parameters = typeof model?.parameters === "function" ? model.parameters() : [];
    if (this.parameters.length === 0)
      throw new TypeError(errorText("WeightNoise", `model must have parameters, got ${showValue(model)}`));
  }

  /** Adds noise to every weight. @throws {Error} when it is on already */
  perturb(): void {
    if (this.clean !== null)
      throw new Error(
        errorText("WeightNoise.perturb", "the weights are perturbed already", "", "call restore() first"),
      );
    this.clean = this.parameters.map((parameter) => parameter.data.slice());
    for (const parameter of this.parameters) {
      const values = parameter.data;
      for (let i = 0; i < values.length; i++) values[i]! += this.random.normal(0, this.std);
    }
  }

  /** Puts the clean weights back, exactly. Does nothing when they are clean. */
  restore(): void {
    this.clean?.forEach((values, i) => {
      this.parameters[i]!.data.set(values);
    });
    this.clean = null;
  }

  /** Runs a function with noisy weights and restores them, also when it throws. */
  during<T>(run: () => T): T {
    this.perturb();
    try {
      return run();
    } finally {
      this.restore();
    }
  }
}
