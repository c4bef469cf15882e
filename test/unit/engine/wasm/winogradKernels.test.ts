// More geometries, against the plain loops through the whole engine, are in test/suites/engineConv.ts.
import { describe, expect, test } from "vitest";
import { convForward, convInputGradient } from "../../../../src/conv/convNd.js";
import type { ConvGeometry } from "../../../../src/engine/interface.js";
import { WinogradKernels } from "../../../../src/engine/wasm/winogradKernels.js";
import { engineParts } from "../../../support/engineParts.js";
import { onHeap, read, simdEngine } from "../../../support/wasmEngine.js";
import { normal, repeated, square } from "../../../support/winogradCases.js";

/** The kernels alone: what they compute is not replaced by the direct tiles when it is wrong. */
function kernels(isSound: () => boolean = () => true): WinogradKernels {
  const { target, integers, images } = engineParts();
  return new WinogradKernels(target, integers, images, isSound);
}

/** Largest error of both directions, relative to the largest number of the float64 loops. */
function errors(g: ConvGeometry): { forward: number; inputGrad: number } {
  const winograd = kernels();
  const [inLength, outLength] = [g.inputSize, g.outputSize].map(
    ([, height, width], i) => g.batch * (i === 0 ? g.inChannels : g.outChannels) * height * width,
  ) as [number, number];
  const x = onHeap(normal(inLength, 1));
  const w = onHeap(normal((g.outChannels * g.inChannels * 9) / g.groups, 2));
  const dy = onHeap(normal(outLength, 3));
  const [y, dx] = [onHeap(repeated(outLength, 0)), onHeap(repeated(inLength, 0))];
  expect(winograd.forward(y.pointer, x.pointer, w.pointer, g)).toBe(true);
  expect(winograd.inputGrad(dx.pointer, dy.pointer, w.pointer, g)).toBe(true);
  const [exact, exactGrad] = [new Float64Array(outLength), new Float64Array(inLength)];
  convForward(exact, Float64Array.from(read(x)), Float64Array.from(read(w)), null, g);
  convInputGradient(exactGrad, Float64Array.from(read(dy)), Float64Array.from(read(w)), g);
  const error = (actual: readonly number[], expected: Float64Array): number => {
    const largest = expected.reduce((m, value) => Math.max(m, Math.abs(value)), 0);
    return actual.reduce((m, value, i) => Math.max(m, Math.abs(value - expected[i]!)), 0) / largest;
  };
  return { forward: error(read(y), exact), inputGrad: error(read(dx), exactGrad) };
}

// Direct float32 sums of 9·64 products are off by up to 1e-6 of the largest output. The transforms double that, and without
// fused multiply-add, as here, rounding twice in each step adds about as much again.
describe("within 4e-6 of the largest output of the float64 loops", () => {
  test.each([
    [
      "64 channels in three blocks of 32 tiles, 9 an image, the second with parts of five images",
      square(8, 64, 64, 12),
    ],
    ["an odd number of rows and columns", square(3, 9, 17, 7)],
    ["two groups", { ...square(3, 24, 32, 8), groups: 2 }],
    ["no padding", { ...square(2, 16, 16, 10), padding: [0, 0, 0], outputSize: [1, 8, 8] } as const],
    ["padding 2 on one axis", { ...square(1, 16, 8, 6), padding: [0, 2, 1], outputSize: [1, 8, 6] } as const],
  ])("%s", (_name, g) => {
    const { forward, inputGrad } = errors(g);
    expect(forward).toBeLessThan(4e-6);
    expect(inputGrad).toBeLessThan(4e-6);
  });
});

test("ones: the number of inputs under the kernel, times 16 channels", () => {
  const winograd = kernels();
  const y = onHeap(repeated(16 * 36, 0));
  const [x, w] = [onHeap(repeated(16 * 36, 1)), onHeap(repeated(16 * 144, 1))];
  expect(winograd.forward(y.pointer, x.pointer, w.pointer, square(1, 16, 16, 6))).toBe(true);
  const count = (i: number): number => (i === 0 || i === 5 ? 2 : 3);
  read(y).forEach((value, i) => {
    expect(value).toBeCloseTo(16 * count(Math.floor(i / 6) % 6) * count(i % 6), 3);
  });
});

test("an image gives the same numbers alone and in a batch", () => {
  const winograd = kernels();
  const images = onHeap(normal(5 * 16 * 49, 3));
  const w = onHeap(normal(16 * 16 * 9, 4));
  const together = onHeap(repeated(5 * 16 * 49, 0));
  winograd.forward(together.pointer, images.pointer, w.pointer, square(5, 16, 16, 7));
  const alone = [0, 1, 2, 3, 4].flatMap((n) => {
    const y = onHeap(repeated(16 * 49, 0));
    winograd.forward(y.pointer, images.pointer + 4 * 784 * n, w.pointer, square(1, 16, 16, 7));
    return read(y);
  });
  expect(read(together)).toEqual(alone);
});

describe("numbers that are not finite, or do not stay so", () => {
  const g = square(1, 8, 8, 9);
  const w = (): ReturnType<typeof onHeap> => onHeap(repeated(8 * 72, 1));
  const isNear = (i: number): boolean =>
    Math.abs((Math.floor(i / 9) % 9) - 4) <= 1 && Math.abs((i % 9) - 4) <= 1;

  test.each([
    ["NaN", Number.NaN],
    ["∞", Number.POSITIVE_INFINITY],
    ["a number whose transform overflows", 3e38],
  ])(
    "%s is refused, and the engine gives it to the outputs whose window holds it and no others",
    (_name, bad) => {
      const xs = repeated(8 * 81, 0);
      xs[3 * 81 + 4 * 9 + 4] = bad;
      const x = onHeap(xs);
      const y = onHeap(repeated(8 * 81, 0));
      const winograd = kernels();
      expect(winograd.forward(y.pointer, x.pointer, w().pointer, g)).toBe(false);
      expect(winograd.inputGrad(y.pointer, x.pointer, w().pointer, g)).toBe(false);
      const expected = Array.from({ length: 648 }, (_, i) => (isNear(i) ? Math.fround(bad) : 0));
      const engine = simdEngine();
      expect(engine.conv(y, x, w(), null, "none", g)).toBe(true);
      expect(read(y)).toEqual(expected);
      expect(engine.convInputGrad(y, x, w(), g)).toBe(true);
      expect(read(y)).toEqual(expected);
    },
  );
});

test("bias and activation follow as after the direct tiles", () => {
  const engine = simdEngine();
  const y = onHeap(repeated(2 * 8 * 64, 0));
  const bias = onHeap([1, -1, 2, -2, 3, -3, 4, -4]);
  const [x, w] = [onHeap(repeated(2 * 8 * 64, 0)), onHeap(normal(8 * 72, 5))];
  engine.conv(y, x, w, bias, "relu", square(2, 8, 8, 8));
  const channels = [1, 0, 2, 0, 3, 0, 4, 0];
  expect(read(y)).toEqual(Array.from({ length: 1024 }, (_, i) => channels[(i >> 6) & 7]));
});

test("when it is not sound here it is never used", () => {
  const winograd = kernels(() => false);
  expect(winograd.forward(0, 0, 0, square(1, 8, 8, 8))).toBe(false);
  expect(winograd.inputGrad(0, 0, 0, square(1, 8, 8, 8))).toBe(false);
});
