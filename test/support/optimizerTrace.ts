// Optimizers on functions small enough to follow by hand.
import type { Optimizer } from "../../src/optim/optimizer.js";
import { tensor } from "../../src/tensor/create.js";
import "../../src/tensor/methods.js";
import type { Tensor } from "../../src/tensor/tensor.js";

export const leaf = (values: number[] | number[][]): Tensor =>
  tensor(values, { dtype: "float64", requiresGrad: true });

/** Positions after each step on ½‖w‖², whose gradient is w, from (1, 10). */
export function descend(makeOptimizer: (w: Tensor) => Optimizer, steps = 4): number[][] {
  const w = leaf([1, 10]);
  const optimizer = makeOptimizer(w);
  return Array.from({ length: steps }, () => {
    optimizer.zeroGrad();
    w.square().sum().mul(0.5).backward();
    optimizer.step();
    return [...w.data];
  });
}

/** Positions of one number that starts at 0 and gets these gradients. */
export function follow(makeOptimizer: (w: Tensor) => Optimizer, gradients: readonly number[]): number[] {
  const w = leaf([0]);
  const optimizer = makeOptimizer(w);
  return gradients.map((gradient) => {
    optimizer.zeroGrad();
    w.backward(tensor([gradient], { dtype: "float64" }));
    optimizer.step();
    return w.data[0]!;
  });
}

/** Settings of the first group without its parameters. */
export function settingsOf(optimizer: Optimizer): Record<string, unknown> {
  const { parameters: _, ...settings } = optimizer.groups[0]!;
  return settings;
}

/** `first` and `second` coordinate of a path, rounded as published traces are. */
export const rounded = (path: readonly number[][], digits = 8): [number[], number[]] => {
  const round = (x: number): number => Number(x.toFixed(digits));
  return [path.map((at) => round(at[0]!)), path.map((at) => round(at[1]!))];
};
