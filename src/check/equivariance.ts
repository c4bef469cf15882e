import { checkOptions, errorText, rejectUnknownOptions, showValue } from "../errors.js";
import { compareValues } from "./compare.js";
import { isNotFilledIn } from "./notFilledIn.js";
import { thrown } from "./reference.js";
import { CheckReport } from "./report.js";
import { checkName } from "./subject.js";
import { valueText } from "./values.js";

/** How far to shift, and which outputs to compare. */
export interface EquivarianceOptions {
  /** Elements to shift to the right, zeros come in from the left; default 1. */
  readonly shift?: number;
  /** Outputs that are left out on each side; default 0: then the borders must agree too. */
  readonly border?: number;
}

/**
 * Checks translation equivariance in one dimension: `f(shift x) = shift f(x)`, shifting what goes in shifts what comes out.
 *
 * A convolution is equivariant away from the borders. At a border the two differ: what is shifted out of the signal is
 * lost, and what comes in are zeros. (Invariance, `f(shift x) = f(x)`, is another thing; pooling over all places has it.)
 *
 * @param name what is checked
 * @param f a function from numbers to numbers
 * @param x the signal
 * @param options.shift default 1
 * @param options.border outputs that are not compared, on each side; default 0
 * @throws {NotFilledIn} when f is a blank
 * @throws {RangeError} when nothing is left to compare
 * @example
 * const difference = (x) => x.slice(1).map((value, i) => value - x[i])
 * check.equivariance("difference", difference, [3, 1, 4, 1, 5, 9], { border: 1 }).passed // true
 * check.equivariance("difference", difference, [3, 1, 4, 1, 5, 9]).worst.place // [0]
 */
export function equivariance(
  name: string,
  f: (x: number[]) => readonly number[],
  x: readonly number[],
  options: EquivarianceOptions = {},
): CheckReport {
  const where = "check.equivariance";
  checkName(where, name);
  if (typeof f !== "function")
    throw new TypeError(errorText(where, `f must be a function, got ${showValue(f)}`));
  checkOptions(where, options);
  const { shift = 1, border = 0, ...rest } = options;
  rejectUnknownOptions(where, rest, ["shift", "border"]);
  if (!Number.isInteger(shift) || shift < 0 || shift >= x.length)
    throw new RangeError(errorText(where, `shift must be whole, from 0 to ${x.length - 1}, got ${shift}`));
  const move = (values: readonly number[]): number[] => [
    ...new Array<number>(shift).fill(0),
    ...values.slice(0, values.length - shift),
  ];
  let got: readonly number[];
  let expected: readonly number[];
  try {
    got = f(move(x));
    expected = move(f([...x]));
  } catch (error) {
    if (isNotFilledIn(error)) throw error;
    return thrown(name, error);
  }
  const length = expected.length - 2 * border;
  if (!Number.isInteger(border) || border < 0 || length < 1)
    throw new RangeError(
      errorText(where, `border must leave at least one of ${expected.length} outputs, got ${border}`),
    );
  const inner = (values: readonly number[]): readonly number[] => values.slice(border, border + length);
  const { equal, problem, worst } = compareValues(inner(got), inner(expected));
  return new CheckReport({
    kind: "property",
    name,
    passed: equal,
    message: equal ? "" : `f(shift x) differs from shift f(x): ${problem}`,
    expected: valueText(expected),
    got: valueText(got),
    worst: worst === null ? null : { ...worst, place: shifted(worst.place, border) },
    detail: `${length} outputs, shifted by ${shift}`,
    outputs: [got, expected],
  });
}

/** `[0]` among the compared outputs is `[border]` among all. */
function shifted(place: string, border: number): string {
  const index = /^\[(\d+)\]$/.exec(place)?.[1];
  return index === undefined ? place : `[${Number(index) + border}]`;
}
