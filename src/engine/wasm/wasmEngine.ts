// The engine's operations through emitted WebAssembly: float32 on the heap. Each method finds the addresses, picks an
// emitted kernel and calls it; what is not covered returns false and the plain loops run. Products and layers are in
// productKernels.ts, convolution and pooling in convKernels.ts.
import { emitBinary, emitLayerBodies } from "../emit/binary.js";
import { emitReductions } from "../emit/reduce.js";
import { emitSoftmax } from "../emit/softmax.js";
import { emitUnary } from "../emit/unary.js";
import { emitUpdate } from "../emit/update.js";
import type {
  Activation,
  BinaryOperation,
  ConvGeometry,
  CopyLayout,
  Engine,
  EnginePath,
  PairLayout,
  PoolGeometry,
  Reduction,
  UnaryOperation,
  UpdateRule,
} from "../interface.js";
import { resident } from "../memory.js";
import type { Span } from "../span.js";
import { ConvKernels } from "./convKernels.js";
import { type Emitted, type EmittedKernel, instantiate, kernel, type Target, table } from "./emitted.js";
import { LinearKernels } from "./linearKernels.js";
import { PoolKernels } from "./poolKernels.js";
import { type ProductCall, ProductKernels, type ShareRows } from "./productKernels.js";
import { Scratch } from "./scratch.js";
import { askedOnce, type ConvGradient, failedConvTest, failedWinogradTest } from "./selfTest.js";
import { SourceImages } from "./sourceImages.js";
import { makeUpdate, type RunUpdate } from "./updateKernels.js";
import { WeightGradKernels } from "./weightGrad.js";
import { WinogradKernels } from "./winogradKernels.js";
import { WinogradWeightGrad } from "./winogradWeightGrad.js";

/** A family of emitted kernels in tables by operation, so that no name is built per call. */
type Table = Readonly<Record<string, EmittedKernel | undefined>>;
/** The kernels of one operation; undefined where it is not covered. */
interface Unary {
  readonly value: EmittedKernel | undefined;
  readonly gradient: EmittedKernel | undefined;
}
interface Binary {
  readonly row: Table;
  readonly column: Table;
}

export class WasmEngine implements Engine {
  readonly path: EnginePath;
  /** Bytes at the start of the memory that belong to the engine, not to the heap. */
  readonly reservedBytes: number;
  private readonly target: Target;
  private readonly products: ProductKernels;
  private readonly linearKernels: LinearKernels;
  private readonly convolutions: ConvKernels;
  private readonly weightGradients: WeightGradKernels;
  private readonly reduction: Emitted;
  private readonly rows: Table;
  private readonly columns: Table;
  private readonly bodies: Emitted;
  private readonly unaries: Partial<Record<UnaryOperation, Unary>> = {};
  private lazyBinary: Binary | null = null;
  private lazySoftmax: Emitted | null = null;
  private readonly runUpdate: RunUpdate;
  /** What was wrong in the self-test of convolution, null when nothing was; undefined before the first use. */
  private convolutionFault: string | null | undefined = undefined;
  private readonly winogradFaults: string[] = [];
  private readonly integers: Scratch;
  private readonly pooling: PoolKernels;

  constructor(target: Target) {
    this.path = target.path;
    this.target = target;
    this.bodies = instantiate(target, (module) => {
      emitLayerBodies(module);
      emitReductions(module);
    });
    this.reduction = this.bodies;
    this.rows = table(this.bodies, "row_");
    this.columns = table(this.bodies, "column_");
    this.products = new ProductKernels(target, this.bodies);
    this.integers = new Scratch(target.memory);
    this.linearKernels = new LinearKernels(this.bodies, this.products);
    const images = new SourceImages(target, this.bodies);
    const parts = [target, this.bodies, this.products, this.integers, images] as const;
    const sound = (gradient: ConvGradient): (() => boolean) =>
      askedOnce(() => {
        const failed = failedWinogradTest(this, gradient);
        if (failed !== null) this.winogradFaults.push(`${failed} by Winograd's method`);
        return failed === null;
      });
    const winograd = new WinogradKernels(target, this.integers, images, sound("convInputGrad"));
    this.convolutions = new ConvKernels(...parts, winograd);
    const transposed = new WinogradWeightGrad(
      target,
      this.bodies,
      this.integers,
      images,
      sound("convWeightGrad"),
    );
    this.weightGradients = new WeightGradKernels(...parts, transposed);
    this.runUpdate = makeUpdate((rule) => instantiate(target, (module) => emitUpdate(module, rule)));
    this.pooling = new PoolKernels(target, this.bodies, this.integers);
    this.reservedBytes = this.products.reservedBytes;
  }

