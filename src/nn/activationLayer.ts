import type { Activation } from "../engine/engine.js";
import { checkNumber, checkOptions, rejectUnknownOptions } from "../errors.js";
import { gelu, leakyRelu, relu, sigmoid, silu, softplus, tanh } from "../tensor/activation.js";
import type { Tensor } from "../tensor/tensor.js";
import { declareBuiltIn } from "./layer.js";
import { Module } from "./module.js";

/** An activation as a layer. */
export abstract class ActivationLayer extends Module {
  /** The name under which a layer before it can apply it in the same operation; null when none can. */
  readonly fusedAs: Activation | null = null;
}

/** `max(x, 0)` as a layer; see {@link relu}. */
export class ReLU extends ActivationLayer {
  override readonly fusedAs: Activation = "relu";
  forward(input: Tensor): Tensor {
    return relu(input);
  }
}

/** The hyperbolic tangent as a layer. */
export class Tanh extends ActivationLayer {
  override readonly fusedAs: Activation = "tanh";
  forward(input: Tensor): Tensor {
    return tanh(input);
  }
}

/** `1 / (1 + e⁻ˣ)` as a layer. */
export class Sigmoid extends ActivationLayer {
  override readonly fusedAs: Activation = "sigmoid";
  forward(input: Tensor): Tensor {
    return sigmoid(input);
  }
}

/** `x·Φ(x)` with the exact normal distribution Φ, as a layer. */
export class GELU extends ActivationLayer {
  forward(input: Tensor): Tensor {
    return gelu(input);
  }
}

/** `x / (1 + e⁻ˣ)` as a layer. */
export class SiLU extends ActivationLayer {
  forward(input: Tensor): Tensor {
    return silu(input);
  }
}

/** `log(1 + eˣ)` as a layer. */
export class Softplus extends ActivationLayer {
  forward(input: Tensor): Tensor {
    return softplus(input);
  }
}

/**
 * `x` for positive x, `negativeSlope · x` otherwise, as a layer.
 *
 * @param options.negativeSlope default 0.01
 */
export class LeakyReLU extends ActivationLayer {
  readonly negativeSlope: number;

  constructor(options: { readonly negativeSlope?: number } = {}) {
    super();
    checkOptions("LeakyReLU", options);
    const { negativeSlope = 0.01, ...rest } = options;
    rejectUnknownOptions("LeakyReLU", rest, ["negativeSlope"]);
    this.negativeSlope = checkNumber("LeakyReLU", "negativeSlope", negativeSlope);
  }

  forward(input: Tensor): Tensor {
    return leakyRelu(input, { negativeSlope: this.negativeSlope });
  }

  override toString(): string {
    return `LeakyReLU(negativeSlope ${this.negativeSlope})`;
  }
}

declareBuiltIn(ReLU, Tanh, Sigmoid, GELU, SiLU, Softplus, LeakyReLU);
