import type { Dtype } from "../engine/engine.js";
import { checkNumber, checkOptions, errorText, rejectUnknownOptions, showValue } from "../errors.js";
import { tensor } from "../tensor/create.js";
import { Tensor } from "../tensor/tensor.js";

/**
 * Class numbers as rows of probabilities: 1 at the class, 0 elsewhere.
 *
 * @param labels n whole numbers from 0 to `numClasses − 1`: an array, a typed array or a tensor `[n]`
 * @param numClasses K; default the largest label plus one
 * @param options.dtype default "float32"
 * @returns shape `[n, K]`
 * @throws {RangeError} when a label is not a whole number from 0 to K − 1
 * @example
 * data.oneHot([2, 0], 3).toArray() // [[0, 0, 1], [1, 0, 0]]
 */
export function oneHot(
  labels: ArrayLike<number> | Tensor,
  numClasses?: number,
  options: { readonly dtype?: Dtype } = {},
): Tensor {
  checkOptions("oneHot", options);
  const { dtype = "float32", ...rest } = options;
  rejectUnknownOptions("oneHot", rest, ["dtype"]);
  const values = labels instanceof Tensor ? labels.data : labels;
  const n = values.length;
  let classes = numClasses ?? 0;
  if (numClasses === undefined) for (let i = 0; i < n; i++) classes = Math.max(classes, values[i]! + 1);
  checkNumber("oneHot", "numClasses", classes, { integer: true, min: 1 });
  const rows = new Float64Array(n * classes);
  for (let i = 0; i < n; i++) {
    const label = values[i]!;
    if (!Number.isInteger(label) || label < 0 || label >= classes)
      throw new RangeError(
        errorText(
          "oneHot",
          `labels must be whole numbers from 0 to ${classes - 1}, got ${showValue(label)} at index ${i}`,
        ),
      );
    rows[i * classes + label] = 1;
  }
  return tensor(rows, { shape: [n, classes], dtype });
}
