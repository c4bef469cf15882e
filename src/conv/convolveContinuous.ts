import { checkNumber, checkOptions, errorText, rejectUnknownOptions, showValue } from "../errors.js";

/** Settings of `convolveContinuous`. */
export interface ConvolveContinuousOptions {
  /** The interval outside which the kernel is zero, `[from, to]`. */
  readonly support: readonly [number, number];
  /** Number of strips the interval is cut into; default 1000. */
  readonly steps?: number;
}

/**
 * Convolution of two functions of a real variable, by quadrature:
 *
 * `[kernel ∗ signal](x) = ∫ kernel(z) · signal(x − z) dz`
 *
 * The integral over the kernel's support is the midpoint sum `Σ kernel(zᵢ) · signal(x − zᵢ) · h` with
 * `zᵢ = from + (i + ½)·h`, `h = (to − from) / steps`. Written like this, the discrete convolution is the same sum with
 * `h = 1`. The error is of order `h²` for smooth functions and of order `h` where one of them jumps inside the support;
 * midpoints never touch the ends, so a box kernel may jump there.
 *
 * @param signal a function of x
 * @param kernel a function of z
 * @param x where to evaluate: a number or a list
 * @param options.support `[from, to]`, finite
 * @param options.steps default 1000
 * @returns a number for a number, a list for a list
 * @throws {RangeError} when the support is not a finite interval or `steps` not a positive whole number
 * @example
 * conv.convolveContinuous((x) => x * x, () => 1, 3, { support: [0, 1] }).toFixed(4) // "6.3333"
 */
export function convolveContinuous(
  signal: (x: number) => number,
  kernel: (z: number) => number,
  x: number,
  options: ConvolveContinuousOptions,
): number;
export function convolveContinuous(
  signal: (x: number) => number,
  kernel: (z: number) => number,
  x: readonly number[],
  options: ConvolveContinuousOptions,
): number[];
export function convolveContinuous(
  signal: (x: number) => number,
  kernel: (z: number) => number,
  x: number | readonly number[],
  options: ConvolveContinuousOptions,
): number | number[] {
  const where = "convolveContinuous";
  if (typeof signal !== "function" || typeof kernel !== "function")
    throw new TypeError(
      errorText(
        where,
        `signal and kernel must be functions, got ${showValue(signal)} and ${showValue(kernel)}`,
        "",
        "conv.convolve takes lists of numbers",
      ),
    );
  checkOptions(where, options);
  const { support, steps = 1000, ...rest } = options;
  rejectUnknownOptions(where, rest, ["support", "steps"]);
  checkNumber(where, "steps", steps, { integer: true, min: 1 });
  const [from, to] = support ?? [];
  if (!Number.isFinite(from) || !Number.isFinite(to) || !((from as number) < (to as number)))
    throw new RangeError(
      errorText(
        where,
        `support must be a finite interval [from, to], got ${showValue(support)}`,
        "",
        "cut an infinite kernel where it no longer matters, as [-5, 5]",
      ),
    );
  const width = (to! - from!) / steps;
  const weights = Array.from({ length: steps }, (_, i) => kernel(from! + (i + 0.5) * width) * width);
  const at = (point: number): number => {
    let sum = 0;
    for (let i = 0; i < steps; i++) sum += weights[i]! * signal(point - (from! + (i + 0.5) * width));
    return sum;
  };
  return typeof x === "number" ? at(x) : x.map(at);
}
