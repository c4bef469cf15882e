// Problems large enough to be shared, on one thread and on two; the conformance suites on two threads are in test/suites.
import { availableParallelism } from "node:os";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { configure, status } from "../../../../src/engine/control.js";
import { activeEngine } from "../../../../src/engine/engine.js";
import type { ConvGeometry, Engine } from "../../../../src/engine/interface.js";
import { keptSpan, newSpan, numbers } from "../../../../src/engine/memory.js";
import type { Span } from "../../../../src/engine/span.js";
import { worthSharing } from "../../../../src/engine/threads/threadedEngine.js";
import { createRandom } from "../../../../src/random.js";
import { useBuiltHelpers } from "../../../support/helperProgram.js";

const random = createRandom(7);
function filled(length: number, kept = false): Span {
  const span = kept ? keptSpan("float32", length) : newSpan("float32", length);
  const values = numbers(span);
  for (let i = 0; i < length; i++) values[i] = random.normal();
  return span;
}

const geometry: ConvGeometry = {
  batch: 9,
  inChannels: 6,
  outChannels: 10,
  groups: 2,
  inputSize: [1, 30, 29],
  kernelSize: [1, 5, 5],
  outputSize: [1, 28, 27],
  stride: [1, 1, 1],
  padding: [0, 1, 1],
  dilation: [1, 1, 1],
};
const [inputs, outputs, weights] = [9 * 6 * 30 * 29, 9 * 10 * 28 * 27, 10 * 3 * 25];

/** What `compute` writes, with one thread and with two, from the same inputs. */
function withOneAndTwo(length: number, compute: (engine: Engine, to: Span) => boolean): number[][] {
  return [1, 2].map((threads) => {
    configure({ threads });
    const to = newSpan("float32", length);
    numbers(to).fill(0.5);
    expect(compute(activeEngine(), to)).toBe(true);
    return [...numbers(to)];
  });
}
const worst = ([one, two]: number[][]): number =>
  one!.reduce((most, value, i) => Math.max(most, Math.abs(value - two![i]!)), 0);

describe.skipIf(availableParallelism() < 2)("two threads", () => {
  const usual = { ...worthSharing };
  beforeAll(() => {
    useBuiltHelpers();
    Object.assign(worthSharing, { operations: 1e6, numbers: 1e5 });
  });
  afterAll(() => {
    Object.assign(worthSharing, usual);
    configure({ threads: 1 });
  });

  test("status says so", () => {
    configure({ threads: 2 });
    expect([status().threads, String(status()).includes(", 2 threads, ")]).toEqual([2, true]);
  });

  test("a convolution is shared image by image: the same numbers to the last bit", () => {
    const [x, w, b] = [filled(inputs, true), filled(weights, true), filled(10, true)];
    const both = withOneAndTwo(outputs, (engine, y) => engine.conv(y, x, w, b, "relu", geometry));
    expect(both[1]).toEqual(both[0]);
    expect(both[0]!.some((value) => value > 1)).toBe(true);
  });

  test("its input gradient too", () => {
    const [dy, w] = [filled(outputs, true), filled(weights, true)];
    const both = withOneAndTwo(inputs, (engine, dx) => engine.convInputGrad(dx, dy, w, geometry));
    expect(both[1]).toEqual(both[0]);
  });

  test.each([false, true])(
    "its weight gradient, up to rounding; added to what is there: %s",
    (accumulate) => {
      const [x, dy] = [filled(inputs, true), filled(outputs, true)];
      const both = withOneAndTwo(weights, (engine, dw) =>
        engine.convWeightGrad(dw, x, dy, geometry, accumulate),
      );
      // Sums of 6804 products of normal numbers: about 80 in size, rounding 1e-7 of that times the square root of their number.
      expect(worst(both)).toBeLessThan(2e-3);
      expect(Math.max(...both[0]!)).toBeGreaterThan(20);
    },
  );

  test.each([
    [false, false],
    [true, false],
    [false, true],
    [true, true],
  ])("a product is shared row by row, transposed %s %s", (ta, tb) => {
    const [m, n, k] = [131, 150, 170];
    const [a, b] = [filled(m * k, true), filled(k * n, true)];
    const both = withOneAndTwo(m * n, (engine, c) => engine.matmul(c, a, b, m, n, k, ta, tb, 1, 0, 0, true));
    expect(both[1]).toEqual(both[0]);
  });

  test("an optimizer step is shared number by number, from where it is told to", () => {
    const length = 250_003;
    const start = [1, 2, 3, 4].map(() => Float32Array.from({ length }, () => Math.abs(random.normal())));
    const results = [1, 2].map((threads) => {
      configure({ threads });
      const [p, g, m, v] = start.map((values) => {
        const span = keptSpan("float32", length);
        numbers(span).set(values);
        return span;
      }) as [Span, Span, Span, Span];
      const ran = activeEngine().update(
        "adam",
        p,
        g,
        [m, v],
        3,
        length - 1,
        [0.1, 0.01, 0.9, 0.99, 1e-8, 0.5, 0.5],
      );
      expect(ran).toBe(true);
      return [p, m, v].map((span) => [...numbers(span)]);
    });
    expect(results[1]).toEqual(results[0]);
    expect(results[0]![0]!.slice(0, 3)).toEqual([...start[0]!.slice(0, 3)]);
    expect(results[0]![0]![3]).not.toBe(start[0]![3]);
    expect(results[0]![0]!.at(-1)).toBe(start[0]!.at(-1));
  });
});
