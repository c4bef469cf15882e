// Geometries and numbers for the tests of Winograd's method.
import type { ConvGeometry } from "../../src/engine/interface.js";
import { createRandom } from "../../src/random.js";

/** A 3×3 convolution with stride 1 and a zero on each side of square images. */
export const square = (
  batch: number,
  inChannels: number,
  outChannels: number,
  size: number,
): ConvGeometry => ({
  batch,
  inChannels,
  outChannels,
  groups: 1,
  inputSize: [1, size, size],
  kernelSize: [1, 3, 3],
  outputSize: [1, size, size],
  stride: [1, 1, 1],
  padding: [0, 1, 1],
  dilation: [1, 1, 1],
});

export const normal = (length: number, seed: number): number[] => {
  const random = createRandom(seed);
  return Array.from({ length }, () => random.normal());
};

export const repeated = (length: number, value: number): number[] => new Array<number>(length).fill(value);
