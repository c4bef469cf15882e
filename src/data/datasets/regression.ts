import type { Dtype } from "../../engine/engine.js";
import {
  checkChoice,
  checkNumber,
  checkOptions,
  errorText,
  rejectUnknownOptions,
  showValue,
} from "../../errors.js";
import { type Random, randomOption } from "../../random.js";
import { tensor } from "../../tensor/create.js";
import type { Samples } from "../dataset.js";

/** Noisy samples of a known curve. */
export interface RegressionSamples extends Samples {
  /** The curve without noise: what a perfect model would predict. */
  truth(x: number): number;
  /** σ of the noise; σ² is the smallest mean squared error any model can reach on new samples. */
  readonly noise: number;
  /** Smallest and largest possible x. */
  readonly range: readonly [number, number];
}

/** Options of every noisy curve. */
export interface CurveOptions {
  /** Number of samples. */
  readonly n?: number;
  /** σ of the normal noise added to y. */
  readonly noise?: number;
  /** x is uniform between these two. */
  readonly range?: readonly [number, number];
  /** "random": x drawn from the range; "grid": equally spaced, both ends included. Default "random". */
  readonly design?: "random" | "grid";
  /** Generator of x and the noise; default the shared one. */
  readonly random?: Random;
  readonly dtype?: Dtype;
}

const curveKeys = ["n", "noise", "range", "design", "random", "dtype"];

interface CurveDefaults {
  readonly n: number;
  readonly noise: number;
  readonly range: readonly [number, number];
}

/** Draws x, then y = truth(x) + noise, sample by sample: the first samples do not depend on n. */
function sampleCurve(
  where: string,
  truth: (x: number) => number,
  options: CurveOptions,
  defaults: CurveDefaults,
): RegressionSamples {
  const { n = defaults.n, noise = defaults.noise, range = defaults.range, ...others } = options;
  const { design = "random", random, dtype = "float32", ...rest } = others;
  rejectUnknownOptions(where, rest, curveKeys);
  checkNumber(where, "n", n, { integer: true, min: 1 });
  checkNumber(where, "noise", noise, { min: 0 });
  checkChoice(where, "design", design, ["random", "grid"]);
  if (!Array.isArray(range) || range.length !== 2 || !range.every(Number.isFinite) || range[0] > range[1])
    throw new RangeError(
      errorText(where, `range must be [low, high] with low <= high, got ${showValue(range)}`),
    );
  const generator = randomOption(where, random);
  const [low, high] = range;
  const x = new Float64Array(n);
  const y = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    x[i] = design === "grid" ? low + ((high - low) * i) / Math.max(n - 1, 1) : generator.uniform(low, high);
    y[i] = truth(x[i]!) + (noise === 0 ? 0 : generator.normal(0, noise));
  }
  const shape = [n, 1];
  return { x: tensor(x, { shape, dtype }), y: tensor(y, { shape, dtype }), truth, noise, range: [low, high] };
}

/** Options of {@link wigglyRegression}. */
export interface WigglyRegressionOptions extends CurveOptions {
  /** s, standard deviation of the bell around the wiggle; default 1. */
  readonly width?: number;
  /** ω, radians of the wiggle per unit of x; default 6. */
  readonly frequency?: number;
}

/**
 * A wiggle that is large in the middle and dies out at the sides: easy at the sides, hard in the middle.
 *
 * `y = exp(−x² / (2s²)) · cos(ωx) + σ·N(0, 1)`, x uniform in the range
 *
 * @param options.n samples, default 2000
 * @param options.noise σ, default 0.05
 * @param options.width s, default 1
 * @param options.frequency ω in radians, default 6
 * @param options.range default [-3, 3]
 * @param options.design "random" or "grid", default "random"
 * @param options.random generator; default the shared one
 * @returns x and y of shape `[n, 1]`, the noiseless curve `truth`, `noise` and `range`
 * @example
 * const wiggle = data.datasets.wigglyRegression({ n: 4, random: createRandom(1) });
 * wiggle.x.shape // [4, 1]
 * wiggle.truth(0) // 1
 */
export function wigglyRegression(options: WigglyRegressionOptions = {}): RegressionSamples {
  const where = "wigglyRegression";
  checkOptions(where, options);
  const { width = 1, frequency = 6, ...rest } = options;
  checkNumber(where, "width", width, { above: 0 });
  checkNumber(where, "frequency", frequency);
  const truth = (x: number): number => Math.exp((-x * x) / (2 * width * width)) * Math.cos(frequency * x);
  return sampleCurve(where, truth, rest, { n: 2000, noise: 0.05, range: [-3, 3] });
}

/** Options of {@link sineRegression}. */
export interface SineRegressionOptions extends CurveOptions {
  /** Full waves per unit of x; default 1. */
  readonly frequency?: number;
}

/**
 * Few noisy samples of a sine: the usual stage for over- and underfitting.
 *
 * `y = sin(2π·frequency·x) + σ·N(0, 1)`
 *
 * @param options.n samples, default 20
 * @param options.noise σ, default 0.3
 * @param options.frequency waves per unit of x, default 1
 * @param options.range default [0, 1]
 * @param options.design "random" or "grid", default "random"
 * @returns x and y of shape `[n, 1]`, `truth`, `noise` and `range`
 * @see Bishop 2006, Pattern Recognition and Machine Learning, section 1.1
 * @example
 * data.datasets.sineRegression({ n: 5, noise: 0, design: "grid" }).y.shape // [5, 1]
 */
export function sineRegression(options: SineRegressionOptions = {}): RegressionSamples {
  const where = "sineRegression";
  checkOptions(where, options);
  const { frequency = 1, ...rest } = options;
  checkNumber(where, "frequency", frequency);
  const truth = (x: number): number => Math.sin(2 * Math.PI * frequency * x);
  return sampleCurve(where, truth, rest, { n: 20, noise: 0.3, range: [0, 1] });
}

/** Options of {@link polynomial}. */
export interface PolynomialOptions extends CurveOptions {
  /** c₀, c₁, …: y = Σ cₖxᵏ; default [0, -1, 0, 1], that is x³ − x. */
  readonly coefficients?: readonly number[];
}

/**
 * Noisy samples of a polynomial.
 *
 * `y = Σₖ cₖ·xᵏ + σ·N(0, 1)`
 *
 * @param options.coefficients c₀, c₁, …; default [0, -1, 0, 1]
 * @param options.n samples, default 100
 * @param options.noise σ, default 0.1
 * @param options.range default [-1.5, 1.5]
 * @param options.design "random" or "grid", default "random"
 * @returns x and y of shape `[n, 1]`, `truth`, `noise` and `range`
 * @example
 * data.datasets.polynomial({ coefficients: [1, 2, 3] }).truth(2) // 17
 */
export function polynomial(options: PolynomialOptions = {}): RegressionSamples {
  const where = "polynomial";
  checkOptions(where, options);
  const { coefficients = [0, -1, 0, 1], ...rest } = options;
  if (!Array.isArray(coefficients) || coefficients.length === 0 || !coefficients.every(Number.isFinite))
    throw new RangeError(
      errorText(where, `coefficients must be a list of finite numbers, got ${showValue(coefficients)}`),
    );
  // Horner's scheme: c0 + x(c1 + x(c2 + ...))
  const truth = (x: number): number => coefficients.reduceRight((sum, c) => sum * x + c, 0);
  return sampleCurve(where, truth, rest, { n: 100, noise: 0.1, range: [-1.5, 1.5] });
}
