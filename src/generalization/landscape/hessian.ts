import { checkNumber, checkOptions, errorText, rejectUnknownOptions, ShapeError } from "../../errors.js";
import { assign } from "../../nn/assign.js";
import type { Module } from "../../nn/module.js";
import { createRandom, type Random } from "../../random.js";
import { checkObjective, flatten, meanGradient, type Objective } from "../../train/meanGradient.js";

const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
};

/** Calls `fn` with the parameters at `base + factor·v`. */
function shifted<R>(model: Module, base: Float64Array, factor: number, v: Float64Array, fn: () => R): R {
  let offset = 0;
  for (const parameter of model.parameters()) {
    const from = offset;
    assign(
      parameter,
      Float64Array.from({ length: parameter.size }, (_, i) => base[from + i]! + factor * v[from + i]!),
    );
    offset += parameter.size;
  }
  return fn();
}

/**
 * The Hessian of the loss times a vector, without the Hessian: `Hv ≈ (∇L(w + hv) − ∇L(w − hv)) / 2h`.
 *
 * Two gradients, whatever the number of parameters. The step is `h = ∛u·(1 + ‖w‖)/‖v‖`, u the rounding of the parameters' dtype: about 9 digits
 * in float64, 4 in float32. Behind ReLU the result is that of the region the weights are in, if h does not leave it.
 *
 * @param model its weights are put back; gradients it holds are cleared
 * @param v one number for each parameter number, in the order of `model.parameters()`
 * @throws {ShapeError} when v has another length
 * @see Pearlmutter 1994, "Fast exact multiplication by the Hessian" (which this approximates by a difference)
 * @example
 * const model = new nn.Linear(2, 1, { bias: false, dtype: "float64" });
 * const data = { x: tensor([[1, 0], [0, 3]], { dtype: "float64" }), y: tensor([[0], [0]], { dtype: "float64" }) };
 * const Hv = generalization.landscape.hessianVectorProduct(model, [1, 1], { data, loss: nn.mseLoss });
 * [...Hv].map((x) => x.toFixed(6)) // ["1.000000", "9.000000"]
 */
export function hessianVectorProduct(
  model: Module,
  v: Float64Array | readonly number[],
  objective: Objective,
): Float64Array {
  const where = "hessianVectorProduct";
  checkObjective(where, model, objective);
  const parameters = model.parameters();
  const base = flatten(parameters);
  const vector = Float64Array.from(v);
  if (vector.length !== base.length)
    throw new ShapeError(
      errorText(where, `v must have ${base.length} numbers, one for each of the model, got ${vector.length}`),
    );
  const norm = Math.sqrt(dot(vector, vector));
  if (norm === 0) return vector;
  const rounding = parameters[0]!.dtype === "float64" ? 2 ** -53 : 2 ** -24;
  const h = (Math.cbrt(rounding) * (1 + Math.sqrt(dot(base, base)))) / norm;
  try {
    const [ahead, behind] = [h, -h].map((factor) =>
      shifted(model, base, factor, vector, () => meanGradient(model, objective)),
    ) as [Float64Array, Float64Array];
    return ahead.map((value, i) => (value - behind[i]!) / (2 * h));
  } finally {
    shifted(model, base, 0, vector, () => undefined);
  }
}

/** Options of {@link topHessianEigenvalue}. */
export interface TopHessianEigenvalueOptions extends Objective {
  /** Largest number of Hessian-vector products of each power iteration; default 100. */
  readonly iterations?: number;
  /** The iteration ends when the value changes by less than this share; default 1e-3. */
  readonly tolerance?: number;
  /** Generator of the first vector; default one of seed 0. */
  readonly random?: Random;
}

/** What {@link topHessianEigenvalue} returns. */
export interface TopHessianEigenvalue {
  readonly eigenvalue: number;
  /** Of length 1, in the order of `model.parameters()`. */
  readonly eigenvector: Float64Array;
  /** Hessian-vector products used. */
  readonly iterations: number;
  /** Whether the value settled within the tolerance. */
  readonly converged: boolean;
}

/**
 * The largest eigenvalue of the Hessian of the loss at the present weights: the curvature in the sharpest direction. Gradient descent with
 * learning rate above 2/λ leaves the neighborhood of a minimum with it.
 *
 * Power iteration finds the eigenvalue of largest size. If that is negative, as near a saddle, a second one on `H + |λ|·I` finds the largest.
 *
 * @param model its weights are put back; gradients it holds are cleared
 * @see LeCun, Simard and Pearlmutter 1993, "Automatic learning rate maximization by on-line estimation of the Hessian's eigenvectors"
 * @example
 * const model = new nn.Linear(2, 1, { bias: false, dtype: "float64" });
 * const data = { x: tensor([[1, 0], [0, 3]], { dtype: "float64" }), y: tensor([[0], [0]], { dtype: "float64" }) };
 * generalization.landscape.topHessianEigenvalue(model, { data, loss: nn.mseLoss }).eigenvalue.toFixed(2) // "9.00"
 */
export function topHessianEigenvalue(
  model: Module,
  options: TopHessianEigenvalueOptions,
): TopHessianEigenvalue {
  const where = "topHessianEigenvalue";
  checkOptions(where, options);
  const { data, loss, iterations = 100, tolerance = 1e-3, random = createRandom(0), ...rest } = options;
  rejectUnknownOptions(where, rest, ["data", "loss", "iterations", "tolerance", "random"]);
  checkObjective(where, model, { data, loss });
  checkNumber(where, "iterations", iterations, { integer: true, min: 1 });
  checkNumber(where, "tolerance", tolerance, { above: 0 });
  const size = flatten(model.parameters()).length;
  const power = (shift: number): TopHessianEigenvalue => {
    let v = normalized(Float64Array.from({ length: size }, () => random.normal()));
    let eigenvalue = 0;
    for (let k = 1; k <= iterations; k++) {
      const product = hessianVectorProduct(model, v, { data, loss });
      for (let i = 0; i < size; i++) product[i] = product[i]! + shift * v[i]!;
      const next = dot(v, product);
      const settled = Math.abs(next - eigenvalue) <= tolerance * Math.abs(next);
      eigenvalue = next;
      if (settled && k > 1)
        return { eigenvalue: next - shift, eigenvector: v, iterations: k, converged: true };
      if (dot(product, product) === 0)
        return { eigenvalue: -shift, eigenvector: v, iterations: k, converged: true };
      v = normalized(product);
    }
    return { eigenvalue: eigenvalue - shift, eigenvector: v, iterations, converged: false };
  };
  const first = power(0);
  if (first.eigenvalue >= 0) return first;
  const second = power(-first.eigenvalue);
  return { ...second, iterations: first.iterations + second.iterations };
}

function normalized(v: Float64Array): Float64Array {
  const norm = Math.sqrt(dot(v, v));
  return v.map((value) => value / norm);
}
