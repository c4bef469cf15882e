// The weight gradient of a convolution with the lanes of a vector along the rows of dy: see emit/positionGrad.ts.
import { emitPositionGrad } from "../emit/positionGrad.js";
import type { Tiles } from "../emit/tiles.js";
import type { ConvGeometry } from "../interface.js";
import { scratch } from "../memory.js";
import type { SourcePlan } from "./convSource.js";
import { blockCost, tileCost } from "./convTiles.js";
import { type Emitted, type EmittedKernel, instantiate, kernel, type Target } from "./emitted.js";
import { type SourceImages, slack } from "./sourceImages.js";

/** Cycles: a number of dy to its transposed place, and the start of a row in a tile. Fitted to measurements. */
const TRANSPOSE = 0.6;
const ROW_START = 5;

/**
 * Whether it pays: rows of dy must be whole vectors, and the form with output channels in its lanes, `blocks` tiles of
 * `vectors` vectors, must waste many of them or spend its time transposing.
 */
export function paysByPosition(
  { outputSize, groups, outChannels, inChannels, kernelSize }: ConvGeometry,
  { weightGrad, positionGrad: tile }: Tiles,
  vectors: number,
  blocks: number,
  isWide: boolean,
): boolean {
  const [width, lanes] = [outputSize[2], 4 * tile.vectors];
  if (width % lanes !== 0) return false;
  const taps = (inChannels / groups) * kernelSize[0] * kernelSize[1] * kernelSize[2];
  const perBlock = blockCost(taps, weightGrad.rows, vectors, isWide) + TRANSPOSE * 4 * vectors;
  const tiles = Math.ceil(taps / tile.taps) * Math.ceil(outChannels / groups / tile.channels);
  const perPosition = tileCost(tile.taps, tile.channels, false) / lanes + ROW_START / width;
  return tiles * perPosition < 1.1 * blocks * perBlock;
}

export class PositionGradKernels {
  private readonly target: Target;
  private readonly images: SourceImages;
  private readonly fill: EmittedKernel;
  private lazy: Emitted | null = null;

  constructor(target: Target, bodies: Emitted, images: SourceImages) {
    this.target = target;
    this.images = images;
    this.fill = kernel(bodies, "fill");
  }

  /** Returns false when the heap has no room. `table`: address of the taps' offsets in the source. */
  run(
    dWeight: number,
    input: number,
    upstream: number,
    geometry: ConvGeometry,
    source: SourcePlan,
    table: number,
    accumulate: boolean,
  ): boolean {
    const { batch, groups, inChannels, outChannels, inputSize, outputSize, kernelSize } = geometry;
    const [depth, height, width] = outputSize;
    const [c, o] = [inChannels / groups, outChannels / groups];
    const taps = c * kernelSize[0] * kernelSize[1] * kernelSize[2];
    const { positionGrad } = this.target.tiles;
    const { vectors } = positionGrad;
    const sums = scratch(outChannels * taps * 16 * vectors + slack);
    const image = this.images.reserve(source, inChannels);
    if (sums < 0 || image < 0) return false;
    this.fill(sums, outChannels * taps * 4 * vectors, 0);
    this.lazy ??= instantiate(this.target, (module) => emitPositionGrad(module, positionGrad));
    const add = kernel(this.lazy, `positionGrad_${vectors}`);
    const inBytes = 4 * inChannels * inputSize[0] * inputSize[1] * inputSize[2];
    const plane = 4 * height * width;
    const steps = width / (4 * vectors);
    for (let n = 0; n < batch; n++) {
      const from = this.images.fill(source, image, input + n * inBytes, inChannels, inBytes);
      for (let g = 0; g < groups; g++)
        for (let d = 0; d < depth; d++)
          add(
            sums + 16 * vectors * g * o * taps,
            from + g * c * source.channel + d * source.plane,
            table,
            taps,
            upstream + plane * (depth * (n * outChannels + g * o) + d),
            plane * depth,
            o,
            height,
            steps,
            source.row - 4 * width,
          );
    }
    kernel(this.lazy, `sumLanes_${vectors}`)(dWeight, sums, outChannels * taps, accumulate ? 1 : 0);
    return true;
  }
}
