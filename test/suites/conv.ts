// The laws of convolution, for any implementation behind the engine's interface: run by conv.test.ts with each of them.
import { describe, expect, test } from "vitest";
import { convNd } from "../../src/conv/conv.js";
import { conv1dInputGrad, conv2dInputGrad, conv3dInputGrad } from "../../src/conv/convInputGrad.js";
import { convForward, convInputGradient, convWeightGradient } from "../../src/conv/convNd.js";
import { convTranspose1d, convTranspose2d, convTranspose3d } from "../../src/conv/convTranspose.js";
import { conv1dWeightGrad, conv2dWeightGrad, conv3dWeightGrad } from "../../src/conv/convWeightGrad.js";
import { im2col } from "../../src/conv/im2col.js";
import { maxPool2d } from "../../src/conv/maxPool.js";
import { slidingGeometry } from "../../src/conv/shape.js";
import { toeplitz } from "../../src/conv/toeplitz.js";
import type { Dtype } from "../../src/engine/engine.js";
import { createRandom, type Random } from "../../src/random.js";
import { randn, tensor } from "../../src/tensor/create.js";
import type { Tensor } from "../../src/tensor/tensor.js";

/** One implementation: how to switch to it, and the number type in which it is asked. */
export interface ConvSuite {
  readonly name: string;
  readonly dtype: Dtype;
  /** Called before each test. */
  readonly use: () => void;
}

interface Settings {
  readonly stride: number[];
  readonly padding: number[];
  readonly dilation: number[];
  readonly groups: number;
}

interface Case {
  readonly label: string;
  readonly axes: number;
  readonly inputShape: number[];
  readonly weightShape: number[];
  readonly settings: Settings;
}

/** A convolution whose window fits: sizes, channels, groups and all settings drawn together. */
function randomCase(random: Random): Case {
  const axes = random.integer(1, 4);
  const groups = random.choice([1, 1, 2, 3]);
  const list = (draw: () => number): number[] => Array.from({ length: axes }, draw);
  const kernel = list(() => random.integer(1, 5));
  const stride = list(() => random.integer(1, 4));
  const dilation = list(() => random.integer(1, 4));
  const padding = list(() => random.integer(0, 6));
  const size = kernel.map((k, axis) =>
    Math.max(1, dilation[axis]! * (k - 1) + 1 - 2 * padding[axis]! + random.integer(0, 9)),
  );
  const [inPerGroup, outPerGroup] = [random.integer(1, 4), random.integer(1, 7)];
  const settings = { stride, padding, dilation, groups };
  const inputShape = [random.integer(1, 4), groups * inPerGroup, ...size];
  const weightShape = [groups * outPerGroup, inPerGroup, ...kernel];
  return {
    label: JSON.stringify({ inputShape, weightShape, ...settings }),
    axes,
    inputShape,
    weightShape,
    settings,
  };
}

const inputGrads = [conv1dInputGrad, conv2dInputGrad, conv3dInputGrad];
const weightGrads = [conv1dWeightGrad, conv2dWeightGrad, conv3dWeightGrad];
const transposes = [convTranspose1d, convTranspose2d, convTranspose3d];

/** Largest difference, relative to the largest number: a sum of n terms of size 1 is not exact to 1e-7 each. */
function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  let [worst, scale] = [0, 1];
  for (let i = 0; i < a.length; i++) {
    worst = Math.max(worst, Math.abs(a[i]! - b[i]!));
    scale = Math.max(scale, Math.abs(b[i]!));
  }
  return worst / scale;
}

function dot(a: Tensor, b: Tensor): number {
  expect(a.shape).toEqual(b.shape);
  return Array.from(a.data).reduce((sum, value, i) => sum + value * b.data[i]!, 0);
}

const SEED = 20260301;

