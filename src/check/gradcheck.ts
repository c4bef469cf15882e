/**
 * Is this gradient right? backward() against central differences, in float64: the check every operation of the library
 * passes, and the one to run on your own.
 */
import { noGrad } from "../autograd/gradMode.js";
import {
  checkBoolean,
  checkNumber,
  checkOptions,
  errorText,
  rejectUnknownOptions,
  showShape,
  showValue,
} from "../errors.js";
import { createRandom } from "../random.js";
import { tensor, uniform } from "../tensor/create.js";
import { mul } from "../tensor/elementwise.js";
import { sum } from "../tensor/reduce.js";
import { Tensor } from "../tensor/tensor.js";

export interface GradcheckOptions {
  /** Half the distance of the two evaluations; default 1e-6. */
  readonly eps?: number;
  /** Allowed absolute error; default 1e-5. */
  readonly atol?: number;
  /** Allowed error relative to the numerical gradient; default 1e-3. */
  readonly rtol?: number;
  /** Throw instead of returning a report that is not ok; default false. */
  readonly raise?: boolean;
}

/** One element of one input: its gradient by backward() and by differences. */
export interface GradcheckElement {
  /** Position of the input in the list. */
  readonly input: number;
  /** Indices of the element, one per dimension. */
  readonly index: readonly number[];
  readonly analytic: number;
  readonly numeric: number;
  readonly absError: number;
  /** Error divided by the larger of both gradients. */
  readonly relError: number;
}

/** What gradcheck found; shows itself in a notebook. */
export class GradcheckReport {
  /** Every element within `atol + rtol · |numeric|`. */
  readonly ok: boolean;
  readonly maxAbsError: number;
  readonly maxRelError: number;
  /** The element farthest outside its tolerance, or nearest to it; null when there are no elements. */
  readonly worst: GradcheckElement | null;
  /** Number of elements compared. */
  readonly count: number;

  /** @internal */
  constructor(elements: readonly GradcheckElement[], atol: number, rtol: number) {
    const excess = (one: GradcheckElement): number => {
      const ratio = one.absError / (atol + rtol * Math.abs(one.numeric));
      return Number.isNaN(ratio) ? Infinity : ratio;
    };
    let worst: GradcheckElement | null = null;
    let [maxAbs, maxRel] = [0, 0];
    for (const one of elements) {
      if (worst === null || excess(one) > excess(worst)) worst = one;
      maxAbs = Math.max(maxAbs, one.absError);
      maxRel = Math.max(maxRel, one.relError);
    }
    this.worst = worst;
    this.maxAbsError = maxAbs;
    this.maxRelError = maxRel;
    this.count = elements.length;
    this.ok = worst === null || excess(worst) <= 1;
  }

  /** One line for a passed check, the worst element for a failed one. */
  toString(): string {
    const counted = `${this.count} ${this.count === 1 ? "element" : "elements"}`;
    const errors = `largest error ${this.maxAbsError.toExponential(1)}, relative ${this.maxRelError.toExponential(1)}`;
    if (this.ok || this.worst === null) return `gradcheck: ok, ${counted}, ${errors}`;
    const { input, index, analytic, numeric } = this.worst;
    return (
      `gradcheck: the gradients differ, ${counted}, ${errors}\n` +
      `  worst: input ${input}, element ${showShape(index)}: backward() ${analytic}, differences ${numeric}`
    );
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }

  [Symbol.for("Jupyter.display")](): Record<string, string> {
    const color = this.ok ? "#1a7f37" : "#b42318";
    const text = this.toString().replaceAll("\n", "<br>");
    return {
      "text/plain": this.toString(),
      "text/html": `<div style="border-left:4px solid ${color};padding-left:8px"><code>${text}</code></div>`,
    };
  }
}

/**
 * Compares the gradients that backward() gives for `fn` with central differences, `(f(x + eps) − f(x − eps)) / 2eps`.
 *
 * A result with several elements is reduced to one number by fixed random weights between 0.5 and 1.5, so that an error in
 * any element shows. Kinks (relu at 0, equal elements in max) have no derivative: keep inputs away from them.
 *
 * @param fn a differentiable function; must give the same result each time (fix the masks of dropout)
 * @param inputs float64 tensors. Those with requiresGrad are checked, all of them when none has it; they are not changed
 * @param options.eps default 1e-6, @param options.atol default 1e-5, @param options.rtol default 1e-3 (PyTorch's)
 * @param options.raise throw when the gradients differ; default false
 * @throws {TypeError} when an input is not float64: with float32 the differences are mostly rounding error
 * @throws {RangeError} when two evaluations differ
 * @example
 * gradcheck((x) => x.square(), [tensor([1, 2], { dtype: "float64" })]).ok // true
 */
