/**
 * The engine on several threads: convolutions are shared image by image, matrix products row by row, optimizer steps
 * number by number; the main thread takes the first share. What takes less than 2 ms stays here: waking a thread costs from 20 µs
 * to half a millisecond on a virtual machine, and a LeNet of 28×28 images became slower by it.
 *
 * Results are the same for the same number of threads. Between different numbers, weight gradients differ by rounding:
 * each thread sums over its own images first.
 */
import type { Activation, ConvGeometry, UpdateRule } from "../interface.js";
import { resident, scratch } from "../memory.js";
import { Span } from "../span.js";
import type { Target } from "../wasm/emitted.js";
import type { ProductCall } from "../wasm/productKernels.js";
import { WasmEngine } from "../wasm/wasmEngine.js";
import type { HelperThread } from "./helperThread.js";
import {
  convJob,
  inputGradJob,
  inputLength,
  type Job,
  outputLength,
  productJob,
  runJob,
  updateJob,
  weightGradJob,
  weightLength,
} from "./job.js";

/** Floating-point operations of a convolution or product, and numbers of an update, from which they are shared. */
export const worthSharing: { operations: number; numbers: number } = { operations: 8e7, numbers: 4e6 };

interface Share {
  readonly first: number;
  readonly count: number;
}

export class ThreadedEngine extends WasmEngine {
  /** Computes the main thread's shares: an engine that shares nothing. */
  readonly #alone: WasmEngine;
  readonly #helpers: readonly HelperThread[];

  constructor(target: Target, alone: WasmEngine, helpers: readonly HelperThread[]) {
    super(target);
    this.#alone = alone;
    this.#helpers = helpers;
    this.shareProducts((call) => this.#shareRows(call));
  }

  get threads(): number {
    return 1 + this.#helpers.length;
  }

  close(): void {
    for (const helper of this.#helpers) helper.close();
  }

  override conv(
    y: Span,
    x: Span,
    weight: Span,
    bias: Span | null,
    activation: Activation,
    geometry: ConvGeometry,
  ): boolean {
    const alone = (): boolean => super.conv(y, x, weight, bias, activation, geometry);
    const shares = this.#images(geometry);
    if (shares === null) return alone();
    const [from, weights, shift] = [resident(x), resident(weight), bias === null ? -1 : resident(bias)];
    if (y.pointer < 0 || from < 0 || weights < 0 || (bias !== null && shift < 0)) return alone();
    const { input, output } = imageBytes(geometry);
    return this.#run(
      shares.map(({ first, count }) =>
        convJob(y.pointer + output * first, from + input * first, weights, shift, activation, {
          ...geometry,
          batch: count,
        }),
      ),
    );
  }

  override convInputGrad(dx: Span, dy: Span, weight: Span, geometry: ConvGeometry): boolean {
    const shares = this.#images(geometry);
    if (shares === null) return super.convInputGrad(dx, dy, weight, geometry);
    const [upstream, weights] = [resident(dy), resident(weight)];
    if (dx.pointer < 0 || upstream < 0 || weights < 0) return false;
    const { input, output } = imageBytes(geometry);
    return this.#run(
      shares.map(({ first, count }) =>
        inputGradJob(dx.pointer + input * first, upstream + output * first, weights, {
          ...geometry,
          batch: count,
        }),
      ),
    );
  }

  override convWeightGrad(
    dWeight: Span,
    x: Span,
    dy: Span,
    geometry: ConvGeometry,
    accumulate: boolean,
  ): boolean {
    const alone = (): boolean => super.convWeightGrad(dWeight, x, dy, geometry, accumulate);
    const shares = this.#images(geometry);
    if (shares === null) return alone();
    const length = weightLength(geometry);
    const [from, upstream] = [resident(x), resident(dy)];
    const sums = scratch(4 * length * shares.length);
    if (dWeight.pointer < 0 || from < 0 || upstream < 0 || sums < 0) return alone();
    const { input, output } = imageBytes(geometry);
    const place = (share: number): number =>
      share === 0 && !accumulate ? dWeight.pointer : sums + 4 * length * share;
    const isDone = this.#run(
      shares.map(({ first, count }, i) =>
        weightGradJob(place(i), from + input * first, upstream + output * first, {
          ...geometry,
          batch: count,
        }),
      ),
    );
    if (!isDone) return false;
    for (let i = accumulate ? 0 : 1; i < shares.length; i++)
      this.addScaled(dWeight, new Span("float32", length, place(i), null), 1);
    return true;
  }

  override update(
    rule: UpdateRule,
    parameters: Span,
    gradients: Span,
    state: readonly Span[],
    start: number,
    end: number,
    numbers: readonly number[],
  ): boolean {
    const pointers = [parameters, gradients, ...state].map(({ pointer }) => pointer);
    if (end - start < worthSharing.numbers || pointers.some((pointer) => pointer < 0))
      return super.update(rule, parameters, gradients, state, start, end, numbers);
    // Whole cache lines, so that no two threads write to one.
    const shares = this.#split(end - start, 16);
    return this.#run(
      shares.map(({ first, count }) =>
        updateJob(
          rule,
          pointers.map((pointer) => pointer + 4 * (start + first)),
          count,
          numbers,
        ),
      ),
    );
  }

  #shareRows(call: ProductCall): boolean {
    const { m, n, k } = call;
    if (m < 16 * this.threads || 2 * m * n * k < worthSharing.operations) return false;
    return this.#run(this.#split(call.m, 8).map(({ first, count }) => productJob(call, first, count)));
  }

  /** Shares of the images of a batch; null when the work stays on this thread. */
  #images(geometry: ConvGeometry): readonly Share[] | null {
    const { batch, inChannels, groups, kernelSize } = geometry;
    const terms = (inChannels / groups) * kernelSize[0] * kernelSize[1] * kernelSize[2];
    if (batch < this.threads) return null;
    return 2 * outputLength(geometry) * terms < worthSharing.operations ? null : this.#split(batch, 1);
  }

  #split(total: number, unit: number): readonly Share[] {
    const size = Math.ceil(total / this.threads / unit) * unit;
    const shares: Share[] = [];
    for (let first = 0; first < total; first += size)
      shares.push({ first, count: Math.min(size, total - first) });
    return shares;
  }

  /** Job 0 here, the others on the helpers; what a helper refuses is done here. False: some job cannot be done at all. */
  #run([own, ...others]: readonly Job[]): boolean {
    others.forEach((job, i) => {
      this.#helpers[i]?.post(job);
    });
    let isDone = false;
    let refused: readonly Job[] = [];
    try {
      isDone = own === undefined || runJob(this.#alone, own);
    } finally {
      // Also after an error: a helper must not go on writing where the next operation computes.
      refused = others.filter((_, i) => this.#helpers[i]?.finish() !== true);
    }
    return refused.every((job) => runJob(this.#alone, job)) && isDone;
  }
}

function imageBytes(geometry: ConvGeometry): { readonly input: number; readonly output: number } {
  const one = { ...geometry, batch: 1 };
  return { input: 4 * inputLength(one), output: 4 * outputLength(one) };
}
