import type { Dtype } from "../../engine/engine.js";
import { checkNumber, checkOptions, errorText, rejectUnknownOptions, showValue } from "../../errors.js";
import { type Random, randomOption } from "../../random.js";
import { tensor } from "../../tensor/create.js";
import type { Samples } from "../dataset.js";

/** Options of {@link randomWalk}. */
export interface RandomWalkOptions {
  /** Length of the series; default 500. */
  readonly n?: number;
  /** σ of one step; default 1. */
  readonly step?: number;
  /** Mean of one step; default 0. */
  readonly drift?: number;
  /** Generator; default the shared one. */
  readonly random?: Random;
  readonly dtype?: Dtype;
}

const timeAndValue = (values: Float64Array, dtype: Dtype): Samples => ({
  x: tensor(
    Float64Array.from(values, (_, t) => t),
    { shape: [values.length, 1], dtype },
  ),
  y: tensor(values, { shape: [values.length, 1], dtype }),
});

/**
 * A random walk: its past says nothing about its next step, yet neighbors in time are alike. Shuffled cross-validation is
 * fooled by it.
 *
 * `y₀ = 0, yₜ = yₜ₋₁ + drift + step·N(0, 1)`
 *
 * @param options.n length, default 500
 * @param options.step σ of a step, default 1
 * @param options.drift mean of a step, default 0
 * @returns x `[n, 1]` with the times 0 … n − 1, y `[n, 1]`
 * @example
 * data.datasets.randomWalk({ n: 3, step: 0, drift: 2 }).y.toArray() // [[0], [2], [4]]
 */
export function randomWalk(options: RandomWalkOptions = {}): Samples {
  checkOptions("randomWalk", options);
  const { n = 500, step = 1, drift = 0, random, dtype = "float32", ...rest } = options;
  rejectUnknownOptions("randomWalk", rest, ["n", "step", "drift", "random", "dtype"]);
  checkNumber("randomWalk", "n", n, { integer: true, min: 1 });
  checkNumber("randomWalk", "step", step, { min: 0 });
  checkNumber("randomWalk", "drift", drift);
  const generator = randomOption("randomWalk", random);
  const values = new Float64Array(n);
  for (let t = 1; t < n; t++) values[t] = values[t - 1]! + drift + step * generator.normal();
  return timeAndValue(values, dtype);
}

/** Options of {@link autoregressive}. */
export interface AutoregressiveOptions {
  /** Length of the series; default 500. */
  readonly n?: number;
  /** φ₁, φ₂, …: weight of the last value, the one before, …; default [0.9]. */
  readonly coefficients?: readonly number[];
  /** σ of the noise in each step; default 1. */
  readonly noise?: number;
  /** Steps that are computed and thrown away, so that the start at 0 is forgotten; default 100. */
  readonly warmup?: number;
  /** Generator; default the shared one. */
  readonly random?: Random;
  readonly dtype?: Dtype;
}

/**
 * An autoregressive series: each value is a weighted sum of the last ones plus noise.
 *
 * `yₜ = φ₁yₜ₋₁ + φ₂yₜ₋₂ + … + noise·N(0, 1)`
 *
 * @param options.n length, default 500
 * @param options.coefficients φ₁, φ₂, …; default [0.9]
 * @param options.noise σ, default 1
 * @param options.warmup steps before the first value that is returned, default 100
 * @returns x `[n, 1]` with the times 0 … n − 1, y `[n, 1]`
 * @throws {RangeError} when the series grows without limit under these coefficients
 * @example
 * data.datasets.autoregressive({ n: 3, noise: 0 }).y.toArray() // [[0], [0], [0]]
 */
export function autoregressive(options: AutoregressiveOptions = {}): Samples {
  const where = "autoregressive";
  checkOptions(where, options);
  const { n = 500, coefficients = [0.9], noise = 1, warmup = 100, ...others } = options;
  const { random, dtype = "float32", ...rest } = others;
  rejectUnknownOptions(where, rest, ["n", "coefficients", "noise", "warmup", "random", "dtype"]);
  checkNumber(where, "n", n, { integer: true, min: 1 });
  checkNumber(where, "noise", noise, { min: 0 });
  checkNumber(where, "warmup", warmup, { integer: true, min: 0 });
  if (!Array.isArray(coefficients) || !coefficients.every(Number.isFinite))
    throw new RangeError(
      errorText(where, `coefficients must be a list of finite numbers, got ${showValue(coefficients)}`),
    );
  const generator = randomOption(where, random);
  const values = new Float64Array(warmup + n);
  for (let t = 0; t < values.length; t++) {
    let value = noise * generator.normal();
    for (const [lag, phi] of coefficients.entries()) value += phi * (values[t - 1 - lag] ?? 0);
    values[t] = value;
    if (!(Math.abs(value) < 1e100))
      throw new RangeError(
        errorText(
          where,
          `coefficients must give a series that stays finite, got ${showValue(coefficients)} (${value} at step ${t})`,
        ),
      );
  }
  return timeAndValue(values.slice(warmup), dtype);
}
