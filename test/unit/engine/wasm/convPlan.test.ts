import { expect, test } from "vitest";
import type { ConvGeometry } from "../../../../src/engine/interface.js";
import {
  forwardSource,
  forwardTaps,
  planForward,
  planInputGrad,
} from "../../../../src/engine/wasm/convPlan.js";

const choice = { tiles: [{ rows: 4, vectors: 2, unroll: 1, left: "splat" }], isWide: false } as const;
const line = (options: Partial<ConvGeometry>): ConvGeometry => ({
  batch: 1,
  inChannels: 1,
  outChannels: 1,
  groups: 1,
  inputSize: [1, 1, 8],
  kernelSize: [1, 1, 3],
  outputSize: [1, 1, 6],
  stride: [1, 1, 1],
  padding: [0, 0, 0],
  dilation: [1, 1, 1],
  ...options,
});

test("taps of two channels with dilation 2 are 0, 2, 4 numbers into each channel", () => {
  const geometry = line({ inChannels: 2, dilation: [1, 1, 2], outputSize: [1, 1, 4] });
  const taps = forwardTaps(geometry, forwardSource(geometry));
  expect(Array.from(taps)).toEqual([0, 8, 16, 32, 40, 48]);
});

test("an image of rows: one run for each, and a row in the padding takes no taps", () => {
  const geometry = line({
    inputSize: [1, 4, 8],
    kernelSize: [1, 3, 1],
    outputSize: [1, 4, 8],
    padding: [0, 1, 0],
  });
  const { correlation } = planForward(geometry, choice);
  // source rows are 32 bytes; kernel row 0 of the first output row and kernel row 2 of the last read only zeros
  expect(Array.from(correlation.runs)).toEqual([0, 0, 1, 2, 32, 32, 0, 3, 64, 64, 0, 3, 96, 96, 0, 2]);
  expect(Array.from(correlation.taps)).toEqual([0, 32, 64]);
  expect(correlation.scratchChannel).toBe(0);
});

test("outputs two wide do not fit a vector: whole planes go to scratch", () => {
  const geometry = line({ inputSize: [1, 4, 4], kernelSize: [1, 3, 3], outputSize: [1, 2, 2] });
  const { correlation } = planForward(geometry, choice);
  expect(correlation.scratchRow).toBe(16);
  expect(Array.from(correlation.runs)).toEqual([0, 0, 0, 9]);
});

test("input gradient with stride 2: two phases, taps 0 and 2 reach even inputs, tap 1 the odd ones", () => {
  const geometry = line({ stride: [1, 1, 2], inputSize: [1, 1, 7], outputSize: [1, 1, 3] });
  const { phases, hasEmptyPhase } = planInputGrad(geometry, choice);
  expect(hasEmptyPhase).toBe(false);
  expect(
    phases.map(({ start, correlation }) => [start[2], correlation.size[2], correlation.weights.length]),
  ).toEqual([
    [0, 4, 2],
    [1, 3, 1],
  ]);
  expect(Array.from(phases[1]?.correlation.weights ?? [])).toEqual([4]);
});

test("stride larger than the kernel leaves inputs without gradient", () => {
  const geometry = line({ stride: [1, 1, 3], kernelSize: [1, 1, 1], outputSize: [1, 1, 3] });
  const { phases, hasEmptyPhase } = planInputGrad(geometry, choice);
  expect(hasEmptyPhase).toBe(true);
  expect(phases.map(({ start }) => start[2])).toEqual([0]);
});
