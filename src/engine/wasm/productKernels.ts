// Matrix products and what follows them in a layer. A product with one row, one column or one step needs no tiles: it
// is an outer product, rows times a vector, or a combination of rows.

import { emitMatmul, matmulWorkspace } from "../emit/matmul.js";
import type { Activation } from "../interface.js";
import { type Emitted, type EmittedKernel, instantiate, kernel, type Target, table } from "./emitted.js";

/** Computes the rows of a product on several threads; false when it did nothing. */
export type ShareRows = (call: ProductCall) => boolean;
/** `c [m, n] (+)= A [m, k] · B [k, n]` at byte addresses. */
export interface ProductCall {
  readonly c: number;
  readonly a: number;
  readonly b: number;
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly transposeA: boolean;
  readonly transposeB: boolean;
  readonly accumulate: boolean;
}

export class ProductKernels {
  readonly reservedBytes: number;
  /** How large products are shared among threads; null: they are not. */
  share: ShareRows | null = null;
  private readonly workspace: number;
  private readonly tiled: EmittedKernel;
  private readonly dot: EmittedKernel;
  private readonly combine: EmittedKernel;
  private readonly outer: EmittedKernel;
  private readonly fill: EmittedKernel;
  private readonly biasRow: Emitted;
  private readonly biasColumn: Emitted;
  private readonly activate: Emitted;
  private readonly activationGradients: Emitted;

  constructor(target: Target, bodies: Emitted) {
    this.tiled = kernel(
      instantiate(target, (module, tiles) => void emitMatmul(module, tiles.matmul)),
      "matmul",
    );
    this.dot = kernel(bodies, "dot");
    this.combine = kernel(bodies, "combine");
    this.outer = kernel(bodies, "outer");
    this.fill = kernel(bodies, "fill");
    this.biasRow = table(bodies, "bias_", "_row");
    this.biasColumn = table(bodies, "bias_", "_column");
    this.activate = table(bodies, "activate_");
    this.activationGradients = table(bodies, "activationGrad_");
    this.workspace = target.workspace;
    this.reservedBytes = this.workspace + matmulWorkspace(target.tiles.matmul);
  }

  /** `c [m, n] (+)= A [m, k] · B [k, n]` at byte addresses, either operand stored transposed. */
  matmul(
    c: number,
    a: number,
    b: number,
    m: number,
    n: number,
    k: number,
    transposeA: boolean,
    transposeB: boolean,
    accumulate: boolean,
  ): void {
    const add = accumulate ? 1 : 0;
    if (m === 0 || n === 0 || k === 0) {
      if (!accumulate) this.fill(c, m * n, 0);
    } else if (k === 1) this.outer(c, a, b, m, n, add);
    else if (n === 1 && !transposeA) this.dot(c, a, b, m, k, add);
    else if (n === 1) this.combine(c, a, b, k, m, add);
    else if (m === 1 && transposeB) this.dot(c, b, a, n, k, add);
    else if (m === 1) this.combine(c, b, a, k, n, add);
    else {
      const call = { c, a, b, m, n, k, transposeA, transposeB, accumulate };
      if (this.share === null || !this.share(call)) this.rows(call, 0, m);
    }
  }

  /** Rows `first <= i < first + count` of a product, through the register tiles. */
  rows(
    { c, a, b, m, n, k, transposeA, transposeB, accumulate }: ProductCall,
    first: number,
    count: number,
  ): void {
    const [aPitch, bPitch] = [4 * (transposeA ? m : k), 4 * (transposeB ? k : n)];
    const from = a + (transposeA ? 4 : aPitch) * first;
    const [ta, tb, add] = [transposeA ? 1 : 0, transposeB ? 1 : 0, accumulate ? 1 : 0];
    this.tiled(from, aPitch, ta, b, bPitch, tb, c + 4 * n * first, 4 * n, count, n, k, add, this.workspace);
  }

  /** `y [rows, columns] = activation(y + bias [columns])` in place; bias -1: none. */
  finish(activation: Activation, y: number, bias: number, rows: number, columns: number): void {
    if (bias < 0) {
      if (activation !== "none") this.activate[activation]?.(y, y, rows * columns);
    } else if (columns === 1) this.biasColumn[activation]?.(y, y, bias, 1, rows);
    else this.biasRow[activation]?.(y, y, bias, rows, columns);
  }

  /** `y [rows, columns] = activation(y + bias [rows])` in place, as after a convolution of one image; bias -1: none. */
  finishChannels(activation: Activation, y: number, bias: number, rows: number, columns: number): void {
    if (bias < 0) this.finish(activation, y, -1, rows, columns);
    else this.biasColumn[activation]?.(y, y, bias, rows, columns);
  }

  activationGrad(activation: Activation, dz: number, dy: number, y: number, count: number): void {
    this.activationGradients[activation]?.(dz, dy, y, count);
  }
}
