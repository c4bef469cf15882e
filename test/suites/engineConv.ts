// Convolution and pooling of an engine against the plain loops of src/conv in float64, over geometries that mix padding,
// stride, dilation, groups and one to three axes; random ones come from a fixed seed and name themselves.
import { describe, expect, test } from "vitest";
import { convForward, convInputGradient, convWeightGradient } from "../../src/conv/convNd.js";
import {
  averageDivisors,
  averagePoolForward,
  averagePoolGradient,
  maxPoolForward,
  maxPoolGradient,
} from "../../src/conv/poolNd.js";
import type { Activation, ConvGeometry } from "../../src/engine/interface.js";
import { numbers } from "../../src/engine/memory.js";
import type { EngineSuite } from "./engine.js";
import { Arena, expectWithin, Numbers32, reference } from "./engineArena.js";

type Triple = readonly [number, number, number];
const product = (sizes: readonly number[]): number => sizes.reduce((a, b) => a * b, 1);

interface Case {
  batch?: number;
  inChannels?: number;
  outChannels?: number;
  groups?: number;
  size: Triple;
  kernel: Triple;
  stride?: Triple;
  padding?: Triple;
  dilation?: Triple;
  /** Zeros after the last number beyond those before the first. */
  after?: Triple;
}

function geometry({ size, kernel, ...rest }: Case): ConvGeometry {
  const { batch = 2, inChannels = 1, outChannels = 1, groups = 1, stride = [1, 1, 1] } = rest;
  const { padding = [0, 0, 0], dilation = [1, 1, 1], after = [0, 0, 0] } = rest;
  const outputSize = size.map((n, axis) => {
    const span = dilation[axis]! * (kernel[axis]! - 1) + 1;
    return Math.floor((n + 2 * padding[axis]! + after[axis]! - span) / stride[axis]!) + 1;
  }) as unknown as Triple;
  return {
    batch,
    inChannels,
    outChannels,
    groups,
    inputSize: size,
    kernelSize: kernel,
    outputSize,
    stride,
    padding,
    dilation,
  };
}

