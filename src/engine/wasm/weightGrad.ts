// The weight gradient of a convolution: dW[tap][channel] = Σ over images and positions of image[position + tap] · dy.
// Per image, dy is transposed so that the channels of a position are neighbours; the loops are in emit/conv.ts.
import { emitConvWeightGrad } from "../emit/conv.js";
import type { ConvGeometry } from "../interface.js";
import { resident, scratch } from "../memory.js";
import type { Span } from "../span.js";
import { forwardSource, forwardTaps } from "./convPlan.js";
import { isOneStep, isPointwise } from "./convShortcut.js";
import type { SourcePlan } from "./convSource.js";
import { tileCost, tileWidths } from "./convTiles.js";
import { type Emitted, type EmittedKernel, instantiate, kernel, type Target } from "./emitted.js";
import { PlanCache } from "./planCache.js";
import { PositionGradKernels, paysByPosition } from "./positionGrad.js";
import type { ProductKernels } from "./productKernels.js";
import type { Scratch } from "./scratch.js";
import { type SourceImages, slack } from "./sourceImages.js";
import type { WinogradWeightGrad } from "./winogradWeightGrad.js";

const product = (sizes: readonly number[]): number => sizes.reduce((a, b) => a * b, 1);

interface WeightGradPlan {
  readonly source: SourcePlan;
  readonly taps: Int32Array;
  /** Vectors of the tile, and tiles for the output channels of a group. */
  readonly vectors: number;
  readonly blocks: number;
  /** Whether lanes along positions waste less than lanes of output channels. */
  readonly isByPosition: boolean;
}

export class WeightGradKernels {
  private readonly target: Target;
  private readonly products: ProductKernels;
  private readonly integers: Scratch;
  private readonly images: SourceImages;
  private readonly fill: EmittedKernel;
  private readonly addScaled: EmittedKernel;
  private readonly winograd: WinogradWeightGrad;
  private readonly plans: PlanCache<WeightGradPlan>;
  private readonly byPosition: PositionGradKernels;
  private lazy: Emitted | null = null;

  constructor(
    target: Target,
    bodies: Emitted,
    products: ProductKernels,
    integers: Scratch,
    images: SourceImages,
    winograd: WinogradWeightGrad,
  ) {
    this.target = target;
    this.products = products;
    this.integers = integers;
    this.images = images;
    this.fill = kernel(bodies, "fill");
    this.addScaled = kernel(bodies, "addScaled");
    this.winograd = winograd;
    this.byPosition = new PositionGradKernels(target, bodies, images);
    this.plans = new PlanCache((geometry) => planWeightGrad(geometry, target));
  }

  private kernels(): Emitted {
    this.lazy ??= instantiate(this.target, (module, tiles) => emitConvWeightGrad(module, tiles.weightGrad));
    return this.lazy;
  }

  private byWinograd(
    dWeight: Span,
    x: number,
    dy: number,
    geometry: ConvGeometry,
    accumulate: boolean,
  ): boolean {
    const result = accumulate ? scratch(4 * dWeight.length) : dWeight.pointer;
    if (result < 0 || !this.winograd.run(result, x, dy, geometry)) return false;
    if (accumulate) this.addScaled(dWeight.pointer, result, dWeight.length, 1);
    return true;
  }

  run(dWeight: Span, x: Span, dy: Span, geometry: ConvGeometry, accumulate: boolean): boolean {
    const [input, upstream] = [resident(x), resident(dy)];
    if (dWeight.pointer < 0 || input < 0 || upstream < 0) return false;
    const { batch, groups, inChannels, outChannels, inputSize, outputSize } = geometry;
    const [c, o, positions] = [inChannels / groups, outChannels / groups, product(outputSize)];
    const features = product(inputSize) * inChannels;
    if (isOneStep(geometry)) {
      this.products.matmul(
        dWeight.pointer,
        upstream,
        input,
        outChannels,
        features,
        batch,
        true,
        false,
        accumulate,
      );
      return true;
    }
    if (isPointwise(geometry)) {
      for (let n = 0; n < batch; n++)
        for (let g = 0; g < groups; g++) {
          const from = upstream + 4 * positions * (n * outChannels + g * o);
          const image = input + 4 * positions * (n * inChannels + g * c);
          const add = accumulate || n > 0;
          this.products.matmul(
            dWeight.pointer + 4 * g * o * c,
            from,
            image,
            o,
            c,
            positions,
            false,
            true,
            add,
          );
        }
      return true;
    }
    if (this.byWinograd(dWeight, input, upstream, geometry, accumulate)) return true;
    const { source, taps, vectors, blocks, isByPosition } = this.plans.get(geometry);
    const table = this.integers.put(taps);
    if (table < 0) return false;
    if (isByPosition)
      return this.byPosition.run(dWeight.pointer, input, upstream, geometry, source, table, accumulate);
    const [width, [depth, height, across]] = [4 * vectors, outputSize];
    const [pitch, blockBytes] = [4 * width * blocks, 4 * width * positions];
    const sums = scratch(groups * pitch * taps.length + slack);
    const transposed = scratch(blocks * blockBytes + slack);
    const image = this.images.reserve(source, inChannels);
    if (sums < 0 || transposed < 0 || image < 0) return false;
    this.fill(sums, (groups * pitch * taps.length) / 4, 0);
    const family = this.kernels();
    const transpose = kernel(family, `transpose_${vectors}`);
    const addPlane = kernel(family, `weightGrad_${vectors}`);
    for (let n = 0; n < batch; n++) {
      const from = this.images.fill(source, image, input + 4 * n * features, inChannels, 4 * features);
      for (let g = 0; g < groups; g++) {
        const gradient = upstream + 4 * positions * (n * outChannels + g * o);
        for (let b = 0; b < blocks; b++) {
          const block = gradient + 4 * positions * width * b;
          transpose(
            transposed + b * blockBytes,
            block,
            4 * positions,
            positions,
            Math.min(width, o - b * width),
          );
        }
        for (let d = 0; d < depth; d++) {
          const to = sums + g * pitch * taps.length;
          const plane = from + g * c * source.channel + d * source.plane;
          const at = transposed + 4 * width * d * height * across;
          addPlane(
            to,
            pitch,
            plane,
            table,
            taps.length,
            at,
            blocks,
            blockBytes,
            height,
            across,
            source.row - 4 * across,
          );
        }
      }
    }
    for (let g = 0; g < groups; g++) {
      const to = dWeight.pointer + 4 * g * o * taps.length;
      kernel(family, "transposeAdd")(
        to,
        sums + g * pitch * taps.length,
        o,
        taps.length,
        pitch,
        accumulate ? 1 : 0,
      );
    }
    return true;
  }
}

function planWeightGrad(geometry: ConvGeometry, { path, tiles }: Target): WeightGradPlan {
  const source = forwardSource(geometry);
  const tile = tiles.weightGrad;
  const channels = geometry.outChannels / geometry.groups;
  let best = { vectors: tile.vectors, blocks: 0, cost: Number.POSITIVE_INFINITY };
  for (const vectors of tileWidths(tile)) {
    const blocks = Math.ceil(channels / (4 * vectors));
    const cost = blocks * tileCost(tile.rows, vectors, path === "wide");
    if (cost < best.cost) best = { vectors, blocks, cost };
  }
  const { vectors, blocks } = best;
  const isByPosition = paysByPosition(geometry, tiles, vectors, blocks, path === "wide");
  return { source, taps: forwardTaps(geometry, source), vectors, blocks, isByPosition };
}
