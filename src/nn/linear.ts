import type { Activation } from "../engine/engine.js";
import { checkBoolean, checkNumber, checkOptions, rejectUnknownOptions } from "../errors.js";
import { randomOption } from "../random.js";
import { linear } from "../tensor/matmul.js";
import type { Tensor } from "../tensor/tensor.js";
import { declareBuiltIn } from "./layer.js";
import { makeWeights, type WeightOptions, weightOptionKeys } from "./layerOptions.js";
import { Module } from "./module.js";

/** Options of {@link Linear}. */
export type LinearOptions = WeightOptions;

/**
 * A linear layer: `y = x·Wᵀ + b`, every output a weighted sum of all inputs.
 *
 * Parameters: `weight [outFeatures, inFeatures]` and `bias [outFeatures]`, by default `U(−1/√inFeatures, 1/√inFeatures)` as in PyTorch.
 *
 * @param inFeatures, outFeatures sizes of the last axis before and after
 * @param options.bias whether b exists, default true
 * @param options.init starting values: a name of `nn.init` or a function; biases then start at 0
 * @param options.random generator; default the shared one
 * @param options.dtype default "float32"
 * @example
 * new nn.Linear(3, 2, { random: createRandom(1) }).forward(ones([5, 3])).shape // [5, 2]
 */
export class Linear extends Module {
  readonly weight: Tensor;
  readonly bias: Tensor | null;

  constructor(inFeatures: number, outFeatures: number, options: LinearOptions = {}) {
    super();
    checkNumber("Linear", "inFeatures", inFeatures, { integer: true, min: 1 });
    checkNumber("Linear", "outFeatures", outFeatures, { integer: true, min: 1 });
    checkOptions("Linear", options);
    const { bias = true, init, random, dtype = "float32", ...rest } = options;
    rejectUnknownOptions("Linear", rest, weightOptionKeys);
    checkBoolean("Linear", "bias", bias);
    const settings = { bias, init, random: randomOption("Linear", random), dtype };
    const made = makeWeights("Linear", [outFeatures, inFeatures], outFeatures, settings);
    this.weight = made.weight;
    this.bias = made.bias;
  }

  /** `[..., inFeatures] -> [..., outFeatures]` */
  forward(input: Tensor): Tensor {
    return linear(input, this.weight, this.bias, "none");
  }

  /** @internal */
  forwardWith(input: Tensor, activation: Activation): Tensor {
    return linear(input, this.weight, this.bias, activation);
  }

  override toString(): string {
    const [outFeatures, inFeatures] = this.weight.shape;
    return `Linear(${inFeatures}, ${outFeatures}${this.bias === null ? ", no bias" : ""})`;
  }
}

declareBuiltIn(Linear);
