import { checkNumber, checkOptions, errorText, rejectUnknownOptions, showValue } from "../errors.js";
import type { Tensor } from "../tensor/tensor.js";
import { type GradcheckReport, gradcheck } from "./gradcheck.js";
import { isNotFilledIn } from "./notFilledIn.js";
import { type Coordinate, coordinates, withNumbers } from "./point.js";
import { thrown } from "./reference.js";
import { relativeError } from "./relativeError.js";
import { CheckReport } from "./report.js";
import { checkName } from "./subject.js";
import { countText, pairText, valueText } from "./values.js";

/** A function, the gradient that is claimed for it, and where to compare the two. */
export interface GradientCase<T> {
  /** The function: one number for a point. */
  readonly value: (point: T) => number;
  /** The gradient that is checked: a number for every number of the point, in the same structure. */
  readonly gradient: (point: T) => unknown;
  /** The point: a number, (nested) arrays, Tensors, or an object of these such as `{ x, w }`. Not changed. */
  readonly at: T;
}

/** Settings of a gradient check. */
export interface GradientOptions {
  /** Largest allowed relative error; default 1e-6. */
  readonly rtol?: number;
}

/** Step sizes, relative to the coordinate; the best of them counts: a large one is inexact, a small one is noisy. */
const STEPS = [1e-4, 1e-5, 1e-6, 1e-7];

/** What was found at one coordinate. */
interface Found {
  readonly place: string;
  readonly claimed: number;
  readonly numeric: number;
  readonly error: number;
  readonly kink: boolean;
}

/**
 * Compares a gradient with central differences, `(f(x + h) − f(x − h)) / 2h`, number by number.
 *
 * The error of each number is `|a − b| / max(1e-8, |a| + |b|)`, the smallest over steps of 1e-4 to 1e-7; what lies below
 * the rounding of the difference quotient counts as equal. Where the slopes on the two sides differ (a kink, as in a
 * maximum), any value between them is accepted and the kink is counted in the report. Use float64: in float32 the
 * quotient has no digits left.
 *
 * @param name what is checked
 * @param point.value the function, `point.gradient` its claimed gradient, `point.at` where to compare
 * @param options.rtol default 1e-6
 *
 * The other form, `check.gradient(name, fn, [x, w])`, checks what `backward()` computes for a function of float64 Tensors,
 * as {@link gradcheck} does.
 *
 * @throws {NotFilledIn} when the answer is a blank
 * @example
 * check.gradient("x³", { value: (x) => x ** 3, gradient: (x) => 3 * x ** 2, at: 2 }).passed // true
 * check.gradient("x³", { value: (x) => x ** 3, gradient: (x) => 2 * x ** 2, at: 2 }).worst.expected // 12
 */
export function gradient<T>(name: string, point: GradientCase<T>, options?: GradientOptions): CheckReport;
export function gradient(
  name: string,
  fn: (...inputs: Tensor[]) => Tensor,
  inputs: readonly Tensor[],
): CheckReport;
export function gradient<T>(
  name: string,
  point: GradientCase<T> | ((...inputs: Tensor[]) => Tensor),
  options: GradientOptions | readonly Tensor[] = {},
): CheckReport {
  const where = "check.gradient";
  checkName(where, name);
  if (typeof point === "function") return ofTensors(name, point, options as readonly Tensor[]);
  return ofCase(where, name, point, options as GradientOptions);
}

/** The gradient that backward() computes, against differences. */
function ofTensors(
  name: string,
  fn: (...inputs: Tensor[]) => Tensor,
  inputs: readonly Tensor[],
): CheckReport {
  let report: GradcheckReport;
  try {
    report = gradcheck(fn, inputs);
  } catch (error) {
    if (isNotFilledIn(error)) throw error;
    return thrown(name, error);
  }
  const { ok, worst, count, maxRelError } = report;
  const detail = `${countText(count, "number")}, largest relative error ${maxRelError.toExponential(1)}`;
  if (ok || worst === null) return new CheckReport({ kind: "gradient", name, passed: true, detail });
  const [expected, got] = pairText(worst.numeric, worst.analytic);
  const place = `input ${worst.input}, ${worst.index.map((i) => `[${i}]`).join("") || "its number"}`;
  return new CheckReport({
    kind: "gradient",
    name,
    passed: false,
    message: `the slope at ${place} is ${expected}, backward() gives ${got}`,
    expected,
    got,
    worst: { place, expected, got, error: worst.absError },
    detail,
    outputs: [worst.analytic],
  });
}

