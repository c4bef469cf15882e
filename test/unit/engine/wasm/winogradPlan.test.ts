import { expect, test } from "vitest";
import type { ConvGeometry } from "../../../../src/engine/interface.js";
import {
  apart,
  blockTiles,
  planWinograd,
  planWinogradWeightGrad,
  tileStarts,
} from "../../../../src/engine/wasm/winogradPlan.js";

const geometry: ConvGeometry = {
  batch: 1,
  inChannels: 16,
  outChannels: 32,
  groups: 1,
  inputSize: [1, 8, 12],
  kernelSize: [1, 3, 3],
  outputSize: [1, 6, 10],
  stride: [1, 1, 1],
  padding: [0, 0, 0],
  dilation: [1, 1, 1],
};

test("tiles of four outputs; the last one ends at the last output", () => {
  expect(tileStarts(4)).toEqual([0]);
  expect(tileStarts(6)).toEqual([0, 2]);
  expect(tileStarts(12)).toEqual([0, 4, 8]);
  expect(tileStarts(13)).toEqual([0, 4, 8, 9]);
});

test("without padding the image itself is read; tiles begin at rows 0, 2 and columns 0, 4, 6", () => {
  const plan = planWinograd(geometry, "forward", false);
  expect(plan?.source.isDirect).toBe(true);
  expect([plan?.from, plan?.to, plan?.tiles]).toEqual([16, 32, 6]);
  // rows of 12 numbers in, 10 out: 4·(12·2 + 4) = 112, 4·(10·2 + 4) = 96
  expect(Array.from(plan?.sourceOffsets ?? [])).toEqual([0, 16, 24, 96, 112, 120]);
  expect(Array.from(plan?.outputOffsets ?? [])).toEqual([0, 16, 24, 80, 96, 104]);
  expect([plan?.outputRow, plan?.outputChannel]).toEqual([40, 240]);
});

test("the input gradient goes the other way, over dy with 2 − padding zeros around it", () => {
  const plan = planWinograd(geometry, "inputGrad", false);
  expect([plan?.from, plan?.to, plan?.tiles]).toEqual([32, 16, 6]);
  // dx is 8 × 12, dy with its zeros 10 × 14
  expect([plan?.outputRow, plan?.source.row, plan?.source.channel]).toEqual([48, 56, 560]);
});

test("left to the direct tiles: other kernels, strides, dilations, outputs below 4, few channels", () => {
  const others: Partial<ConvGeometry>[] = [
    { kernelSize: [1, 3, 5], outputSize: [1, 6, 8] },
    { kernelSize: [3, 3, 3], inputSize: [3, 8, 12] },
    { inputSize: [2, 8, 12], outputSize: [2, 6, 10] },
    { stride: [1, 1, 2], outputSize: [1, 6, 5] },
    { dilation: [1, 2, 1], outputSize: [1, 4, 10] },
    { inputSize: [1, 5, 12], outputSize: [1, 3, 10] },
    { inChannels: 7 },
    { outChannels: 7 },
    { groups: 4 },
  ];
  for (const other of others) expect(planWinograd({ ...geometry, ...other }, "forward", false)).toBeNull();
});

test("where little is saved the transforms cost too much", () => {
  // 5 × 5 outputs take four tiles, 144 products instead of 225 for each pair of channels
  const small: ConvGeometry = {
    ...geometry,
    inputSize: [1, 5, 5],
    outputSize: [1, 5, 5],
    padding: [0, 1, 1],
  };
  const withChannels = (n: number): boolean =>
    planWinograd({ ...small, inChannels: n, outChannels: n }, "forward", true) !== null;
  expect([withChannels(8), withChannels(64)]).toEqual([false, false]);
  const larger = { ...geometry, inChannels: 8, outChannels: 8 };
  expect(planWinograd(larger, "forward", false)).not.toBeNull();
});

test("the weight gradient fills up the last tiles: 6 × 10 gradients as 8 × 12, their patches as 10 × 14", () => {
  const plan = planWinogradWeightGrad(geometry, false);
  expect(plan?.tiles).toBe(6);
  expect([plan?.gradients.row, plan?.gradients.channel]).toEqual([48, 384]);
  expect([plan?.data.row, plan?.data.channel]).toEqual([56, 560]);
  expect(Array.from(plan?.gradientOffsets ?? [])).toEqual([0, 16, 32, 192, 208, 224]);
  expect(Array.from(plan?.dataOffsets ?? [])).toEqual([0, 16, 32, 224, 240, 256]);
  const whole = { ...geometry, inputSize: [1, 10, 10], outputSize: [1, 8, 8] } as const;
  const direct = planWinogradWeightGrad(whole, false);
  expect([direct?.data.isDirect, direct?.gradients.isDirect]).toEqual([true, true]);
  expect(planWinogradWeightGrad({ ...geometry, stride: [1, 2, 1] }, false)).toBeNull();
});

test("a block is whole panels within 600 KB, but one at least, and no more than there are tiles", () => {
  // 36 · 4 · 96 bytes a tile: 44 fit
  expect(blockTiles(96, 1000, 16)).toBe(32);
  expect(blockTiles(96, 1000, 4)).toBe(44);
  expect(blockTiles(4096, 1000, 16)).toBe(16);
  expect(blockTiles(96, 5, 4)).toBe(8);
});

test("matrices are an odd number of 64-byte lines apart", () => {
  expect([64, 65, 128, 192, 4096].map(apart)).toEqual([64, 192, 192, 192, 4160]);
});
