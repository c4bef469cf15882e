// Where training inputs come from: the design of an experiment that draws its training set again and again.
import { checkNumber, errorText, showValue } from "../errors.js";
import type { Random } from "../random.js";

/** One input: a number, or a row of several features. */
export type Input = number | number[];

/**
 * How training inputs are chosen:
 * - a number n: n uniform inputs from [0, 1), drawn anew each round (a random design);
 * - a list: these inputs in every round (a fixed design), only the noise is drawn anew;
 * - a function `(random) => list`: any other random design.
 */
export type Sample = number | readonly Input[] | ((random: Random) => Input[]);

/** Inputs as rows, for models. */
export function toRows(inputs: readonly Input[]): number[][] {
  return inputs.map((input) => (typeof input === "number" ? [input] : input));
}

/** Reads the option: a function that draws one training design, and whether it is the same each round. */
export function readSample(
  where: string,
  sample: unknown,
): { draw: (random: Random) => Input[]; isFixed: boolean } {
  if (typeof sample === "number") {
    const n = checkNumber(where, "sample", sample, { integer: true, min: 1 });
    return { draw: (random) => Array.from({ length: n }, () => random.uniform()), isFixed: false };
  }
  if (typeof sample === "function") {
    const draw = sample as (random: Random) => Input[];
    return { draw: (random) => checkInputs(where, "sample", draw(random)), isFixed: false };
  }
  const fixed = checkInputs(where, "sample", sample);
  return { draw: () => fixed, isFixed: true };
}

/** @throws {TypeError | RangeError} unless the inputs are a list of finite numbers or of rows of them */
export function checkInputs(where: string, name: string, inputs: unknown): Input[] {
  const isList = Array.isArray(inputs) || (ArrayBuffer.isView(inputs) && !(inputs instanceof DataView));
  if (!isList) {
    const text = `${name} must be a list of inputs (numbers or rows of numbers), got ${showValue(inputs)}`;
    throw new TypeError(errorText(where, text));
  }
  const list = Array.from(inputs as ArrayLike<Input>);
  if (list.length === 0)
    throw new RangeError(errorText(where, `${name} must hold at least one input, got []`));
  const bad = list.findIndex(
    (input) => !(typeof input === "number" ? [input] : input).every(Number.isFinite),
  );
  if (bad >= 0)
    throw new RangeError(
      errorText(where, `${name} must hold finite numbers, got ${showValue(list[bad])} at index ${bad}`),
    );
  return list;
}

/** The true values at some inputs. @throws {RangeError} when the function returns something else than a finite number */
export function trueValues(where: string, truth: (x: never) => number, inputs: readonly Input[]): number[] {
  return inputs.map((input) => {
    const value = (truth as (x: Input) => number)(input);
    if (typeof value === "number" && Number.isFinite(value)) return value;
    const help = "truth is given a number for one feature, a row for several";
    const text = `truth must return a finite number, got ${showValue(value)} for input ${showValue(input)}`;
    throw new RangeError(errorText(where, text, "", help));
  });
}
