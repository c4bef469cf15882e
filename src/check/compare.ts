// Is this value the expected one? Kind first, then shape and dtype, then every number; the worst one is reported.
import {
  countText,
  isTensorLike,
  type NumberBlock,
  numberBlock,
  pairText,
  placeOf,
  shapeText,
  valueText,
} from "./values.js";

/** `|got − expected| ≤ atol + rtol·|expected|`. Defaults: 1e-9 and 1e-11; for float32 tensors 2e-5 and 1e-6. */
export interface Tolerance {
  readonly rtol?: number;
  readonly atol?: number;
}

/** The element that is farthest from what it should be, relative to its tolerance. */
export interface WorstElement {
  /** Where it is, such as `[1][0]` or `state.m[2]`; empty for a single number. */
  readonly place: string;
  readonly expected: string;
  readonly got: string;
  /** `|got − expected|`; null when one of them is not finite. */
  readonly error: number | null;
}

/** `problem` is empty when the values agree. */
export interface Comparison {
  readonly equal: boolean;
  readonly problem: string;
  readonly worst: WorstElement | null;
  /** How many numbers were compared, and how many of them are wrong. */
  readonly compared: number;
  readonly wrong: number;
}

interface Walk {
  readonly tolerance: Tolerance;
  worst: WorstElement | null;
  worstRatio: number;
  compared: number;
  wrong: number;
}

/** Compares two values of any plain kind: numbers, (nested) arrays, typed arrays, Tensors, objects of these, texts. */
export function compareValues(got: unknown, expected: unknown, tolerance: Tolerance = {}): Comparison {
  const walk: Walk = { tolerance, worst: null, worstRatio: 0, compared: 0, wrong: 0 };
  let problem = compareAt(walk, "", got, expected);
  const { worst, compared, wrong } = walk;
  if (problem === "" && worst !== null) {
    const where = worst.place === "" ? "" : ` at ${worst.place}`;
    const share = compared > 1 ? ` (${wrong} of ${compared} numbers are wrong)` : "";
    problem = `expected ${worst.expected}${where}, got ${worst.got}${share}`;
  }
  return { equal: problem === "", problem, worst, compared, wrong };
}

const here = (place: string): string => (place === "" ? "" : ` at ${place}`);

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (isTensorLike(value)) return `a Tensor of shape ${shapeText(value.shape)}`;
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    const block = numberBlock(value);
    if (block === null) return arrayText(value as unknown[]);
    return block.shape.length === 1
      ? `an array of ${countText(block.shape[0]!, "number")}`
      : `an array of shape ${shapeText(block.shape)}`;
  }
  if (typeof value === "object") return `an object with ${Object.keys(value).join(", ") || "no keys"}`;
  if (typeof value === "function") return "a function";
  return value === undefined ? "undefined" : `the ${typeof value} ${valueText(value)}`;
}

/** An array that is not a block of numbers: its first entry that is no number says why. */
function arrayText(value: readonly unknown[]): string {
  const odd = value.findIndex((one) => typeof one !== "number" && !Array.isArray(one));
  return `an array of ${value.length}${odd < 0 ? "" : ` whose entry [${odd}] is ${valueText(value[odd])}`}`;
}

/** Returns what is wrong with the kind or shape, or "" when only numbers can differ; those are counted in `walk`. */
function compareAt(walk: Walk, place: string, got: unknown, expected: unknown): string {
  if (typeof expected === "number") {
    if (typeof got !== "number") {
      const item = isTensorLike(got) ? "; .item() reads the number of a one-element Tensor" : "";
      return `expected a number${here(place)}, got ${kindOf(got)}${item}`;
    }
    compareNumber(walk, place, got, expected, walk.tolerance);
    return "";
  }
  const block = numberBlock(expected);
  if (block !== null) return compareBlocks(walk, place, got, expected, block);
  if (Array.isArray(expected)) {
    if (!Array.isArray(got) || got.length !== expected.length)
      return `expected an array of ${expected.length}${here(place)}, got ${kindOf(got)}`;
    for (let i = 0; i < expected.length; i++) {
      const problem = compareAt(walk, `${place}[${i}]`, got[i], expected[i]);
      if (problem !== "") return problem;
    }
    return "";
  }
  if (typeof expected === "object" && expected !== null) {
    if (typeof got !== "object" || got === null || Array.isArray(got))
      return `expected ${kindOf(expected)}${here(place)}, got ${kindOf(got)}`;
    for (const key of Object.keys(expected)) {
      if (!Object.hasOwn(got, key)) return `expected a key "${key}"${here(place)}, got ${kindOf(got)}`;
      const inner = place === "" ? key : `${place}.${key}`;
      const right = (expected as Record<string, unknown>)[key];
      const problem = compareAt(walk, inner, (got as Record<string, unknown>)[key], right);
      if (problem !== "") return problem;
    }
    return "";
  }
  return Object.is(got, expected)
    ? ""
    : `expected ${valueText(expected)}${here(place)}, got ${valueText(got)}`;
}

function compareBlocks(
  walk: Walk,
  place: string,
  got: unknown,
  expected: unknown,
  block: NumberBlock,
): string {
  const mine = numberBlock(got);
  if (mine === null || (isTensorLike(expected) && !isTensorLike(got)))
    return `expected ${kindOf(expected)}${here(place)}, got ${kindOf(got)}`;
  if (shapeText(mine.shape) !== shapeText(block.shape))
    return `expected shape ${shapeText(block.shape)}${here(place)}, got ${shapeText(mine.shape)}`;
  if (isTensorLike(expected) && mine.dtype !== block.dtype)
    return `expected dtype ${block.dtype}${here(place)}, got ${mine.dtype}`;
  const single = mine.dtype === "float32" || block.dtype === "float32";
  const { rtol = single ? 2e-5 : 1e-9, atol = single ? 1e-6 : 1e-11 } = walk.tolerance;
  for (let i = 0; i < block.numbers.length; i++)
    compareNumber(walk, () => place + placeOf(block.shape, i), mine.numbers[i]!, block.numbers[i]!, {
      rtol,
      atol,
    });
  return "";
}

function compareNumber(
  walk: Walk,
  place: string | (() => string),
  got: number,
  expected: number,
  { rtol = 1e-9, atol = 1e-11 }: Tolerance,
): void {
  walk.compared++;
  if (Object.is(got, expected)) return;
  const distance = Math.abs(got - expected);
  const allowed = atol + rtol * Math.abs(expected);
  // Written so that NaN fails; an infinity is right only where the same one is expected (found equal above).
  if (distance <= allowed && Number.isFinite(expected)) return;
  walk.wrong++;
  const ratio = Number.isFinite(distance)
    ? distance / Math.max(allowed, Number.MIN_VALUE)
    : Number.POSITIVE_INFINITY;
  if (walk.worst !== null && !(ratio > walk.worstRatio)) return;
  const [expectedText, gotText] = pairText(expected, got);
  walk.worstRatio = ratio;
  walk.worst = {
    place: typeof place === "string" ? place : place(),
    expected: expectedText,
    got: gotText,
    error: Number.isFinite(distance) ? distance : null,
  };
}
