// Matrix products and what follows them in a layer. A product with one row, one column or one step needs no tiles: it
// is an outer product, rows times a vector, or a combination of rows.

import { emitMatmul, matmulWorkspace } from "../emit/matmul.js";
import type { Activation } from "../interface.js";
import { type Emitted, type EmittedKernel, instantiate, kernel, type Target, table } from "./emitted.js";

/** Constants that emitted kernels may need below the heap; the workspace follows. */
const workspaceStart = 1024;

export class ProductKernels {
  readonly reservedBytes: number;
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
    this.reservedBytes = workspaceStart + matmulWorkspace(target.tiles.matmul);
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
      const [aPitch, bPitch] = [4 * (transposeA ? m : k), 4 * (transposeB ? k : n)];
      const [ta, tb] = [transposeA ? 1 : 0, transposeB ? 1 : 0];
      this.tiled(a, aPitch, ta, b, bPitch, tb, c, 4 * n, m, n, k, add, workspaceStart);
    }
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
