/**
 * THE INTERFACE between tensors and fast arithmetic. The engine knows no Tensor, only runs of numbers (spans) and
 * integers. Every operation returns `false` when the implementation does not cover the case (number type, geometry,
 * size); the caller (engine.ts) then runs the plain loops. So an implementation can be incomplete at any time without
 * being wrong. Nothing that crosses this interface is created per call except the result's span: no closures, no
 * option objects, no array views.
 *
 * Conventions of all operations:
 * - Outputs come first. An output is completely overwritten unless a parameter `accumulate` says "add to it".
 * - An output may be the same span as an input only in the operations that say so.
 * - All arrays are row-major and contiguous. `[N, C]` in a comment is the shape of a span's numbers.
 * - NaN and infinities behave as in the plain loops.
 */
import type { Span } from "./span.js";

/** Which implementation runs: see engine.status(). */
export type EnginePath = "plain" | "simd" | "fma" | "wide";

/**
 * `y = f(x)` for every number; `p` and `q` are parameters of some of them (0 elsewhere).
 *
 * affine: p·x + q · inverse: p / x · power: x^p · leakyRelu: x > 0 ? x : p·x · clamp: min(max(x, p), q)
 * softplus: log(1 + eˣ) · gelu: x·Φ(x), exact (erf) form · silu: x·sigmoid(x) · relu keeps NaN
 */
export type UnaryOperation =
  | "affine"
  | "inverse"
  | "power"
  | "abs"
  | "exp"
  | "log"
  | "sqrt"
  | "square"
  | "sin"
  | "cos"
  | "clamp"
  | "relu"
  | "leakyRelu"
  | "sigmoid"
  | "tanh"
  | "softplus"
  | "gelu"
  | "silu";

export type BinaryOperation = "add" | "sub" | "mul" | "div" | "pow" | "maximum" | "minimum";

/** Activations a layer can be fused with: those whose derivative follows from the output alone. */
export type Activation = "none" | "relu" | "tanh" | "sigmoid";

/**
 * How two operands are read for an output of `sizes` (axes that can be are merged; at least one axis). Strides are in
 * elements; 0 repeats the operand along that axis.
 * `same`: both like the output · `scalar`: b is one number · `row`: sizes [r, c], b has c numbers, repeated for each row ·
 * `column`: sizes [r, c], b has r numbers, each repeated along its row · `strided`: anything else (also a broadcast).
 */
export interface PairLayout {
  readonly kind: "same" | "scalar" | "row" | "column" | "strided";
  readonly sizes: readonly number[];
  readonly aStrides: readonly number[];
  readonly bStrides: readonly number[];
}

/** Output `[...sizes]` contiguous, source read at `offset + Σ index·stride` (elements; strides may be 0 or negative). */
export interface CopyLayout {
  readonly sizes: readonly number[];
  readonly strides: readonly number[];
  readonly offset: number;
}

export type Reduction = "sum" | "mean" | "max" | "min" | "sumOfSquares" | "sumOfAbs";

/**
 * Convolution and pooling of up to three axes. Every list has three entries; missing axes come first and are 1 (size,
 * kernel, stride, dilation) or 0 (padding): a 1-d convolution has `inputSize: [1, 1, W]`. `padding` counts zeros before
 * the first element of an axis; the zeros after the last follow from `outputSize` and may differ ("same").
 */
export interface ConvGeometry {
  readonly batch: number;
  readonly inChannels: number;
  readonly outChannels: number;
  readonly groups: number;
  readonly inputSize: readonly [number, number, number];
  readonly kernelSize: readonly [number, number, number];
  readonly outputSize: readonly [number, number, number];
  readonly stride: readonly [number, number, number];
  readonly padding: readonly [number, number, number];
  readonly dilation: readonly [number, number, number];
}

/** Pooling reads a ConvGeometry with `inChannels = outChannels = groups` (each channel by itself). */
export type PoolGeometry = ConvGeometry;

