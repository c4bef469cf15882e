import { expect, test } from "vitest";
import type { ConvGeometry } from "../../../../src/engine/interface.js";
import { isOneStep, isPointwise } from "../../../../src/engine/wasm/convShortcut.js";

const geometry = (options: Partial<ConvGeometry>): ConvGeometry => ({
  batch: 2,
  inChannels: 3,
  outChannels: 4,
  groups: 1,
  inputSize: [1, 5, 5],
  kernelSize: [1, 5, 5],
  outputSize: [1, 1, 1],
  stride: [1, 1, 1],
  padding: [0, 0, 0],
  dilation: [1, 1, 1],
  ...options,
});

test("a window as large as the image is one step, in one group and without padding", () => {
  expect(isOneStep(geometry({}))).toBe(true);
  expect(isOneStep(geometry({ groups: 3 }))).toBe(false);
  expect(isOneStep(geometry({ kernelSize: [1, 3, 3], outputSize: [1, 3, 3] }))).toBe(false);
  expect(isOneStep(geometry({ kernelSize: [1, 3, 3], dilation: [1, 2, 2] }))).toBe(false);
});

test("a window of one number is a product over channels, stride 1 and no padding", () => {
  const one = { kernelSize: [1, 1, 1], outputSize: [1, 5, 5] } as const;
  expect(isPointwise(geometry(one))).toBe(true);
  expect(isPointwise(geometry({ ...one, groups: 3 }))).toBe(true);
  expect(isPointwise(geometry({ ...one, stride: [1, 2, 2], outputSize: [1, 3, 3] }))).toBe(false);
  expect(isPointwise(geometry({}))).toBe(false);
});