  /** Large products are offered to `share` first. */
  protected shareProducts(share: ShareRows): void {
    this.products.share = share;
  }
  /** Some rows of a product: one thread's share. */
  productRows(call: ProductCall, first: number, count: number): void {
    this.products.rows(call, first, count);
  }

  unary(operation: UnaryOperation, y: Span, x: Span, p: number, q: number): boolean {
    const run = this.unaryKernels(operation).value;
    const from = resident(x);
    if (run === undefined || y.pointer < 0 || from < 0) return false;
    run(y.pointer, from, x.length, p, q);
    return true;
  }

  unaryGrad(operation: UnaryOperation, dx: Span, dy: Span, x: Span, y: Span, p: number, q: number): boolean {
    const run = this.unaryKernels(operation).gradient;
    if (run === undefined || dx.pointer < 0) return false;
    const [gradient, input, output] = [resident(dy), resident(x), resident(y)];
    if (gradient < 0 || input < 0 || output < 0) return false;
    run(dx.pointer, gradient, input, output, dx.length, p, q);
    return true;
  }

  private unaryKernels(operation: UnaryOperation): Unary {
    let found = this.unaries[operation];
    if (found === undefined) {
      const { value, gradient } = instantiate(this.target, (module) => emitUnary(module, operation));
      found = { value, gradient };
      this.unaries[operation] = found;
    }
    return found;
  }

  binary(operation: BinaryOperation, y: Span, a: Span, b: Span, layout: PairLayout): boolean {
    this.lazyBinary ??= this.makeBinary();
    const { kind, sizes } = layout;
    const run = (kind === "same" || kind === "row" ? this.lazyBinary.row : this.lazyBinary.column)[operation];
    if (run === undefined || kind === "strided" || y.pointer < 0) return false;
    const left = resident(a);
    const right = resident(b);
    if (left < 0 || right < 0) return false;
    const isMatrix = kind === "row" || kind === "column";
    const rows = isMatrix ? (sizes[0] as number) : 1;
    run(y.pointer, left, right, rows, rows === 0 ? 0 : y.length / rows);
    return true;
  }

  private makeBinary(): Binary {
    const emitted = instantiate(this.target, emitBinary);
    return { row: table(emitted, "", "_row"), column: table(emitted, "", "_column") };
  }

  binaryGrad(
    operation: BinaryOperation,
    side: "a" | "b",
    d: Span,
    dy: Span,
    a: Span,
    b: Span,
    _y: Span,
    layout: PairLayout,
  ): boolean {
    if (operation === "mul") return this.mulGrad(d, dy, side === "a" ? b : a, side, layout);
    if (d.pointer < 0) return false;
    if (operation === "add" || (operation === "sub" && side === "a")) return this.affine(d, dy, 1);
    if (operation === "sub") return this.affine(d, dy, -1);
    if (operation === "div" && side === "a") return this.binary("div", d, dy, b, layout);
    return false;
  }

  /** d = dy · other; `a` always has the size of the output, `b` is laid out as in the forward pass. */
  private mulGrad(d: Span, dy: Span, other: Span, side: "a" | "b", layout: PairLayout): boolean {
    if (side === "a") return this.binary("mul", d, dy, other, layout);
    if (layout.kind === "strided" || d.pointer < 0) return false;
    const [gradient, factor] = [resident(dy), resident(other)];
    if (gradient < 0 || factor < 0) return false;
    this.lazyBinary ??= this.makeBinary();
    this.lazyBinary.row.mul?.(d.pointer, gradient, factor, 1, d.length);
    return true;
  }

  private affine(y: Span, x: Span, factor: number): boolean {
    return this.unary("affine", y, x, factor, 0);
  }