export function gradcheck(
  fn: (...inputs: Tensor[]) => Tensor,
  inputs: readonly Tensor[],
  options: GradcheckOptions = {},
): GradcheckReport {
  checkOptions("gradcheck", options);
  const { eps = 1e-6, atol = 1e-5, rtol = 1e-3, raise = false, ...rest } = options;
  rejectUnknownOptions("gradcheck", rest, ["eps", "atol", "rtol", "raise"]);
  checkNumber("gradcheck", "eps", eps, { above: 0 });
  checkNumber("gradcheck", "atol", atol, { min: 0 });
  checkNumber("gradcheck", "rtol", rtol, { min: 0 });
  checkBoolean("gradcheck", "raise", raise);
  checkInputs(inputs);
  const anyMarked = inputs.some((input) => input.requiresGrad);
  const copies = inputs.map((input) =>
    tensor(input.data, { shape: input.shape, requiresGrad: input.requiresGrad || !anyMarked }),
  );
  const loss = weightedLoss(fn, copies);
  loss().backward();
  const value = (): number => noGrad(() => loss().item());
  const [first, second] = [value(), value()];
  if (first !== second && !(Number.isNaN(first) && Number.isNaN(second))) {
    const help = "give random operations a generator created inside the function";
    const text = `fn must give the same result each time, got ${first} and ${second}`;
    throw new RangeError(errorText("gradcheck", text, "", help));
  }
  const elements = copies.flatMap((copy, i) => (copy.requiresGrad ? compare(copy, i, value, eps) : []));
  const report = new GradcheckReport(elements, atol, rtol);
  if (raise && !report.ok) throw new Error(report.toString());
  return report;
}

function checkInputs(inputs: readonly Tensor[]): void {
  if (!Array.isArray(inputs) || inputs.length === 0) {
    const text = `inputs must be an array of at least one tensor, got ${showValue(inputs)}`;
    throw new TypeError(errorText("gradcheck", text));
  }
  inputs.forEach((input, i) => {
    if (input instanceof Tensor && input.dtype === "float64") return;
    const got = input instanceof Tensor ? input.dtype : showValue(input);
    const help = 'create it with {dtype: "float64"}, or use x.to("float64")';
    throw new TypeError(errorText("gradcheck", `input ${i} must be a float64 tensor, got ${got}`, "", help));
  });
}

/** fn's result as one number: a weighted sum with weights that depend on its shape only. */
function weightedLoss(fn: (...inputs: Tensor[]) => Tensor, inputs: Tensor[]): () => Tensor {
  return () => {
    const result = fn(...inputs);
    if (!(result instanceof Tensor) || result.dtype !== "float64") {
      const got = result instanceof Tensor ? result.dtype : showValue(result);
      throw new TypeError(errorText("gradcheck", `fn must return a float64 tensor, got ${got}`));
    }
    if (result.ndim === 0) return result;
    const weights = uniform(result.shape, { low: 0.5, high: 1.5, random: createRandom(0), dtype: "float64" });
    return sum(mul(result, weights));
  };
}

function compare(copy: Tensor, input: number, value: () => number, eps: number): GradcheckElement[] {
  const values = copy.data;
  const gradient = copy.grad?.data;
  return Array.from(values, (original, k) => {
    values[k] = original + eps;
    const above = value();
    values[k] = original - eps;
    const below = value();
    values[k] = original;
    const numeric = (above - below) / (2 * eps);
    // An input the result does not depend on has no gradient, which means zero.
    const analytic = gradient === undefined ? 0 : (gradient[k] as number);
    const absError = Math.abs(analytic - numeric);
    const scale = Math.max(Math.abs(analytic), Math.abs(numeric));
    const relError = absError === 0 ? 0 : absError / scale;
    return { input, index: indexOf(k, copy.shape), analytic, numeric, absError, relError };
  });
}

function indexOf(k: number, shape: readonly number[]): number[] {
  const index: number[] = [];
  let rest = k;
  for (let d = shape.length - 1; d >= 0; d--) {
    index.unshift(rest % (shape[d] as number));
    rest = Math.floor(rest / (shape[d] as number));
  }
  return index;
}