/**
 * Rules of `update`, with their state spans and the order of `numbers`. `p, g` are parameter and gradient; where a rule
 * has weight decay λ, `g ← g + λp` comes first (in `adamw`: `p ← p·(1 − ηλ)`). State below 1e-30 in size is set to 0.
 *
 * - sgd       state [b]           numbers [η, λ, μ, 1−dampening, nesterov 0|1, first 0|1]; μ = 0: p ← p − ηg (state []);
 *                                 first: b ← g, else b ← μb + (1−dampening)g; d = nesterov ? g + μb : b; p ← p − ηd
 * - adam, adamw  state [m, v] or [m, v, vMax] (amsgrad)   numbers [η, λ, β1, β2, ε, 1−β1ᵗ, 1−β2ᵗ]
 *                                 m ← β1m + (1−β1)g; v ← β2v + (1−β2)g²; p ← p − η/(1−β1ᵗ) · m / (√(v or vMax)/√(1−β2ᵗ) + ε)
 * - adagrad   state [s]           numbers [η_t, λ, ε]                 s ← s + g²; p ← p − η_t g / (√s + ε)
 * - rmsprop   state [s, (b), (ḡ)] numbers [η, λ, α, ε, μ, centered 0|1]  b present when μ > 0, ḡ when centered
 *                                 s ← αs + (1−α)g²; ḡ ← αḡ + (1−α)g; a = √(s − ḡ²) + ε; b ← μb + g/a; p ← p − η(b or g/a)
 * - adadelta  state [s, u]        numbers [η, λ, ρ, ε]                s ← ρs + (1−ρ)g²; d = √(u+ε)/√(s+ε)·g; u ← ρu + (1−ρ)d²; p ← p − ηd
 * - adamax    state [m, u]        numbers [η, λ, β1, β2, ε, 1−β1ᵗ]    u ← max(β2u, |g| + ε); p ← p − η/(1−β1ᵗ) · m/u
 * - nadam     state [m, v]        numbers [λ, β2, ε, 1−β2ᵗ, β1, cG, cM]  p ← p − (cG·g + cM·m) / (√(v/(1−β2ᵗ)) + ε)
 * - radam     state [m, v]        numbers [η, λ, β1, β2, ε, 1−β1ᵗ, c, variant 0|1]; c = 0: p ← p − η m/(1−β1ᵗ)
 *                                 otherwise p ← p − η m/(1−β1ᵗ) · c / (√v + ε)
 * - moments   state [m, v]        numbers [β1, β2]                    only the two moving averages (AdamP, SGDP finish per parameter)
 */
export type UpdateRule =
  | "sgd"
  | "adam"
  | "adamw"
  | "adagrad"
  | "rmsprop"
  | "adadelta"
  | "adamax"
  | "nadam"
  | "radam"
  | "moments";

/** One implementation of the library's arithmetic. Each method returns false when it does not cover the case. */
export interface Engine {
  readonly path: EnginePath;

  /** `y = f(x)`, length numbers; y may be x. */
  unary(operation: UnaryOperation, y: Span, x: Span, p: number, q: number): boolean;
  /** `dx = dy · f′(x)`; both x and y = f(x) are given; dx may be dy. */
  unaryGrad(operation: UnaryOperation, dx: Span, dy: Span, x: Span, y: Span, p: number, q: number): boolean;

  /** `y = a ∘ b` over layout.sizes; y may be a or b when that operand is not repeated. */
  binary(operation: BinaryOperation, y: Span, a: Span, b: Span, layout: PairLayout): boolean;
  /** Gradient of one operand at the size of the output (summing over repeats is the caller's): `d = dy · ∂y/∂side`. */
  binaryGrad(
    operation: BinaryOperation,
    side: "a" | "b",
    d: Span,
    dy: Span,
    a: Span,
    b: Span,
    y: Span,
    layout: PairLayout,
  ): boolean;
  /** `y += factor · x`, same length. */
  addScaled(y: Span, x: Span, factor: number): boolean;
  /** Every number becomes `value`. */
  fill(y: Span, value: number): boolean;
  /** y contiguous from x strided. */
  copy(y: Span, x: Span, layout: CopyLayout): boolean;

  /** `x [outer, axis, inner] -> y [outer, inner]`; axis may be 0 for sums (result 0). */
  reduce(operation: Reduction, y: Span, x: Span, outer: number, axis: number, inner: number): boolean;
  /** `y[c] (+)= Σ_{n,i} x[n, c, i]`: the bias gradient of a convolution (inner 1: of a linear layer). */
  channelSum(y: Span, x: Span, n: number, channels: number, inner: number, accumulate: boolean): boolean;

