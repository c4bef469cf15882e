// Pooling through emitted kernels: see emit/pool.ts.

import { emitPool } from "../emit/pool.js";
import type { PoolGeometry } from "../interface.js";
import { resident, scratch } from "../memory.js";
import type { Span } from "../span.js";
import { triples } from "./convSource.js";
import { type Emitted, instantiate, kernel, type Target } from "./emitted.js";
import { PlanCache } from "./planCache.js";
import type { Scratch } from "./scratch.js";

const product = (sizes: readonly number[]): number => sizes.reduce((a, b) => a * b, 1);

interface PoolPlan {
  /** 2×2 windows side by side within an image plane. */
  readonly isTwoByTwo: boolean;
  /** For each output position: how many numbers its window holds, then their byte offsets. */
  readonly table: Int32Array;
  readonly inputs: number;
  readonly outputs: number;
}

function planPool(geometry: PoolGeometry): PoolPlan {
  const { inputSize, kernelSize, outputSize, stride, padding, dilation } = geometry;
  const isTwoByTwo =
    kernelSize.join() === "1,2,2" &&
    stride.join() === "1,2,2" &&
    padding.every((p) => p === 0) &&
    dilation.every((d) => d === 1) &&
    outputSize[0] === inputSize[0] &&
    outputSize[2] >= 4;
  const table: number[] = [];
  for (const out of triples(outputSize)) {
    const count = table.push(0) - 1;
    for (const k of triples(kernelSize)) {
      const at = out.map((p, axis) => p * stride[axis]! + k[axis]! * dilation[axis]! - padding[axis]!);
      if (at.some((p, axis) => p < 0 || p >= inputSize[axis]!)) continue;
      table.push(4 * ((at[0]! * inputSize[1] + at[1]!) * inputSize[2] + at[2]!));
      table[count]!++;
    }
  }
  return {
    isTwoByTwo,
    table: Int32Array.from(table),
    inputs: product(inputSize),
    outputs: product(outputSize),
  };
}

export class PoolKernels {
  private readonly target: Target;
  private readonly fill: (to: number, count: number, value: number) => void;
  private readonly integers: Scratch;
  private readonly plans: PlanCache<PoolPlan> = new PlanCache(planPool);
  private lazy: Emitted | null = null;

  constructor(target: Target, bodies: Emitted, integers: Scratch) {
    this.target = target;
    this.fill = kernel(bodies, "fill");
    this.integers = integers;
  }

  private kernels(): Emitted {
    this.lazy ??= instantiate(this.target, emitPool);
    return this.lazy;
  }

  forward(
    kind: "max" | "avg",
    y: Span,
    indices: Int32Array | null,
    x: Span,
    geometry: PoolGeometry,
  ): boolean {
    const from = resident(x);
    if (y.pointer < 0 || from < 0) return false;
    const plan = this.plans.get(geometry);
    const planes = geometry.batch * geometry.inChannels;
    const winners = indices === null ? 0 : scratch(4 * indices.length);
    if (winners < 0) return false;
    if (kind === "max" && plan.isTwoByTwo) {
      const [depth, height, width] = geometry.outputSize;
      const [, inHeight, inWidth] = geometry.inputSize;
      const run = kernel(this.kernels(), "maxPool2");
      run(y.pointer, winners, from, planes * depth, height, width, 4 * inWidth, 4 * inHeight * inWidth, from);
    } else {
      const table = this.integers.put(plan.table);
      if (table < 0) return false;
      const walk = [planes, 4 * plan.inputs, table, plan.outputs] as const;
      if (kind === "max") kernel(this.kernels(), "maxPool")(y.pointer, winners, from, ...walk, from);
      else kernel(this.kernels(), "avgPool")(y.pointer, from, ...walk, 1 / product(geometry.kernelSize));
    }
    if (indices !== null) this.integers.get(winners, indices);
    return true;
  }

  gradient(
    kind: "max" | "avg",
    dx: Span,
    dy: Span,
    indices: Int32Array | null,
    geometry: PoolGeometry,
  ): boolean {
    const upstream = resident(dy);
    if (dx.pointer < 0 || upstream < 0) return false;
    if (kind === "max") {
      const winners = indices === null ? -1 : this.integers.put(indices);
      if (winners < 0) return false;
      this.fill(dx.pointer, dx.length, 0);
      kernel(this.kernels(), "scatterAdd")(dx.pointer, upstream, winners, dy.length);
      return true;
    }
    const plan = this.plans.get(geometry);
    const table = this.integers.put(plan.table);
    if (table < 0) return false;
    this.fill(dx.pointer, dx.length, 0);
    const planes = geometry.batch * geometry.inChannels;
    const run = kernel(this.kernels(), "avgPoolGrad");
    run(upstream, dx.pointer, planes, 4 * plan.inputs, table, plan.outputs, 1 / product(geometry.kernelSize));
    return true;
  }
}
