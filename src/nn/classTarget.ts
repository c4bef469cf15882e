// Targets of classification losses: class numbers or probabilities, from tensors or arrays, checked.
import { numbers } from "../engine/engine.js";
import { checkNumber, errorText, ShapeError, showShape, showValue } from "../errors.js";
import { Tensor } from "../tensor/tensor.js";

/** Class numbers `[N]` (a number for a single sample), or probabilities `[N, K]`. */
export type ClassTarget = Tensor | number | readonly number[] | Int32Array | readonly (readonly number[])[];

/** A checked target: one of the two is null. */
export interface ReadTarget {
  /** N whole numbers from 0 to K − 1. */
  readonly classes: Int32Array | null;
  /** N·K numbers, row-major. */
  readonly probabilities: ArrayLike<number> | null;
}

const help = (columns: number): string =>
  `pass class numbers [N], or probabilities [N, ${columns}]: data.oneHot(labels, ${columns}) turns one into the other`;

/**
 * @param shape shape of the logits, `[N, K]` or `[K]`
 * @throws {ShapeError} when the target fits neither form; {RangeError} when a class number is out of range
 */
export function readTarget(where: string, target: ClassTarget, shape: readonly number[]): ReadTarget {
  const columns = shape.at(-1)!;
  const rows = shape.length === 1 ? 1 : shape[0]!;
  const { values, targetShape } = open(where, target);
  const fitsProbabilities =
    targetShape.length === shape.length && targetShape.every((size, i) => size === shape[i]);
  const fitsClasses =
    shape.length === 2
      ? targetShape.length === 1 && targetShape[0] === rows
      : targetShape.length === 0 || (targetShape.length === 1 && targetShape[0] === 1);
  if (fitsProbabilities) return { classes: null, probabilities: values };
  if (!fitsClasses)
    throw new ShapeError(
      errorText(
        where,
        `target must be class numbers of shape ${showShape(shape.slice(0, -1))} or probabilities of shape ${showShape(shape)}, got ${showShape(targetShape)}`,
        `logits ${showShape(shape)}, target ${showShape(targetShape)}`,
        help(columns),
      ),
    );
  const classes = new Int32Array(rows);
  for (let i = 0; i < rows; i++) {
    const value = values[i]!;
    if (!Number.isInteger(value) || value < 0 || value >= columns)
      throw new RangeError(
        errorText(
          where,
          `class numbers must be whole numbers from 0 to ${columns - 1}, got ${showValue(value)} at index ${i}`,
        ),
      );
    classes[i] = value;
  }
  return { classes, probabilities: null };
}

function open(
  where: string,
  target: ClassTarget,
): { values: ArrayLike<number>; targetShape: readonly number[] } {
  if (target instanceof Tensor) {
    if (target.requiresGrad)
      throw new TypeError(
        errorText(where, "target must not require a gradient: it is not computed", "", "use target.detach()"),
      );
    return { values: numbers(target.span), targetShape: target.shape };
  }
  if (typeof target === "number") return { values: [target], targetShape: [] };
  if (target instanceof Int32Array) return { values: target, targetShape: [target.length] };
  if (!Array.isArray(target))
    throw new TypeError(errorText(where, `target must be a tensor or an array, got ${showValue(target)}`));
  const [first] = target;
  if (!Array.isArray(first)) return { values: target as readonly number[], targetShape: [target.length] };
  const nested = target as readonly (readonly number[])[];
  const ragged = nested.find((row) => row.length !== first.length);
  if (ragged !== undefined)
    throw new ShapeError(
      errorText(where, `rows of target must have the same length, got ${first.length} and ${ragged.length}`),
    );
  return { values: nested.flat(), targetShape: [nested.length, first.length] };
}

/** One factor a class, K numbers not below 0; null when not given. */
export function readWeight(
  where: string,
  weight: Tensor | readonly number[] | undefined,
  columns: number,
): Float64Array | null {
  if (weight === undefined) return null;
  const values = Float64Array.from(weight instanceof Tensor ? numbers(weight.span) : weight);
  if (values.length !== columns)
    throw new ShapeError(
      errorText(where, `weight must have one number a class (${columns}), got ${values.length}`),
    );
  values.forEach((value, k) => void checkNumber(where, `weight[${k}]`, value, { min: 0 }));
  return values;
}