function ofCase<T>(
  where: string,
  name: string,
  point: GradientCase<T>,
  options: GradientOptions,
): CheckReport {
  checkOptions(where, point);
  checkOptions(where, options);
  const { value, gradient: claim, at, ...rest } = point;
  rejectUnknownOptions(where, rest, ["value", "gradient", "at"]);
  const { rtol = 1e-6, ...others } = options;
  rejectUnknownOptions(where, others, ["rtol"]);
  checkNumber(where, "rtol", rtol, { above: 0 });
  if (typeof value !== "function" || typeof claim !== "function")
    throw new TypeError(
      errorText(
        where,
        `value and gradient must be functions, got ${showValue(value)} and ${showValue(claim)}`,
      ),
    );
  const start = coordinates(at);
  let claimed: Coordinate[];
  let result: unknown;
  const f = (numbers: readonly number[]): number => value(withNumbers(at, numbers));
  try {
    result = claim(
      withNumbers(
        at,
        start.map((coordinate) => coordinate.at),
      ),
    );
    claimed = coordinates(result);
  } catch (error) {
    if (isNotFilledIn(error)) throw error;
    return thrown(name, error);
  }
  const places = (list: readonly Coordinate[]): string => list.map((coordinate) => coordinate.place).join();
  if (places(claimed) !== places(start))
    return new CheckReport({
      kind: "gradient",
      name,
      passed: false,
      message: `the gradient must have one number for each of the ${countText(start.length, "number")} of the point, got ${countText(claimed.length, "number")} in ${valueText(result)}`,
      expected: `like ${valueText(at)}`,
      got: valueText(result),
      outputs: [result],
    });
  const found = start.map((coordinate, i) => compareAt(f, start, i, claimed[i]!.at, coordinate.place));
  return summary(name, found, rtol, result);
}

/** Central differences at coordinate i with every step; keeps the one nearest to the claim. */
function compareAt(
  f: (numbers: readonly number[]) => number,
  start: readonly Coordinate[],
  i: number,
  claimed: number,
  place: string,
): Found {
  const numbers = start.map((coordinate) => coordinate.at);
  const center = f(numbers);
  const x = numbers[i]!;
  let best: Found = { place, claimed, numeric: Number.NaN, error: Number.POSITIVE_INFINITY, kink: false };
  for (const step of STEPS) {
    const h = step * Math.max(1, Math.abs(x));
    numbers[i] = x + h;
    const right = f(numbers);
    numbers[i] = x - h;
    const left = f(numbers);
    const numeric = (right - left) / (2 * h);
    // Rounding of f makes the quotient uncertain by about 2⁻⁵²·|f| / h.
    const noise = (4 * 2 ** -52 * Math.max(Math.abs(right), Math.abs(left))) / h;
    const rightSlope = (right - center) / h;
    const leftSlope = (center - left) / h;
    // At a smooth point the two slopes differ by about h·f″; a gap that stays as h shrinks to 1e-7 is a kink.
    const gap = Math.abs(rightSlope - leftSlope);
    const kink = step === 1e-7 && gap > 1e-3 * (1 + Math.abs(numeric)) + 10 * noise;
    const between =
      kink &&
      Math.min(rightSlope, leftSlope) - noise <= claimed &&
      claimed <= Math.max(rightSlope, leftSlope) + noise;
    const distance = Math.abs(claimed - numeric);
    const error = between || (step >= 1e-5 && distance <= noise) ? 0 : relativeError(claimed, numeric);
    if (error < best.error || Number.isNaN(best.numeric))
      best = { place, claimed, numeric, error, kink: kink || best.kink };
    else if (kink) best = { ...best, kink };
  }
  return best;
}

function summary(name: string, found: readonly Found[], rtol: number, result: unknown): CheckReport {
  // `!(error <= rtol)`, so that NaN is wrong
  const wrong = found.filter((one) => !(one.error <= rtol));
  const kinks = found.filter((one) => one.kink).length;
  const worst = wrong.reduce<Found | null>((a, b) => (a === null || !(a.error >= b.error) ? b : a), null);
  const largest = found.reduce((most, one) => Math.max(most, one.error), 0);
  const kinkText = kinks === 0 ? "" : `, ${kinks} of them at a kink`;
  if (worst === null)
    return new CheckReport({
      kind: "gradient",
      name,
      passed: true,
      detail: `${countText(found.length, "number")}${kinkText}, ${largest === 0 ? "equal up to rounding" : `largest relative error ${largest.toExponential(1)}`}`,
      outputs: [result],
    });
  const [expected, got] = pairText(worst.numeric, worst.claimed);
  const where = worst.place === "" ? "" : ` at ${worst.place}`;
  return new CheckReport({
    kind: "gradient",
    name,
    passed: false,
    message: `the slope${where} is ${expected}, your gradient says ${got} (${wrong.length} of ${found.length} numbers are wrong)`,
    expected: valueText(found.map((one) => one.numeric)),
    got: valueText(found.map((one) => one.claimed)),
    worst: { place: worst.place, expected, got, error: Math.abs(worst.numeric - worst.claimed) },
    detail: kinkText,
    outputs: [result],
  });
}
