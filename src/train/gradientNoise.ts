import { DataLoader } from "../data/dataLoader.js";
import type { Samples } from "../data/dataset.js";
import { checkNumber, checkOptions, rejectUnknownOptions } from "../errors.js";
import type { Module } from "../nn/module.js";
import { createRandom, type Random } from "../random.js";
import type { Loss } from "./evaluate.js";
import { checkObjective, meanGradient } from "./meanGradient.js";

/** Options of {@link gradientNoise}. */
export interface GradientNoiseOptions {
  readonly data: Samples;
  /** Mean loss of a batch. */
  readonly loss: Loss;
  /** Samples in a mini-batch, B. */
  readonly batchSize: number;
  /** How many mini-batches are drawn; default 100. */
  readonly rounds?: number;
  /** Generator of the batches; default one of seed 0, so that batch sizes can be compared. */
  readonly random?: Random;
}

/** How far mini-batch gradients are from the full gradient G. */
export interface GradientNoise {
  readonly batchSize: number;
  /** ‖G‖. */
  readonly gradientNorm: number;
  /** Mean of ‖g_B − G‖²: the variance of the mini-batch gradient, summed over parameters. */
  readonly variance: number;
  /** Mean of cos(g_B, G): 1 when every batch points the same way. */
  readonly cosine: number;
  /** ‖mean of the g_B − G‖, which goes to 0 with the rounds: the estimate is unbiased. */
  readonly bias: number;
  /**
   * tr Σ / ‖G‖², Σ the covariance of single-sample gradients: the batch size at which noise and signal are equal. Larger batches gain
   * little; smaller ones cost little (McCandlish et al.'s simple noise scale).
   */
  readonly noiseScale: number;
}

/**
 * Measures the noise of mini-batch gradients at the present weights. Nothing is trained; gradients the parameters hold are cleared.
 *
 * Batches are drawn without replacement from n samples, as an epoch does, so `variance = tr Σ / B · (n − B) / (n − 1)`: it falls like 1/B and
 * is 0 for the full batch.
 *
 * @throws {RangeError} when batchSize is not from 1 to n
 * @see McCandlish et al. 2018, arXiv:1812.06162
 * @example
 * const { x, y } = data.datasets.sineRegression({ random: createRandom(1) });
 * const model = new nn.MLP({ sizes: [1, 8, 1], activation: "tanh", random: createRandom(2) });
 * const noise = train.gradientNoise(model, { data: { x, y }, loss: nn.mseLoss, batchSize: x.shape[0], rounds: 1 });
 * noise.variance < 1e-10 // true
 */
export function gradientNoise(model: Module, options: GradientNoiseOptions): GradientNoise {
  const where = "gradientNoise";
  checkOptions(where, options);
  const { data, loss, batchSize, rounds = 100, random = createRandom(0), ...rest } = options;
  rejectUnknownOptions(where, rest, ["data", "loss", "batchSize", "rounds", "random"]);
  const n = checkObjective(where, model, { data, loss });
  checkNumber(where, "batchSize", batchSize, { integer: true, min: 1, max: n });
  checkNumber(where, "rounds", rounds, { integer: true, min: 1 });
  const full = meanGradient(model, { data, loss });
  const gradientNorm = Math.sqrt(dot(full, full));
  const loader = new DataLoader(data, { batchSize, shuffle: true, dropLast: true, random });
  const mean = new Float64Array(full.length);
  let variance = 0;
  let cosine = 0;
  let round = 0;
  while (round < rounds)
    for (const batch of loader) {
      const gradient = meanGradient(model, { data: batch, loss });
      cosine += dot(gradient, full) / (Math.sqrt(dot(gradient, gradient)) * gradientNorm) / rounds;
      for (let i = 0; i < full.length; i++) {
        variance += (gradient[i]! - full[i]!) ** 2 / rounds;
        mean[i] = mean[i]! + (gradient[i]! - full[i]!) / rounds;
      }
      if (++round === rounds) break;
    }
  const trace = batchSize === n ? Number.NaN : (variance * batchSize * (n - 1)) / (n - batchSize);
  const noiseScale = trace / gradientNorm ** 2;
  return { batchSize, gradientNorm, variance, cosine, bias: Math.sqrt(dot(mean, mean)), noiseScale };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