  addScaled(y: Span, x: Span, factor: number): boolean {
    const from = resident(x);
    if (y.pointer < 0 || from < 0) return false;
    kernel(this.bodies, "addScaled")(y.pointer, from, y.length, factor);
    return true;
  }

  fill(y: Span, value: number): boolean {
    if (y.pointer < 0) return false;
    kernel(this.bodies, "fill")(y.pointer, y.length, value);
    return true;
  }

  copy(_y: Span, _x: Span, _layout: CopyLayout): boolean {
    return false;
  }

  reduce(operation: Reduction, y: Span, x: Span, outer: number, axis: number, inner: number): boolean {
    const fold = operation === "mean" ? "sum" : operation;
    const from = resident(x);
    if (y.pointer < 0 || from < 0 || axis === 0) return false;
    const factor = operation === "mean" ? 1 / axis : 1;
    if (inner === 1) this.rows[fold]?.(y.pointer, from, outer, axis, factor);
    else this.columns[fold]?.(y.pointer, from, outer, axis, inner, factor);
    return true;
  }

  channelSum(y: Span, x: Span, n: number, channels: number, inner: number, accumulate: boolean): boolean {
    const from = resident(x);
    if (y.pointer < 0 || from < 0) return false;
    if (inner === 1 && n > 0 && !accumulate) this.columns.sum?.(y.pointer, from, 1, n, channels, 1);
    else kernel(this.reduction, "channelSum")(y.pointer, from, n, channels, inner, accumulate ? 1 : 0);
    return true;
  }

  private softmaxKernels(): Emitted {
    this.lazySoftmax ??= instantiate(this.target, emitSoftmax);
    return this.lazySoftmax;
  }

  softmax(logarithm: boolean, y: Span, x: Span, outer: number, axis: number, inner: number): boolean {
    const from = resident(x);
    if (inner !== 1 || y.pointer < 0 || from < 0) return false;
    kernel(this.softmaxKernels(), logarithm ? "logSoftmax" : "softmax")(y.pointer, from, outer, axis);
    return true;
  }

  softmaxGrad(
    logarithm: boolean,
    dx: Span,
    dy: Span,
    y: Span,
    outer: number,
    axis: number,
    inner: number,
  ): boolean {
    const [gradient, output] = [resident(dy), resident(y)];
    if (inner !== 1 || dx.pointer < 0 || gradient < 0 || output < 0) return false;
    const name = logarithm ? "logSoftmaxGrad" : "softmaxGrad";
    kernel(this.softmaxKernels(), name)(dx.pointer, gradient, output, outer, axis);
    return true;
  }

  crossEntropy(
    losses: Span,
    probabilities: Span,
    logits: Span,
    classes: Int32Array,
    rows: number,
    columns: number,
  ): boolean {
    const from = resident(logits);
    const labels = this.integers.put(classes);
    if (losses.pointer < 0 || probabilities.pointer < 0 || from < 0 || labels < 0) return false;
    const run = kernel(this.softmaxKernels(), "crossEntropy");
    run(losses.pointer, probabilities.pointer, from, labels, rows, columns);
    return true;
  }

  crossEntropyGrad(
    d: Span,
    probabilities: Span,
    classes: Int32Array,
    rows: number,
    columns: number,
    factor: number,
  ): boolean {
    const from = resident(probabilities);
    const labels = this.integers.put(classes);
    if (d.pointer < 0 || from < 0 || labels < 0) return false;
    kernel(this.softmaxKernels(), "crossEntropyGrad")(d.pointer, from, labels, rows, columns, factor);
    return true;
  }

  squaredError(loss: Span, prediction: Span, target: Span, factor: number): boolean {
    const [a, b] = [resident(prediction), resident(target)];
    if (loss.pointer < 0 || a < 0 || b < 0) return false;
    kernel(this.reduction, "squaredError")(loss.pointer, a, b, prediction.length, factor);
    return true;
  }

  squaredErrorGrad(d: Span, prediction: Span, target: Span, factor: number): boolean {
    const [a, b] = [resident(prediction), resident(target)];
    if (d.pointer < 0 || a < 0 || b < 0) return false;
    kernel(this.bodies, "difference")(d.pointer, a, b, d.length, factor);
    return true;
  }

