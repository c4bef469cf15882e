// Convolutions that are matrix products as they stand.
import type { ConvGeometry } from "../interface.js";

const product = (sizes: readonly number[]): number => sizes.reduce((a, b) => a * b, 1);

/** The window is the whole image: a linear layer over the flattened image. */
export function isOneStep({
  groups,
  inputSize,
  kernelSize,
  outputSize,
  padding,
  dilation,
}: ConvGeometry): boolean {
  const isWhole = inputSize.every(
    (size, axis) => kernelSize[axis] === size && (size === 1 || dilation[axis] === 1),
  );
  return groups === 1 && isWhole && product(outputSize) === 1 && padding.every((p) => p === 0);
}

/** The window is one number: a matrix product over channels. */
export function isPointwise({ inputSize, kernelSize, outputSize, padding, stride }: ConvGeometry): boolean {
  const isSame = inputSize.every((size, axis) => outputSize[axis] === size);
  return isSame && product(kernelSize) === 1 && product(stride) === 1 && padding.every((p) => p === 0);
}