// biome-ignore format: a table
const cases: Record<string, Case> = {
  "LeNet's first": { outChannels: 6, size: [1, 28, 28], kernel: [1, 5, 5] },
  "LeNet's second": { inChannels: 6, outChannels: 16, size: [1, 12, 12], kernel: [1, 5, 5] },
  "padded": { inChannels: 3, outChannels: 7, size: [1, 14, 14], kernel: [1, 3, 3], padding: [0, 1, 1] },
  "padding larger than the kernel": { inChannels: 2, outChannels: 5, size: [1, 4, 6], kernel: [1, 2, 2], padding: [0, 3, 4] },
  "output width 1 to 3": { inChannels: 2, outChannels: 5, size: [1, 6, 3], kernel: [1, 3, 2] },
  "one number": { inChannels: 3, outChannels: 5, size: [1, 1, 1], kernel: [1, 1, 1] },
  "the window is the image": { inChannels: 3, outChannels: 5, size: [1, 4, 5], kernel: [1, 4, 5] },
  "one output position with padding": { inChannels: 2, outChannels: 3, size: [1, 2, 2], kernel: [1, 4, 4], padding: [0, 1, 1] },
  "1-d, wide": { inChannels: 4, outChannels: 9, size: [1, 1, 133], kernel: [1, 1, 9] },
  "3-d": { inChannels: 2, outChannels: 5, size: [4, 7, 9], kernel: [2, 3, 3] },
  "3-d, all at once": { inChannels: 4, outChannels: 6, groups: 2, size: [5, 8, 9], kernel: [2, 3, 2], stride: [1, 2, 3], padding: [1, 1, 0], dilation: [2, 1, 2] },
  "stride 2": { inChannels: 3, outChannels: 8, size: [1, 15, 17], kernel: [1, 3, 3], stride: [1, 2, 2], padding: [0, 1, 1] },
  "stride larger than the kernel": { inChannels: 2, outChannels: 3, size: [1, 11, 13], kernel: [1, 2, 2], stride: [1, 3, 4] },
  "stride 3 leaves the last inputs unread": { inChannels: 2, outChannels: 3, size: [1, 9, 10], kernel: [1, 2, 3], stride: [1, 3, 3] },
  "dilation 3": { inChannels: 2, outChannels: 6, size: [1, 13, 16], kernel: [1, 3, 3], dilation: [1, 3, 3], padding: [0, 2, 3] },
  "dilation and stride share a factor": { inChannels: 2, outChannels: 3, size: [1, 12, 13], kernel: [1, 3, 3], dilation: [1, 2, 2], stride: [1, 2, 2], padding: [0, 1, 1] },
  "groups": { inChannels: 6, outChannels: 9, groups: 3, size: [1, 10, 11], kernel: [1, 3, 3], padding: [0, 1, 1] },
  "depthwise": { inChannels: 5, outChannels: 5, groups: 5, size: [1, 9, 20], kernel: [1, 3, 3], padding: [0, 1, 1] },
  "depthwise with two outputs each": { inChannels: 3, outChannels: 6, groups: 3, size: [1, 9, 9], kernel: [1, 3, 3], stride: [1, 2, 2] },
  "kernel of size 1": { inChannels: 5, outChannels: 7, size: [1, 6, 9], kernel: [1, 1, 1] },
  "kernel of size 1 in groups": { inChannels: 4, outChannels: 6, groups: 2, size: [1, 6, 9], kernel: [1, 1, 1] },
  "kernel of size 1 with stride 2": { inChannels: 3, outChannels: 4, size: [1, 7, 9], kernel: [1, 1, 1], stride: [1, 2, 2] },
  "more zeros after than before": { inChannels: 2, outChannels: 3, size: [1, 8, 9], kernel: [1, 2, 4], padding: [0, 0, 1], after: [0, 1, 1] },
  "3×3 with many channels, tiles that overlap": { inChannels: 16, outChannels: 17, size: [1, 9, 13], kernel: [1, 3, 3], padding: [0, 1, 1] },
  "3×3 with many channels, no padding": { batch: 3, inChannels: 9, outChannels: 16, size: [1, 8, 11], kernel: [1, 3, 3] },
  "3×3 with many channels, one tile": { batch: 7, inChannels: 12, outChannels: 12, size: [1, 4, 4], kernel: [1, 3, 3], padding: [0, 1, 1] },
  "3×3 with many channels, padding 2": { batch: 1, inChannels: 8, outChannels: 10, size: [1, 3, 15], kernel: [1, 3, 3], padding: [0, 2, 2] },
  "3×3 with many channels, other padding in each axis": { inChannels: 10, outChannels: 8, size: [1, 12, 6], kernel: [1, 3, 3], padding: [0, 0, 2] },
  "3×3 with many channels, one row": { inChannels: 16, outChannels: 16, size: [1, 1, 19], kernel: [1, 3, 3], padding: [0, 1, 1] },
  "3×3 with many channels, three rows": { inChannels: 16, outChannels: 16, size: [1, 3, 19], kernel: [1, 3, 3], padding: [0, 1, 1] },
  "3×3 with many channels in groups": { batch: 3, inChannels: 24, outChannels: 32, groups: 2, size: [1, 7, 8], kernel: [1, 3, 3], padding: [0, 1, 1] },
  "3×3 with many channels, zeros after only": { inChannels: 16, outChannels: 8, size: [1, 8, 8], kernel: [1, 3, 3], after: [0, 2, 1] },
  "stride 3 over one padded number": { inChannels: 1, outChannels: 2, size: [1, 1, 1], kernel: [1, 1, 1], stride: [1, 3, 3], padding: [0, 1, 1] },
};

