import { checkNumber, errorText, showValue } from "../errors.js";
import { tensor } from "../tensor/create.js";
import { Tensor } from "../tensor/tensor.js";
import { Optimizer } from "./optimizer.js";
import type { Surface } from "./surfaces.js";

/** Position after each step, the start first: `[steps + 1, n]`, as `plot.trajectories` takes it. */
export type Trajectory = number[][];

/**
 * The path of an optimizer over a function, in float64.
 *
 * @param fn one of `optim.surfaces`, or a function from the position, a tensor `[n]`, to one number as a tensor
 * @param start n numbers; 2 for a surface
 * @param makeOptimizer `(parameters) => new optim.Adam(parameters, …)`, called once
 * @param steps how many
 * @returns `steps + 1` positions. A run that leaves the finite numbers stops early, with the last finite position
 * @throws {TypeError} when fn is neither; {RangeError} when start does not have 2 numbers for a surface
 * @example
 * const path = optim.trajectory(optim.surfaces.quadratic, [1, 1], (w) => new optim.SGD(w, { learningRate: 0.05 }), 2);
 * path // [[1, 1], [0.95, 0], [0.9025, 0]]
 */
export function trajectory(
  fn: Surface,
  start: readonly number[],
  makeOptimizer: (parameters: Tensor[]) => Optimizer,
  steps: number,
): Trajectory;
export function trajectory(
  fn: (w: Tensor) => Tensor,
  start: readonly number[],
  makeOptimizer: (parameters: Tensor[]) => Optimizer,
  steps: number,
): Trajectory;
export function trajectory(
  fn: Surface | ((w: Tensor) => Tensor),
  start: readonly number[],
  makeOptimizer: (parameters: Tensor[]) => Optimizer,
  steps: number,
): Trajectory {
  const where = "trajectory";
  if (typeof fn !== "function")
    throw new TypeError(errorText(where, `fn must be a function, got ${showValue(fn)}`));
  checkNumber(where, "steps", steps, { integer: true, min: 0 });
  const surface = "gradient" in fn ? fn : null;
  const isPoint = Array.isArray(start) && start.length > 0 && start.every(Number.isFinite);
  if (!isPoint || (surface !== null && start.length !== 2))
    throw new RangeError(
      errorText(
        where,
        `start must be ${surface === null ? "finite numbers" : "2 finite numbers"}, got ${showValue(start)}`,
      ),
    );
  const w = tensor([...start], { dtype: "float64", requiresGrad: true });
  const optimizer = makeOptimizer([w]);
  if (!(optimizer instanceof Optimizer))
    throw new TypeError(
      errorText(where, `makeOptimizer must return an optimizer, got ${showValue(optimizer)}`),
    );
  const path: number[][] = [[...start]];
  for (let step = 0; step < steps; step++) {
    optimizer.zeroGrad();
    if (surface === null) slope(where, fn as (w: Tensor) => Tensor, w);
    else {
      const gradient = surface.gradient(w.data[0]!, w.data[1]!);
      if (!gradient.every(Number.isFinite)) break;
      w.backward(tensor(gradient, { dtype: "float64" }));
    }
    if (!w.grad!.data.every(Number.isFinite)) break;
    optimizer.step();
    if (!w.data.every(Number.isFinite)) break;
    path.push([...w.data]);
  }
  return path;
}

function slope(where: string, fn: (w: Tensor) => Tensor, w: Tensor): void {
  const value: unknown = fn(w);
  if (!(value instanceof Tensor) || value.size !== 1)
    throw new TypeError(
      errorText(
        where,
        `fn must return a tensor of one number, got ${showValue(value)}`,
        "",
        "compute with tensor methods, w.square().sum(), or pass a surface of optim.surfaces",
      ),
    );
  value.backward();
}