export function convSuite({ name, dtype, use }: ConvSuite): void {
  const tolerance = dtype === "float64" ? 1e-12 : 1e-5;
  const laws = (title: string, cases: number, law: (random: Random, c: Case) => void): void => {
    test(title, () => {
      use();
      const random = createRandom(SEED).split(title);
      for (let i = 0; i < cases; i++) {
        const c = randomCase(random);
        try {
          law(random, c);
        } catch (error) {
          (error as Error).message = `case ${i}, ${c.label}: ${(error as Error).message}`;
          throw error;
        }
      }
    });
  };
  const draw = (random: Random, shape: readonly number[]): Tensor => randn(shape, { random, dtype });
  const conv = (c: Case, x: Tensor, w: Tensor, bias?: Tensor): Tensor =>
    convNd("conv", c.axes, x, w, { ...c.settings, bias });

  describe(`${name}, ${dtype}`, () => {
    laws("equals the plain loops, forward and both gradients", 120, (random, c) => {
      const x = draw(random, c.inputShape);
      const w = draw(random, c.weightShape);
      const bias = draw(random, [c.weightShape[0]!]);
      x.requiresGrad = true;
      w.requiresGrad = true;
      bias.requiresGrad = true;
      const y = conv(c, x, w, bias);
      const dy = draw(random, y.shape);
      const output = Float64Array.from(y.data);
      y.backward(dy);
      const sliding = slidingGeometry("conv", c.inputShape.slice(2), c.weightShape.slice(2), c.settings);
      const geometry = {
        batch: c.inputShape[0]!,
        inChannels: c.inputShape[1]!,
        outChannels: c.weightShape[0]!,
        groups: c.settings.groups,
        ...sliding,
      };
      const plain = new Float64Array(y.size);
      convForward(plain, x.data, w.data, bias.data, geometry);
      expect(distance(output, plain), "output").toBeLessThan(tolerance);
      const dx = new Float64Array(x.size);
      convInputGradient(dx, dy.data, w.data, geometry);
      expect(distance(x.grad!.data, dx), "input gradient").toBeLessThan(tolerance);
      const dw = new Float64Array(w.size);
      convWeightGradient(dw, x.data, dy.data, geometry);
      expect(distance(w.grad!.data, dw), "weight gradient").toBeLessThan(tolerance);
      const inner = y.size / (y.shape[0]! * y.shape[1]!);
      const db = new Float64Array(bias.size);
      dy.data.forEach((value, i) => {
        const channel = Math.floor(i / inner) % bias.size;
        db[channel] = db[channel]! + value;
      });
      expect(distance(bias.grad!.data, db), "bias gradient").toBeLessThan(tolerance);
    });

    laws("⟨conv(x, w), y⟩ = ⟨x, inputGrad(y, w)⟩ = ⟨w, weightGrad(x, y)⟩", 60, (random, c) => {
      const x = draw(random, c.inputShape);
      const w = draw(random, c.weightShape);
      const out = conv(c, x, w);
      const y = draw(random, out.shape);
      const { settings } = c;
      const dx = inputGrads[c.axes - 1]!(y, w, { ...settings, inputSize: c.inputShape });
      const dw = weightGrads[c.axes - 1]!(x, y, { ...settings, kernelSize: c.weightShape.slice(2) });
      const scale = Math.sqrt(dot(out, out) * dot(y, y)) + 1;
      expect(Math.abs(dot(out, y) - dot(x, dx)) / scale).toBeLessThan(tolerance);
      expect(Math.abs(dot(out, y) - dot(w, dw)) / scale).toBeLessThan(tolerance);
    });

    laws(
      "the input gradient is the transposed convolution, with the output padding of its length",
      60,
      (random, c) => {
        const { stride, padding, dilation, groups } = c.settings;
        const kernel = c.weightShape.slice(2);
        const outputPadding = c.inputShape
          .slice(2)
          .map(
            (n, axis) => (n + 2 * padding[axis]! - dilation[axis]! * (kernel[axis]! - 1) - 1) % stride[axis]!,
          );
        const w = draw(random, c.weightShape);
        const y = draw(random, conv(c, draw(random, c.inputShape), w).shape);
        const dx = inputGrads[c.axes - 1]!(y, w, { ...c.settings, inputSize: c.inputShape });
        const up = transposes[c.axes - 1]!(y, w, { stride, padding, dilation, groups, outputPadding });
        expect(up.shape).toEqual(c.inputShape);
        expect(distance(up.data, dx.data)).toBeLessThan(tolerance);
      },
    );

    laws("is linear in the input and in the weight", 40, (random, c) => {
      const [x1, x2] = [draw(random, c.inputShape), draw(random, c.inputShape)];
      const [w1, w2] = [draw(random, c.weightShape), draw(random, c.weightShape)];
      const combine = (a: Tensor, b: Tensor): Tensor =>
        tensor(
          Float64Array.from(a.data, (value, i) => 2 * value - 3 * b.data[i]!),
          { shape: [...a.shape], dtype },
        );
      const inInput = conv(c, combine(x1, x2), w1);
      expect(distance(inInput.data, combine(conv(c, x1, w1), conv(c, x2, w1)).data)).toBeLessThan(
        3 * tolerance,
      );
      const inWeight = conv(c, x1, combine(w1, w2));
      expect(distance(inWeight.data, combine(conv(c, x1, w1), conv(c, x1, w2)).data)).toBeLessThan(
        3 * tolerance,
      );
    });

    laws("a group sees its own channels only: grouped = one convolution per group", 40, (random, c) => {
      const { groups } = c.settings;
      const x = draw(random, [1, ...c.inputShape.slice(1)]);
      const w = draw(random, c.weightShape);
      const whole = conv(c, x, w);
      const parts = Array.from({ length: groups }, (_, g) => {
        const part = (t: Tensor, axisLength: number, shape: number[]): Tensor => {
          const length = t.size / groups;
          return tensor(t.data.slice(g * length, (g + 1) * length), {
            shape: [...shape.slice(0, -c.axes - 1), axisLength, ...shape.slice(-c.axes)],
            dtype,
          });
        };
        const xg = part(x, c.weightShape[1]!, [1, 0, ...c.inputShape.slice(2)]);
        const length = w.size / groups;
        const wg = tensor(w.data.slice(g * length, (g + 1) * length), {
          shape: [c.weightShape[0]! / groups, ...c.weightShape.slice(1)],
          dtype,
        });
        return Array.from(convNd("conv", c.axes, xg, wg, { ...c.settings, groups: 1 }).data);
      });
      expect(distance(whole.data, parts.flat())).toBeLessThan(tolerance);
    });

    laws("im2col · weight = conv (two axes, one group)", 40, (random, c) => {
      if (c.axes !== 2 || c.settings.groups !== 1) return;
      const x = draw(random, c.inputShape);
      const w = draw(random, c.weightShape);
      const { stride, padding, dilation } = c.settings;
      const columns = im2col(x, { stride, padding, dilation, kernelSize: c.weightShape.slice(2) });
      const [N, rows, places] = columns.shape as [number, number, number];
      const outChannels = c.weightShape[0]!;
      const product = new Float64Array(N * outChannels * places);
      for (let n = 0; n < N; n++)
        for (let o = 0; o < outChannels; o++)
          for (let t = 0; t < rows; t++)
            for (let p = 0; p < places; p++) {
              const at = (n * outChannels + o) * places + p;
              product[at] = product[at]! + w.data[o * rows + t]! * columns.data[(n * rows + t) * places + p]!;
            }
      expect(distance(conv(c, x, w).data, product)).toBeLessThan(tolerance);
    });

    laws("toeplitz(w) · x = conv (one or two axes, one channel)", 60, (random, c) => {
      if (c.axes === 3) return;
      const [size, kernel] = [c.inputShape.slice(2), c.weightShape.slice(2)];
      const w = draw(random, kernel);
      const x = draw(random, size);
      const { stride, padding, dilation } = c.settings;
      const matrix = toeplitz(w, size, { stride, padding, dilation });
      const [rows, columns] = matrix.shape as [number, number];
      const product = Array.from({ length: rows }, (_, r) =>
        Array.from(x.data).reduce((sum, value, i) => sum + value * matrix.data[r * columns + i]!, 0),
      );
      const batched = (t: Tensor): Tensor => tensor(t.data, { shape: [1, 1, ...t.shape], dtype });
      const direct = convNd("conv", c.axes, batched(x), batched(w), { stride, padding, dilation });
      expect(distance(direct.data, product)).toBeLessThan(tolerance);
    });

    test("a shifted input gives a shifted output, away from the borders", () => {
      use();
      const random = createRandom(SEED);
      const x = draw(random, [1, 2, 9, 11]);
      const w = draw(random, [3, 2, 3, 3]);
      const shifted = new Float64Array(x.size);
      for (let row = 0; row < 18; row++)
        for (let i = 1; i < 11; i++) shifted[row * 11 + i] = x.data[row * 11 + i - 1]!;
      const y = convNd("conv", 2, x, w).data;
      const moved = convNd("conv", 2, tensor(shifted, { shape: [1, 2, 9, 11], dtype }), w).data;
      for (let row = 0; row < 21; row++)
        for (let i = 1; i < 9; i++)
          expect(Math.abs(moved[row * 9 + i]! - y[row * 9 + i - 1]!)).toBeLessThan(tolerance * 10);
    });

    test("gradients of a weight used twice add up", () => {
      use();
      const random = createRandom(SEED);
      const [a, b] = [draw(random, [2, 1, 6, 6]), draw(random, [2, 1, 6, 6])];
      const w = draw(random, [3, 1, 3, 3]);
      const alone = [a, b].map((x) => {
        const own = tensor(w.data, { shape: [3, 1, 3, 3], dtype, requiresGrad: true });
        const y = convNd("conv", 2, x, own);
        y.backward(tensor(new Float64Array(y.size).fill(1), { shape: [...y.shape], dtype }));
        return own.grad!.data;
      });
      w.requiresGrad = true;
      for (const x of [a, b]) {
        const y = convNd("conv", 2, x, w);
        y.backward(tensor(new Float64Array(y.size).fill(1), { shape: [...y.shape], dtype }));
      }
      const sums = Array.from(alone[0]!, (value, i) => value + alone[1]![i]!);
      expect(distance(w.grad!.data, sums)).toBeLessThan(tolerance);
    });

    test("maxPool2d gives a tie to the first of equals, and NaN wins", () => {
      use();
      const x = tensor([1, 3, 3, 2, Number.NaN, 9, 0, 5], { shape: [2, 1, 2, 2], dtype, requiresGrad: true });
      const y = maxPool2d(x, { kernelSize: 2 });
      expect(Array.from(y.data)).toEqual([3, Number.NaN]);
      y.backward(tensor([10, 7], { shape: [2, 1, 1, 1], dtype }));
      expect(Array.from(x.grad!.data)).toEqual([0, 10, 0, 0, 7, 0, 0, 0]);
    });

    test("an empty batch gives an empty output and zero gradients", () => {
      use();
      const x = tensor(new Float64Array(0), { shape: [0, 2, 5, 5], dtype, requiresGrad: true });
      const w = draw(createRandom(SEED), [3, 2, 3, 3]);
      w.requiresGrad = true;
      const y = convNd("conv", 2, x, w);
      expect(y.shape).toEqual([0, 3, 3, 3]);
      y.backward(tensor(new Float64Array(0), { shape: [0, 3, 3, 3], dtype }));
      expect(Array.from(w.grad!.data)).toEqual(new Array(54).fill(0));
    });
  });
}
