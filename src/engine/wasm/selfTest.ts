// A few small problems with odd sizes, run when a path is chosen: wrong code for this processor or V8 must not reach a
// user. The expected numbers are loops in float64; the full conformance suite is in test/suites.

import type { ConvGeometry, Engine } from "../interface.js";
import { newSpan, numbers } from "../memory.js";
import type { Span } from "../span.js";

/** Numbers in [-1, 1) without pattern: the fractional parts of multiples of the golden ratio. */
function sample(length: number, seed: number): Span {
  const span = newSpan("float32", length);
  const values = numbers(span);
  for (let i = 0; i < length; i++) values[i] = 2 * (((i + seed) * 0.6180339887) % 1) - 1;
  return span;
}

function worst(actual: Span, expected: (i: number) => number): number {
  const values = numbers(actual);
  let error = 0;
  for (let i = 0; i < values.length; i++) {
    const difference = Math.abs((values[i] as number) - expected(i));
    if (!(difference <= error)) error = difference; // NaN counts as an error
  }
  return error;
}

/** All sums here have at most 300 terms below 1: float32 rounding stays below this. */
const tolerance = 1e-4;

/** The name of the first operation that is wrong, or null. */
export function failedSelfTest(engine: Engine): string | null {
  // One size for each way of computing: tiles with edges, a vector on either side, more than one panel deep.
  const sizes = [
    [7, 19, 13],
    [5, 1, 6],
    [1, 18, 6],
    [2, 3, 258],
  ] as const;
  for (const [m, n, k] of sizes) {
    for (const [ta, tb] of [
      [false, true],
      [true, false],
    ] as const) {
      const [a, b, c] = [sample(m * k, 1), sample(k * n, 2), newSpan("float32", m * n)];
      const [as, bs] = [numbers(a), numbers(b)];
      const expected = (i: number): number => {
        let sum = 0;
        const [row, column] = [Math.floor(i / n), i % n];
        for (let p = 0; p < k; p++)
          sum += as[ta ? p * m + row : row * k + p]! * bs[tb ? column * k + p : p * n + column]!;
        return sum;
      };
      const ran = engine.matmul(c, a, b, m, n, k, ta, tb, 1, 0, 0, false);
      if (!ran || !(worst(c, expected) < tolerance)) return "matmul";
    }
  }
  const [x, y] = [sample(101, 3), newSpan("float32", 101)];
  const xs = numbers(x);
  if (!engine.activationGrad("tanh", y, x, x) || !(worst(y, (i) => xs[i]! * (1 - xs[i]! ** 2)) < tolerance))
    return "activationGrad";
  const sum = newSpan("float32", 1);
  let total = 0;
  for (const value of xs) total += value;
  if (!engine.reduce("sum", sum, x, 1, 101, 1) || !(worst(sum, () => total) < tolerance)) return "reduce";
  return null;
}

/** The same for convolution, when its kernels are first compiled. */
export function failedConvTest(engine: Engine): string | null {
  return failedConvolution(engine, {
    batch: 1, inChannels: 2, outChannels: 7, groups: 1, inputSize: [1, 5, 11], kernelSize: [1, 2, 3],
    outputSize: [1, 3, 5], stride: [1, 2, 2], padding: [0, 1, 1], dilation: [1, 2, 1],
  }); // biome-ignore format: one line for each kind
}

/** The kernels of a gradient are compiled for its test: a program that does not train need not wait for them. */
export type ConvGradient = "convInputGrad" | "convWeightGrad";

/** The same for convolution by Winograd's method and one gradient: enough channels for it, tiles that overlap, two blocks of channels. */
export function failedWinogradTest(engine: Engine, gradient: ConvGradient): string | null {
  return failedConvolution(engine, {
    batch: 1, inChannels: 10, outChannels: 11, groups: 1, inputSize: [1, 11, 12], kernelSize: [1, 3, 3],
    outputSize: [1, 11, 12], stride: [1, 1, 1], padding: [0, 1, 1], dilation: [1, 1, 1],
  }, [gradient]); // biome-ignore format: one line for each kind
}

/** The test's answer, found when it is first asked for. While the test runs the answer is yes, because the test itself asks. */
export function askedOnce(test: () => boolean): () => boolean {
  let answer: boolean | undefined;
  return () => {
    if (answer === undefined) {
      answer = true;
      answer = test();
    }
    return answer;
  };
}

function failedConvolution(
  engine: Engine,
  geometry: ConvGeometry,
  gradients: readonly ConvGradient[] = ["convInputGrad", "convWeightGrad"],
): string | null {
  const { inChannels, outChannels, inputSize, outputSize, kernelSize, stride, padding, dilation } = geometry;
  const [[, height, width], [, outHeight, outWidth]] = [inputSize, outputSize];
  const [, kernelHeight, kernelWidth] = kernelSize;
  const [inLength, outLength] = [inChannels * height * width, outChannels * outHeight * outWidth];
  const weights = outChannels * inChannels * kernelHeight * kernelWidth;
  const [x, w, y] = [sample(inLength, 4), sample(weights, 5), newSpan("float32", outLength)];
  const [xs, ws] = [numbers(x), numbers(w)];
  const expected = (i: number): number => {
    const o = Math.floor(i / (outHeight * outWidth));
    const [oy, ox] = [Math.floor(i / outWidth) % outHeight, i % outWidth];
    let sum = 0;
    for (let c = 0; c < inChannels; c++)
      for (let ky = 0; ky < kernelHeight; ky++)
        for (let kx = 0; kx < kernelWidth; kx++) {
          const iy = stride[1] * oy + dilation[1] * ky - padding[1];
          const ix = stride[2] * ox + dilation[2] * kx - padding[2];
          if (iy < 0 || iy >= height || ix < 0 || ix >= width) continue;
          const weight = ws[((o * inChannels + c) * kernelHeight + ky) * kernelWidth + kx]!;
          sum += weight * xs[(c * height + iy) * width + ix]!;
        }
    return sum;
  };
  if (!engine.conv(y, x, w, null, "none", geometry) || !(worst(y, expected) < tolerance)) return "conv";
  // Both gradients are adjoints: ⟨conv(x, w), dy⟩ = ⟨x, dx⟩ = ⟨w, dw⟩.
  const [dy, dx, dw] = [sample(outLength, 6), newSpan("float32", inLength), newSpan("float32", weights)];
  const wanted = dot(y, dy);
  const isRight = {
    convInputGrad: () => engine.convInputGrad(dx, dy, w, geometry) && isClose(dot(x, dx)),
    convWeightGrad: () => engine.convWeightGrad(dw, x, dy, geometry, false) && isClose(dot(w, dw)),
  };
  const isClose = (value: number): boolean => Math.abs(value - wanted) < tolerance * Math.sqrt(outLength);
  return gradients.find((name) => !isRight[name]()) ?? null;
}

function dot(a: Span, b: Span): number {
  const [as, bs] = [numbers(a), numbers(b)];
  let sum = 0;
  for (let i = 0; i < as.length; i++) sum += (as[i] as number) * (bs[i] as number);
  return sum;
}
