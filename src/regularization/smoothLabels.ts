import { oneHot } from "../data/oneHot.js";
import { checkNumber, checkOptions, errorText, rejectUnknownOptions } from "../errors.js";
import { tensor } from "../tensor/create.js";
import { Tensor } from "../tensor/tensor.js";
import { checkProbabilities } from "./images.js";

/**
 * Label smoothing: `y′ = (1 − ε)·y + ε/K` for one sample's label over K classes. (Mixup and CutMix mix two samples;
 * that is another thing.) The share ε goes to all K classes, the right one included, as in PyTorch; code that
 * spreads it over the other K − 1 classes has another effective ε.
 *
 * @param labels class numbers (an array or a tensor [n]) or probabilities [n, K]
 * @param options.numClasses K; needed for class numbers
 * @param options.epsilon from 0 to 1; default 0.1
 * @returns probabilities, shape [n, K]; rows sum to 1
 * @throws {RangeError} when ε is outside [0, 1], a label is not below K, or [n, K] holds numbers outside [0, 1]
 * @see Szegedy et al. 2016, arXiv:1512.00567, section 7; Müller, Kornblith and Hinton 2019, arXiv:1906.02629
 * @example
 * regularization.smoothLabels([0], { numClasses: 4, epsilon: 0.2 }).toArray()[0].map((p) => p.toFixed(2)) // ["0.85", "0.05", "0.05", "0.05"]
 */
export function smoothLabels(
  labels: ArrayLike<number> | Tensor,
  options: { readonly numClasses?: number; readonly epsilon?: number } = {},
): Tensor {
  checkOptions("smoothLabels", options);
  const { numClasses, epsilon = 0.1, ...rest } = options;
  rejectUnknownOptions("smoothLabels", rest, ["numClasses", "epsilon"]);
  checkNumber("smoothLabels", "epsilon", epsilon, { min: 0, max: 1 });
  const rows = probabilitiesOf(labels, numClasses);
  const classes = rows.shape[1]!;
  const values = rows.data.map((value) => (1 - epsilon) * value + epsilon / classes);
  return tensor(values, { shape: rows.shape, dtype: rows.dtype });
}

function probabilitiesOf(labels: ArrayLike<number> | Tensor, numClasses: number | undefined): Tensor {
  if (!(labels instanceof Tensor) || labels.ndim < 2) {
    if (numClasses === undefined) {
      const text = "numClasses is needed for class numbers, got undefined";
      throw new TypeError(errorText("smoothLabels", text, "", "pass {numClasses: 10}"));
    }
    return oneHot(labels, numClasses);
  }
  if (numClasses !== undefined && numClasses !== labels.shape[1]) {
    const text = `numClasses must be the number of columns, got ${numClasses} for ${labels.shape[1]} columns`;
    throw new RangeError(errorText("smoothLabels", text));
  }
  checkProbabilities("smoothLabels", "labels", labels);
  return labels;
}