function randomCase(random: Numbers32): Case {
  const axes = random.integer(1, 3);
  const triple = (low: number, high: number, missing: number): Triple =>
    [0, 1, 2].map((axis) => (axis < 3 - axes ? missing : random.integer(low, high))) as unknown as Triple;
  const groups = random.integer(1, 3);
  const [kernel, dilation] = [triple(1, 4, 1), triple(1, 3, 1)];
  const smallest = kernel.map((k, axis) => dilation[axis]! * (k - 1) + 1);
  const size = triple(0, 9, 1).map((n, axis) =>
    axis < 3 - axes ? 1 : smallest[axis]! + n,
  ) as unknown as Triple;
  return {
    batch: random.integer(1, 3), groups, inChannels: groups * random.integer(1, 4), outChannels: groups * random.integer(1, 9),
    size, kernel, dilation, stride: triple(1, 3, 1), padding: triple(0, 3, 0),
  }; // biome-ignore format: one line
}

export function engineConvSuite({ makeEngine }: EngineSuite): void {
  const random = new Numbers32(7);
  const all = { ...cases };
  for (let i = 0; i < 60; i++) {
    const drawn = randomCase(random);
    all[`random ${i}: ${JSON.stringify(drawn)}`] = drawn;
  }

  describe("convolution", () => {
    test.each(Object.entries(all))("%s", (_name, drawn) => {
      const engine = makeEngine();
      const g = geometry(drawn);
      const lengths = {
        x: g.batch * g.inChannels * product(g.inputSize),
        w: (g.outChannels * g.inChannels * product(g.kernelSize)) / g.groups,
        y: g.batch * g.outChannels * product(g.outputSize),
      };
      const [xs, ws, bs] = [random.array(lengths.x), random.array(lengths.w), random.array(g.outChannels)];
      const arena = new Arena(1 << 18);
      const [x, w, b] = [arena.input(xs), arena.input(ws), arena.input(bs)];
      const taps = lengths.w / g.outChannels;
      for (const activation of ["none", "relu", "tanh"] as Activation[]) {
        const y = arena.output(lengths.y);
        expect(engine.conv(y, x, w, activation === "relu" ? null : b, activation, g)).toBe(true);
        const exact = new Float64Array(lengths.y);
        const shift = activation === "relu" ? null : Float64Array.from(bs);
        convForward(exact, Float64Array.from(xs), Float64Array.from(ws), shift, g);
        const f =
          activation === "tanh"
            ? Math.tanh
            : activation === "relu"
              ? (v: number) => Math.max(v, 0)
              : (v: number) => v;
        expectWithin(
          y,
          reference(exact.map(f)),
          () => (taps + 12) * 2 ** -23 * (taps + 1),
          `conv ${activation}`,
        );
      }
      arena.check();

      const dys = random.array(lengths.y);
      const [dy, dx] = [arena.input(dys), arena.output(lengths.x)];
      expect(engine.convInputGrad(dx, dy, w, g)).toBe(true);
      const exactX = new Float64Array(lengths.x);
      convInputGradient(exactX, Float64Array.from(dys), Float64Array.from(ws), g);
      const terms = (g.outChannels / g.groups) * product(g.kernelSize);
      expectWithin(dx, reference(exactX), () => (terms + 8) * 2 ** -23 * terms, "convInputGrad");

      for (const accumulate of [false, true]) {
        const before = random.array(lengths.w);
        const dw = arena.output(lengths.w, before);
        expect(engine.convWeightGrad(dw, x, dy, g, accumulate)).toBe(true);
        const exactW = new Float64Array(lengths.w);
        convWeightGradient(exactW, Float64Array.from(xs), Float64Array.from(dys), g);
        if (accumulate) for (let i = 0; i < before.length; i++) exactW[i] = exactW[i]! + before[i]!;
        const sum = g.batch * product(g.outputSize);
        expectWithin(dw, reference(exactW), () => (sum + 8) * 2 ** -23 * (sum + 1), "convWeightGrad");
      }
      arena.check();
    });

    test("NaN and infinity reach only the outputs whose windows hold them", () => {
      const engine = makeEngine();
      const g = geometry({
        batch: 1,
        inChannels: 2,
        outChannels: 3,
        size: [1, 7, 9],
        kernel: [1, 3, 3],
        padding: [0, 1, 1],
      });
      for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
        const arena = new Arena();
        const [xs, ws, dys] = [random.array(126), random.array(54, 0.5, 1), random.array(189, 0.5, 1)];
        xs[40] = bad;
        const [x, w, dy] = [arena.input(xs), arena.input(ws), arena.input(dys)];
        const [y, dw] = [arena.output(189), arena.output(54)];
        engine.conv(y, x, w, null, "none", g);
        engine.convWeightGrad(dw, x, dy, g, false);
        const [exact, exactW] = [new Float64Array(189), new Float64Array(54)];
        convForward(exact, Float64Array.from(xs), Float64Array.from(ws), null, g);
        convWeightGradient(exactW, Float64Array.from(xs), Float64Array.from(dys), g);
        expectWithin(y, reference(exact), () => 1e-5, "conv");
        expectWithin(dw, reference(exactW), () => 1e-4, "convWeightGrad");
      }
    });
  });

  describe("pooling", () => {
    // biome-ignore format: a table
    const pools: Record<string, Case> = {
      "2×2": { size: [1, 8, 8], kernel: [1, 2, 2], stride: [1, 2, 2] },
      "2×2, odd sizes": { size: [1, 9, 15], kernel: [1, 2, 2], stride: [1, 2, 2] },
      "2×2, narrow": { size: [1, 4, 6], kernel: [1, 2, 2], stride: [1, 2, 2] },
      "2×2 in each plane of a volume": { size: [3, 6, 10], kernel: [1, 2, 2], stride: [1, 2, 2] },
      "overlapping with padding": { size: [1, 7, 9], kernel: [1, 3, 3], stride: [1, 2, 2], padding: [0, 1, 1] },
      "1-d": { size: [1, 1, 23], kernel: [1, 1, 3], stride: [1, 1, 2] },
      "3-d, dilated": { size: [5, 6, 7], kernel: [2, 2, 2], stride: [2, 1, 2], dilation: [2, 1, 2] },
    };
    test.each(Object.entries(pools))("%s", (_name, drawn) => {
      const engine = makeEngine();
      const g = geometry({ ...drawn, inChannels: 3, outChannels: 3, groups: 3 });
      const [inputs, outputs] = [g.batch * 3 * product(g.inputSize), g.batch * 3 * product(g.outputSize)];
      // Few different numbers, so that there are ties; and some that are special.
      const xs = random.array(inputs).map((v) => Math.round(3 * v) / 2);
      xs[5] = Number.NaN;
      xs[inputs - 4] = Number.NEGATIVE_INFINITY;
      const arena = new Arena();
      const [x, y] = [arena.input(xs), arena.output(outputs)];
      const [winners, exactWinners] = [new Int32Array(outputs), new Int32Array(outputs)];
      expect(engine.pool("max", y, winners, x, g)).toBe(true);
      const exact = new Float64Array(outputs);
      maxPoolForward(exact, exactWinners, Float64Array.from(xs), g);
      expectWithin(y, reference(exact), () => 0, "max pool");
      expect(Array.from(winners)).toEqual(Array.from(exactWinners));
      expect(engine.pool("max", y, null, x, g)).toBe(true);
      expectWithin(y, reference(exact), () => 0, "max pool without winners");

      const dys = random.array(outputs);
      const [dy, dx] = [arena.input(dys), arena.output(inputs)];
      expect(engine.poolGrad("max", dx, dy, exactWinners, g)).toBe(true);
      const exactX = new Float64Array(inputs);
      maxPoolGradient(exactX, Float64Array.from(dys), exactWinners);
      expectWithin(dx, reference(exactX), () => 1e-5, "max pool gradient");

      expect(engine.pool("avg", y, null, x, g)).toBe(true);
      const divisors = averageDivisors(g, true);
      averagePoolForward(exact, Float64Array.from(xs), g, divisors);
      expectWithin(y, reference(exact), () => 1e-5, "average pool");
      expect(engine.poolGrad("avg", dx, dy, null, g)).toBe(true);
      averagePoolGradient(exactX, Float64Array.from(dys), g, divisors);
      expectWithin(dx, reference(exactX), () => 1e-5, "average pool gradient");
      arena.check();
      expect(numbers(y)).toHaveLength(outputs);
    });
  });
}
