// Where the tiles of a convolution by Winograd's method lie, and when the method pays: pure integers, no memory.
import type { ConvGeometry } from "../interface.js";
import { planSource, type SourcePlan } from "./convSource.js";

/** Outputs of a tile along one axis: F(4, 3). */
const tileSize = 4;

/** A convolution with stride 1 and a 3×3 kernel of `from` to `to` channels of each group. */
export interface Winograd {
  readonly source: SourcePlan;
  readonly from: number;
  readonly to: number;
  /** Tiles of an image. */
  readonly tiles: number;
  /** For each tile: bytes of its first number in the source, and of its first output, within channel 0 of an image. */
  readonly sourceOffsets: Int32Array;
  readonly outputOffsets: Int32Array;
  /** Outputs of a channel. */
  readonly outputRow: number;
  readonly outputChannel: number;
}

/** The weight gradient: tiles of dy do not overlap, zeros fill up the last ones. */
export interface WeightGradTiles {
  readonly data: SourcePlan;
  readonly gradients: SourcePlan;
  readonly tiles: number;
  readonly dataOffsets: Int32Array;
  readonly gradientOffsets: Int32Array;
}

/** First outputs of the tiles along an axis: the last tile ends at the last output and may overlap the one before. */
export function tileStarts(size: number): number[] {
  const count = Math.ceil(size / tileSize);
  return Array.from({ length: count }, (_, i) => Math.min(tileSize * i, size - tileSize));
}

/**
 * @param way "inputGrad": a convolution of dy with the turned kernels, padded with 2 − padding zeros
 * @returns null when the method does not apply or would not be faster than the direct tiles
 */
export function planWinograd(
  geometry: ConvGeometry,
  way: "forward" | "inputGrad",
  isWide: boolean,
): Winograd | null {
  const { groups, inChannels, outChannels, inputSize, outputSize, padding } = geometry;
  const isForward = way === "forward";
  const [dataSize, size] = isForward ? [inputSize, outputSize] : [outputSize, inputSize];
  if (!isPlain3x3(geometry) || size[1] < tileSize || size[2] < tileSize) return null;
  const [from, to] = isForward ? [inChannels, outChannels] : [outChannels, inChannels];
  const [rows, columns] = [tileStarts(size[1]), tileStarts(size[2])];
  if (!pays(from / groups, to / groups, rows.length * columns.length, size[1] * size[2], isWide)) return null;
  const before = isForward ? padding : ([0, 2 - padding[1], 2 - padding[2]] as const);
  const source = planSource(dataSize, before, [1, 1, 1], [1, size[1] + 2, size[2] + 2]);
  const tiles = rows.flatMap((row) => columns.map((column) => [row, column] as const));
  return {
    source,
    from: from / groups,
    to: to / groups,
    tiles: tiles.length,
    sourceOffsets: Int32Array.from(tiles, ([row, column]) => row * source.row + 4 * column),
    outputOffsets: Int32Array.from(tiles, ([row, column]) => 4 * (row * size[2] + column)),
    outputRow: 4 * size[2],
    outputChannel: 4 * size[1] * size[2],
  };
}

/** Null under the same conditions. */
export function planWinogradWeightGrad(geometry: ConvGeometry, isWide: boolean): WeightGradTiles | null {
  const { groups, inChannels, outChannels, inputSize, outputSize, padding } = geometry;
  if (!isPlain3x3(geometry)) return null;
  const [rows, columns] = [Math.ceil(outputSize[1] / tileSize), Math.ceil(outputSize[2] / tileSize)];
  const outputs = outputSize[1] * outputSize[2];
  if (!pays(inChannels / groups, outChannels / groups, rows * columns, outputs, isWide)) return null;
  const [height, width] = [tileSize * rows, tileSize * columns];
  const data = planSource(inputSize, padding, [1, 1, 1], [1, height + 2, width + 2]);
  const gradients = planSource(outputSize, [0, 0, 0], [1, 1, 1], [1, height, width]);
  const tiles = Array.from({ length: rows * columns }, (_, i) => [
    tileSize * Math.floor(i / columns),
    tileSize * (i % columns),
  ]) as [number, number][];
  return {
    data,
    gradients,
    tiles: tiles.length,
    dataOffsets: Int32Array.from(tiles, ([row, column]) => row * data.row + 4 * column),
    gradientOffsets: Int32Array.from(tiles, ([row, column]) => row * gradients.row + 4 * column),
  };
}

function isPlain3x3({ inputSize, kernelSize, stride, padding, dilation }: ConvGeometry): boolean {
  const is3x3 = kernelSize[0] === 1 && kernelSize[1] === 3 && kernelSize[2] === 3;
  const isPlane = inputSize[0] === 1 && padding[0] === 0;
  return is3x3 && isPlane && [...stride, ...dilation].every((n) => n === 1);
}

/** An odd number of cache lines, so that the 36 matrices of a transform do not meet in the same few lines of the cache. */
export const apart = (bytes: number): number => 64 * (Math.ceil(bytes / 64) | 1);

/** Bytes of transformed numbers of one block of tiles. Between 400 KB and 1.5 MB the time differs by 3 to 10 %. */
const blockBytes = 600 << 10;

/** Tiles of a block: whole panels of `width`, as many as stay in the cache, at least one. */
export function blockTiles(channels: number, total: number, width: number): number {
  const fitting = Math.floor(blockBytes / (4 * 36 * channels) / width);
  return width * Math.min(Math.max(fitting, 1), Math.ceil(total / width));
}

/**
 * Whether fewer multiplications outweigh the transforms, in the time of one multiply-add of one number. The costs of a transform come
 * from measurements on 128 and on 256 bits; the transforms run on 128 bits either way. They do not depend on the batch, so that an
 * image gives the same numbers alone and in a batch; the filters are counted as for a batch of four.
 */
function pays(from: number, to: number, tiles: number, outputs: number, isWide: boolean): boolean {
  if (Math.min(from, to) < 8) return false;
  const lanes = isWide ? 2 : 1;
  const products = 36 * tiles * from * to;
  const transforms = lanes * (tiles * (240 * from + 320 * to) + (300 / 4) * from * to);
  // The direct tiles reach two thirds of the peak at these sizes.
  const direct = (3 / 2) * 9 * outputs * from * to;
  return products + transforms < direct;
}
