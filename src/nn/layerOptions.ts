// Options that layers with weights share: how the numbers start, and of which kind they are.
import type { Dtype } from "../engine/engine.js";
import { checkChoice, errorText, showValue } from "../errors.js";
import type { Random } from "../random.js";
import { uniform, zeros } from "../tensor/create.js";
import type { Tensor } from "../tensor/tensor.js";
import { fans, kaimingNormal, kaimingUniform, orthogonal, xavierNormal, xavierUniform } from "./init.js";

const named = { xavierUniform, xavierNormal, kaimingUniform, kaimingNormal, orthogonal } as const;

/**
 * Starting values of a layer: the name of a function in `nn.init`, used with its defaults, or a function that overwrites the
 * weight. Biases then start at 0. Without `init` weight and bias are `U(−1/√fanIn, 1/√fanIn)`, as in PyTorch.
 */
export type Init = keyof typeof named | ((weight: Tensor, random: Random) => void);

/** Options of layers with weights. */
export interface WeightOptions {
  /** Whether a bias is added; default true. */
  readonly bias?: boolean;
  /** Starting values; default `U(−1/√fanIn, 1/√fanIn)` for weight and bias. */
  readonly init?: Init;
  /** Generator of the starting values; default the shared one. */
  readonly random?: Random;
  readonly dtype?: Dtype;
}

export const weightOptionKeys: readonly string[] = ["bias", "init", "random", "dtype"];

/** Weight and bias with their starting values. @param fanIn numbers that flow into one output; default from the shape */
export function makeWeights(
  where: string,
  shape: readonly number[],
  outputs: number,
  options: { bias: boolean; init: Init | undefined; random: Random; dtype: Dtype },
  fanIn: number = fans(where, shape).fanIn,
): { weight: Tensor; bias: Tensor | null } {
  const { bias, init, random, dtype } = options;
  const settings = { dtype, requiresGrad: true } as const;
  if (init === undefined) {
    const bound = 1 / Math.sqrt(fanIn);
    const range = { ...settings, low: -bound, high: bound, random };
    const weight = uniform(shape, range);
    return { weight, bias: bias ? uniform([outputs], range) : null };
  }
  const weight = zeros(shape, settings);
  if (typeof init === "function") init(weight, random);
  else if (typeof init === "string") named[checkChoice(where, "init", init, initNames)](weight, { random });
  else throw new TypeError(errorText(where, `init must be a name or a function, got ${showValue(init)}`));
  return { weight, bias: bias ? zeros([outputs], settings) : null };
}

const initNames = Object.keys(named) as (keyof typeof named)[];
