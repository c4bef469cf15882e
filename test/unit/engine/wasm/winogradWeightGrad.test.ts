// More geometries, against the plain loops through the whole engine, are in test/suites/engineConv.ts.
import { describe, expect, test } from "vitest";
import { convWeightGradient } from "../../../../src/conv/convNd.js";
import type { ConvGeometry } from "../../../../src/engine/interface.js";
import { endOfStep } from "../../../../src/engine/memory.js";
import { WinogradWeightGrad } from "../../../../src/engine/wasm/winogradWeightGrad.js";
import { engineParts } from "../../../support/engineParts.js";
import { onHeap, read, simdEngine } from "../../../support/wasmEngine.js";
import { normal, repeated, square } from "../../../support/winogradCases.js";

/** The kernels alone: what they compute is not replaced by the direct tiles when it is wrong. */
function kernels(isSound: () => boolean = () => true): WinogradWeightGrad {
  const { target, bodies, integers, images } = engineParts();
  return new WinogradWeightGrad(target, bodies, integers, images, isSound);
}
const lengths = (g: ConvGeometry): { x: number; y: number; w: number } => ({
  x: g.batch * g.inChannels * g.inputSize[1] * g.inputSize[2],
  y: g.batch * g.outChannels * g.outputSize[1] * g.outputSize[2],
  w: (9 * g.inChannels * g.outChannels) / g.groups,
});

// A direct float32 sum has one rounding for each of its terms, this one a sixteenth as many: measured 3e-7 to 1.2e-6.
describe("within 3e-6 of the largest gradient of the float64 loops", () => {
  test.each([
    ["64 channels, many blocks of tiles", square(8, 64, 64, 12)],
    ["tiles that are not full", square(3, 9, 17, 7)],
    ["two groups", { ...square(3, 24, 32, 8), groups: 2 }],
    ["no padding", { ...square(2, 16, 16, 10), padding: [0, 0, 0], outputSize: [1, 8, 8] } as const],
    ["padding 2 on one axis", { ...square(1, 16, 8, 6), padding: [0, 2, 1], outputSize: [1, 8, 6] } as const],
  ])("%s", (_name, g) => {
    const winograd = kernels();
    const { x: inLength, y: outLength, w: weights } = lengths(g);
    const [x, dy] = [onHeap(normal(inLength, 1)), onHeap(normal(outLength, 2))];
    const dw = onHeap(repeated(weights, 7));
    // twice, the second time in memory that holds the numbers of the first
    winograd.run(dw.pointer, x.pointer, dy.pointer, g);
    endOfStep();
    expect(winograd.run(dw.pointer, x.pointer, dy.pointer, g)).toBe(true);
    const exact = new Float64Array(weights);
    convWeightGradient(exact, Float64Array.from(read(x)), Float64Array.from(read(dy)), g);
    const largest = exact.reduce((m, value) => Math.max(m, Math.abs(value)), 0);
    const worst = read(dw).reduce((m, value, i) => Math.max(m, Math.abs(value - exact[i]!)), 0);
    expect(worst / largest).toBeLessThan(3e-6);
  });
});

test("the engine adds to what is there when it is asked to", () => {
  const g = square(2, 16, 16, 8);
  const engine = simdEngine();
  const { x: inLength, y: outLength, w: weights } = lengths(g);
  const [x, dy] = [onHeap(normal(inLength, 1)), onHeap(normal(outLength, 2))];
  const [dw, sum] = [onHeap(repeated(weights, 0)), onHeap(repeated(weights, 100))];
  engine.convWeightGrad(dw, x, dy, g, false);
  engine.convWeightGrad(sum, x, dy, g, true);
  const gradient = read(dw);
  expect(gradient.some((value) => Math.abs(value) > 1)).toBe(true);
  read(sum).forEach((value, i) => {
    expect(value).toBeCloseTo(100 + gradient[i]!, 4);
  });
});

test.each([Number.NaN, Number.POSITIVE_INFINITY])(
  "%d in the data is refused, and the engine gives it to its channel and no other",
  (bad) => {
    const winograd = kernels();
    const g = square(1, 16, 16, 8);
    const { x: inLength, y: outLength, w: weights } = lengths(g);
    const xs = repeated(inLength, 0);
    xs[3 * 64 + 27] = bad;
    const [x, dy, dw] = [onHeap(xs), onHeap(repeated(outLength, 1)), onHeap(repeated(weights, 0))];
    expect(winograd.run(dw.pointer, x.pointer, dy.pointer, g)).toBe(false);
    expect(simdEngine().convWeightGrad(dw, x, dy, g, false)).toBe(true);
    const expected = Array.from({ length: weights }, (_, i) => (Math.floor(i / 9) % 16 === 3 ? bad : 0));
    expect(read(dw)).toEqual(expected);
  },
);

test("when it is not sound here it is never used", () => {
  expect(kernels(() => false).run(0, 0, 0, square(1, 16, 16, 8))).toBe(false);
});