  matmul(
    c: Span,
    a: Span,
    b: Span,
    m: number,
    n: number,
    k: number,
    transposeA: boolean,
    transposeB: boolean,
    batch: number,
    aStep: number,
    bStep: number,
    accumulate: boolean,
  ): boolean {
    const [left, right] = [resident(a), resident(b)];
    if (c.pointer < 0 || left < 0 || right < 0) return false;
    for (let i = 0; i < batch; i++) {
      const [to, x, y] = [c.pointer + 4 * i * m * n, left + 4 * i * aStep, right + 4 * i * bStep];
      this.products.matmul(to, x, y, m, n, k, transposeA, transposeB, accumulate);
    }
    return true;
  }

  linear(
    y: Span,
    x: Span,
    weight: Span,
    bias: Span | null,
    activation: Activation,
    rows: number,
    inFeatures: number,
    outFeatures: number,
  ): boolean {
    return this.linearKernels.forward(y, x, weight, bias, activation, rows, inFeatures, outFeatures);
  }

  linearGrad(
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
    return this.linearKernels.gradient(
      dx,
      dWeight,
      dBias,
      dy,
      x,
      weight,
      y,
      activation,
      rows,
      inFeatures,
      outFeatures,
      accumulate,
    );
  }

  activationGrad(activation: Activation, dz: Span, dy: Span, y: Span): boolean {
    const [gradient, output] = [resident(dy), resident(y)];
    if (dz.pointer < 0 || gradient < 0 || output < 0) return false;
    if (activation === "none") kernel(this.bodies, "activate_none")(dz.pointer, gradient, dz.length);
    else this.products.activationGrad(activation, dz.pointer, gradient, output, dz.length);
    return true;
  }

  /** Tests convolution when it is first used, so that programs without it do not wait for its kernels. */
  private hasConvolution(): boolean {
    if (this.convolutionFault === undefined) {
      this.convolutionFault = null; // the test itself comes here again
      this.convolutionFault = failedConvTest(this);
    }
    return this.convolutionFault === null;
  }
  /** Operations whose self-test failed here: the plain loops do them, or the direct tiles where Winograd's method failed. */
  get refused(): readonly string[] {
    const fault = typeof this.convolutionFault === "string" ? [this.convolutionFault] : [];
    return [...fault, ...this.winogradFaults];
  }

  conv(
    y: Span,
    x: Span,
    weight: Span,
    bias: Span | null,
    activation: Activation,
    geometry: ConvGeometry,
  ): boolean {
    return this.hasConvolution() && this.convolutions.forward(y, x, weight, bias, activation, geometry);
  }

  convInputGrad(dx: Span, dy: Span, weight: Span, geometry: ConvGeometry): boolean {
    return this.hasConvolution() && this.convolutions.inputGrad(dx, dy, weight, geometry);
  }

  convWeightGrad(dWeight: Span, x: Span, dy: Span, geometry: ConvGeometry, accumulate: boolean): boolean {
    return this.hasConvolution() && this.weightGradients.run(dWeight, x, dy, geometry, accumulate);
  }

  pool(kind: "max" | "avg", y: Span, indices: Int32Array | null, x: Span, geometry: PoolGeometry): boolean {
    return this.pooling.forward(kind, y, indices, x, geometry);
  }

  poolGrad(
    kind: "max" | "avg",
    dx: Span,
    dy: Span,
    indices: Int32Array | null,
    geometry: PoolGeometry,
  ): boolean {
    return this.pooling.gradient(kind, dx, dy, indices, geometry);
  }

  update(
    rule: UpdateRule,
    parameters: Span,
    gradients: Span,
    state: readonly Span[],
    start: number,
    end: number,
    numbers: readonly number[],
  ): boolean {
    if (parameters.pointer < 0 || gradients.pointer < 0 || state.some((span) => span.pointer < 0))
      return false;
    const addresses = [parameters.pointer + 4 * start, gradients.pointer + 4 * start];
    for (const span of state) addresses.push(span.pointer + 4 * start);
    return this.runUpdate(rule, addresses, end - start, numbers);
  }
}
