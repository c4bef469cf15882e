// A linear layer and its gradients: one product forward, two backward, the bias and the activation around them.
import type { Activation } from "../interface.js";
import { resident, scratch } from "../memory.js";
import type { Span } from "../span.js";
import { type Emitted, type EmittedKernel, kernel } from "./emitted.js";
import type { ProductKernels } from "./productKernels.js";

export class LinearKernels {
  private readonly products: ProductKernels;
  private readonly channelSum: EmittedKernel;
  private readonly columnSum: EmittedKernel;
  private readonly addScaled: EmittedKernel;

  constructor(bodies: Emitted, products: ProductKernels) {
    this.products = products;
    this.channelSum = kernel(bodies, "channelSum");
    this.columnSum = kernel(bodies, "column_sum");
    this.addScaled = kernel(bodies, "addScaled");
  }

  forward(
    y: Span,
    x: Span,
    weight: Span,
    bias: Span | null,
    activation: Activation,
    rows: number,
    inFeatures: number,
    outFeatures: number,
  ): boolean {
    const [input, matrix] = [resident(x), resident(weight)];
    const shift = bias === null ? 0 : resident(bias);
    if (y.pointer < 0 || input < 0 || matrix < 0 || shift < 0) return false;
    const { products } = this;
    products.matmul(y.pointer, input, matrix, rows, outFeatures, inFeatures, false, true, false);
    products.finish(activation, y.pointer, bias === null ? -1 : shift, rows, outFeatures);
    return true;
  }

  gradient(
    dx: Span | null,
    dWeight: Span | null,
    dBias: Span | null,
    dy: Span,
    x: Span,
    weight: Span,
    y: Span,
    activation: Activation,
    rows: number,
    inFeatures: number,
    outFeatures: number,
    accumulate: number,
  ): boolean {
    const [input, matrix, upstream] = [resident(x), resident(weight), resident(dy)];
    if (input < 0 || matrix < 0 || upstream < 0) return false;
    if ((dx?.pointer ?? 0) < 0 || (dWeight?.pointer ?? 0) < 0 || (dBias?.pointer ?? 0) < 0) return false;
    let dz = upstream;
    if (activation !== "none") {
      const output = resident(y);
      dz = scratch(4 * dy.length);
      if (output < 0 || dz < 0) return false;
      this.products.activationGrad(activation, dz, upstream, output, dy.length);
    }
    const { products } = this;
    if (dWeight !== null)
      products.matmul(
        dWeight.pointer,
        dz,
        input,
        outFeatures,
        inFeatures,
        rows,
        true,
        false,
        (accumulate & 2) !== 0,
      );
    if (dBias !== null && !this.biasGrad(dBias, dz, rows, outFeatures, (accumulate & 4) !== 0)) return false;
    if (dx !== null)
      products.matmul(
        dx.pointer,
        dz,
        matrix,
        rows,
        inFeatures,
        outFeatures,
        false,
        false,
        (accumulate & 1) !== 0,
      );
    return true;
  }

  private biasGrad(dBias: Span, dz: number, rows: number, columns: number, accumulate: boolean): boolean {
    if (columns === 1) {
      this.channelSum(dBias.pointer, dz, 1, 1, rows, accumulate ? 1 : 0);
      return true;
    }
    const to = accumulate ? scratch(4 * columns) : dBias.pointer;
    if (to < 0) return false;
    this.columnSum(to, dz, 1, rows, columns, 1);
    if (accumulate) this.addScaled(dBias.pointer, to, columns, 1);
    return true;
  }
}