  /** `x [outer, axis, inner]`: softmax or its logarithm along axis. y may be x. */
  softmax(logarithm: boolean, y: Span, x: Span, outer: number, axis: number, inner: number): boolean;
  /** `dx` from `dy` and the result y of `softmax`. */
  softmaxGrad(
    logarithm: boolean,
    dx: Span,
    dy: Span,
    y: Span,
    outer: number,
    axis: number,
    inner: number,
  ): boolean;
  /** `losses[i] = −logSoftmax(logits[i])[classes[i]]` and `probabilities = softmax(logits)`, logits `[rows, columns]`. */
  crossEntropy(
    losses: Span,
    probabilities: Span,
    logits: Span,
    classes: Int32Array,
    rows: number,
    columns: number,
  ): boolean;
  /** `d = factor · (probabilities − oneHot(classes))`, `[rows, columns]`. */
  crossEntropyGrad(
    d: Span,
    probabilities: Span,
    classes: Int32Array,
    rows: number,
    columns: number,
    factor: number,
  ): boolean;
  /** `loss[0] = factor · Σ (prediction − target)²`. */
  squaredError(loss: Span, prediction: Span, target: Span, factor: number): boolean;
  /** `d = factor · (prediction − target)`. */
  squaredErrorGrad(d: Span, prediction: Span, target: Span, factor: number): boolean;

  /**
   * `c [batch, m, n] (+)= A · B` with A = a `[batch, m, k]`, or `[batch, k, m]` when transposeA; B = b `[batch, k, n]`, or
   * `[batch, n, k]` when transposeB. `aStep`, `bStep`: elements from one matrix of the batch to the next, 0 to reuse one.
   * c must not overlap a or b.
   */
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
  ): boolean;

  /** `y [rows, out] = activation(x [rows, in] · weightᵀ [out, in] + bias [out])`. */
  linear(
    y: Span,
    x: Span,
    weight: Span,
    bias: Span | null,
    activation: Activation,
    rows: number,
    inFeatures: number,
    outFeatures: number,
  ): boolean;
  /**
   * All gradients of `linear`; a null output is not wanted. `accumulate` bits: 1 dx, 2 dWeight, 4 dBias are added to
   * instead of stored. dy is not changed.
   */
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
  ): boolean;
  /** `dz = dy · activation′`, from the output y. dz may be dy. */
  activationGrad(activation: Activation, dz: Span, dy: Span, y: Span): boolean;

  /** `y [N, O, ...out] = activation(conv(x [N, C, ...in], weight [O, C / groups, ...kernel]) + bias [O])`. */
  conv(
    y: Span,
    x: Span,
    weight: Span,
    bias: Span | null,
    activation: Activation,
    geometry: ConvGeometry,
  ): boolean;
  /** `dx [N, C, ...in]` of a convolution without activation; also the forward pass of a transposed convolution. */
  convInputGrad(dx: Span, dy: Span, weight: Span, geometry: ConvGeometry): boolean;
  /** `dWeight [O, C / groups, ...kernel]`. */
  convWeightGrad(dWeight: Span, x: Span, dy: Span, geometry: ConvGeometry, accumulate: boolean): boolean;

  /**
   * Pooling. For max: `indices[i]` is the position in x's whole array of the number that won (first of equals; NaN
   * wins); null when no gradient is wanted. For avg: zeros of the padding count, as in PyTorch's default.
   */
  pool(kind: "max" | "avg", y: Span, indices: Int32Array | null, x: Span, geometry: PoolGeometry): boolean;
  /** `dx` of `pool`; windows may overlap. */
  poolGrad(
    kind: "max" | "avg",
    dx: Span,
    dy: Span,
    indices: Int32Array | null,
    geometry: PoolGeometry,
  ): boolean;

  /** One optimizer step on elements `start <= i < end` of flat arenas; p and state change in place. See UpdateRule. */
  update(
    rule: UpdateRule,
    parameters: Span,
    gradients: Span,
    state: readonly Span[],
    start: number,
    end: number,
    numbers: readonly number[],
  ): boolean;
}
