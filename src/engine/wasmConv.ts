// Convolution through emitted kernels: for each image, copy it with its zeros around it, then one call for the tiles.
// What the tables mean is in convPlan.ts, the loops are in emitConv.ts.

import {
  type Correlation,
  type ForwardPlan,
  forwardSource,
  forwardTaps,
  type InputGradPlan,
  planForward,
  planInputGrad,
} from "./convPlan.js";
import type { SourcePlan } from "./convSource.js";
import { tileCost, tileWidths } from "./convTiles.js";
import { emitConv, emitConvWeightGrad } from "./emitConv.js";
import { emitCopies } from "./emitCopy.js";
import { type Emitted, type EmittedKernel, instantiate, kernel, type Target } from "./emitted.js";
import type { Activation, ConvGeometry } from "./interface.js";
import { resident, scratch } from "./memory.js";
import { PlanCache } from "./planCache.js";
import type { Scratch } from "./scratch.js";
import type { Span } from "./span.js";
import type { Tile } from "./tiles.js";
import type { ProductKernels } from "./wasmProducts.js";

const product = (sizes: readonly number[]): number => sizes.reduce((a, b) => a * b, 1);
/** Numbers behind a scratch image that tiles at its end may read. */
const slack = 256;

interface CopyFamily {
  readonly copyRows: EmittedKernel;
  readonly gatherRows: EmittedKernel;
  readonly scatterRows: EmittedKernel;
}
/** The kernels of one shape of tile. */
interface TileFamily {
  readonly rows: number;
  readonly packWeights: EmittedKernel;
  readonly correlate: EmittedKernel;
}
interface WeightGradPlan {
  readonly source: SourcePlan;
  readonly taps: Int32Array;
  /** Vectors of the tile, and tiles for the output channels of a group. */
  readonly vectors: number;
  readonly blocks: number;
}
/** A correlation with its tables and packed weights on the heap, for one call. */
interface Prepared {
  readonly correlation: Correlation;
  readonly correlate: EmittedKernel;
  readonly taps: number;
  readonly runs: number;
  readonly weights: number;
  /** Bytes of the packed weights of one group. */
  readonly groupBytes: number;
  readonly result: number;
}

export class ConvKernels {
  private readonly target: Target;
  private readonly products: ProductKernels;
  private readonly integers: Scratch;
  private readonly fill: EmittedKernel;
  private readonly forwardPlans: PlanCache<ForwardPlan>;
  private readonly inputPlans: PlanCache<InputGradPlan>;
  private readonly weightPlans: PlanCache<WeightGradPlan>;
  private lazyCopies: CopyFamily | null = null;
  private readonly families: TileFamily[] = [];
  private lazyGrad: Emitted | null = null;

  constructor(target: Target, bodies: Emitted, products: ProductKernels, integers: Scratch) {
    this.target = target;
    this.products = products;
    this.integers = integers;
    this.fill = kernel(bodies, "fill");
    const isWide = target.path === "wide";
    const choice = { tiles: target.tiles.conv, isWide };
    this.forwardPlans = new PlanCache((geometry) => planForward(geometry, choice));
    this.inputPlans = new PlanCache((geometry) => planInputGrad(geometry, choice));
    this.weightPlans = new PlanCache((geometry) => planWeightGrad(geometry, target, isWide));
  }

  private copies(): CopyFamily {
    if (this.lazyCopies === null) {
      const emitted = instantiate(this.target, emitCopies);
      this.lazyCopies = {
        copyRows: kernel(emitted, "copyRows"),
        gatherRows: kernel(emitted, "gatherRows"),
        scatterRows: kernel(emitted, "scatterRows"),
      };
    }
    return this.lazyCopies;
  }
  private family(index: number): TileFamily {
    let found = this.families[index];
    if (found === undefined) {
      const tile = this.target.tiles.conv[index] as Tile;
      const emitted = instantiate(this.target, (module) => emitConv(module, tile));
      found = {
        rows: tile.rows,
        packWeights: kernel(emitted, "packWeights"),
        correlate: kernel(emitted, "correlate"),
      };
      this.families[index] = found;
    }
    return found;
  }
  private gradFamily(): Emitted {
    this.lazyGrad ??= instantiate(this.target, (module, tiles) =>
      emitConvWeightGrad(module, tiles.weightGrad),
    );
    return this.lazyGrad;
  }

  forward(
    y: Span,
    x: Span,
    weight: Span,
    bias: Span | null,
    activation: Activation,
    geometry: ConvGeometry,
  ): boolean {
    const [input, weights] = [resident(x), resident(weight)];
    const shift = bias === null ? -1 : resident(bias);
    if (y.pointer < 0 || input < 0 || weights < 0 || (bias !== null && shift < 0)) return false;
    const { batch, groups, outChannels, outputSize } = geometry;
    const positions = product(outputSize);
    const outBytes = 4 * outChannels * positions;
    if (isOneStep(geometry)) {
      const features = product(geometry.inputSize) * geometry.inChannels;
      this.products.matmul(y.pointer, input, weights, batch, outChannels, features, false, true, false);
      this.products.finish(activation, y.pointer, shift, batch, outChannels);
      return true;
    }
    if (isPointwise(geometry)) {
      this.pointwise(y.pointer, input, weights, geometry);
    } else {
      const { source, correlation } = this.forwardPlans.get(geometry);
      const channels = outChannels / groups;
      const pitch = 4 * correlation.taps.length;
      const prepared = this.prepare(correlation, weights, channels, pitch, groups);
      const image = this.sourceScratch(source, geometry.inChannels);
      if (prepared === null || image < 0) return false;
      const inBytes = 4 * geometry.inChannels * product(geometry.inputSize);
      for (let n = 0; n < batch; n++) {
        const from = this.fillSource(source, image, input + n * inBytes, geometry.inChannels, inBytes);
        this.run(prepared, source, from, y.pointer + n * outBytes, geometry, "forward");
      }
    }
    for (let n = 0; n < batch; n++)
      this.products.finishChannels(activation, y.pointer + n * outBytes, shift, outChannels, positions);
    return true;
  }

  /** Kernel of size 1: y [O, P] = W [O, C] · x [C, P] for each image and group. */
  private pointwise(y: number, x: number, weights: number, geometry: ConvGeometry): void {
    const { batch, groups, inChannels, outChannels, outputSize } = geometry;
    const [positions, c, o] = [product(outputSize), inChannels / groups, outChannels / groups];
    for (let n = 0; n < batch; n++)
      for (let g = 0; g < groups; g++) {
        const to = y + 4 * positions * (n * outChannels + g * o);
        const from = x + 4 * positions * (n * inChannels + g * c);
        this.products.matmul(to, weights + 4 * g * o * c, from, o, positions, c, false, false, false);
      }
  }

  inputGrad(dx: Span, dy: Span, weight: Span, geometry: ConvGeometry): boolean {
    const [upstream, weights] = [resident(dy), resident(weight)];
    if (dx.pointer < 0 || upstream < 0 || weights < 0) return false;
    const { batch, groups, inChannels, outChannels, inputSize, outputSize, kernelSize } = geometry;
    const [c, o, positions] = [inChannels / groups, outChannels / groups, product(outputSize)];
    const features = product(inputSize) * inChannels;
    if (isOneStep(geometry)) {
      this.products.matmul(dx.pointer, upstream, weights, batch, features, outChannels, false, false, false);
      return true;
    }
    if (isPointwise(geometry)) {
      for (let n = 0; n < batch; n++)
        for (let g = 0; g < groups; g++) {
          const to = dx.pointer + 4 * positions * (n * inChannels + g * c);
          const from = upstream + 4 * positions * (n * outChannels + g * o);
          this.products.matmul(to, weights + 4 * g * o * c, from, c, positions, o, true, false, false);
        }
      return true;
    }
    const { source, phases, hasEmptyPhase } = this.inputPlans.get(geometry);
    const window = 4 * product(kernelSize);
    const prepared: [Prepared, number][] = [];
    for (const { correlation, start } of phases) {
      const ready = this.prepare(correlation, weights, c, window, groups, o * c * window);
      if (ready === null) return false;
      prepared.push([ready, 4 * ((start[0] * inputSize[1] + start[1]) * inputSize[2] + start[2])]);
    }
    const image = this.sourceScratch(source, outChannels);
    if (image < 0) return false;
    if (hasEmptyPhase) this.fill(dx.pointer, dx.length, 0);
    const outBytes = 4 * outChannels * positions;
    for (let n = 0; n < batch; n++) {
      const from = this.fillSource(source, image, upstream + n * outBytes, outChannels, outBytes);
      for (const [ready, offset] of prepared)
        this.run(ready, source, from, dx.pointer + 4 * n * features + offset, geometry, "inputGrad");
    }
    return true;
  }

  /** Tables and packed weights of one correlation; null when the heap has no room. */
  private prepare(
    correlation: Correlation,
    weights: number,
    channels: number,
    pitch: number,
    groups: number,
    groupStep: number = channels * pitch,
  ): Prepared | null {
    const { rows, packWeights, correlate } = this.family(correlation.tile);
    const count = correlation.taps.length;
    const groupBytes = 4 * Math.ceil(channels / rows) * rows * count;
    const packed = scratch(groupBytes * groups + slack);
    const table = this.integers.put(correlation.weights);
    const taps = this.integers.put(correlation.taps);
    const runs = this.integers.put(correlation.runs);
    const result =
      correlation.scratchChannel === 0 ? 0 : scratch(channels * correlation.scratchChannel + slack);
    if (packed < 0 || table < 0 || taps < 0 || runs < 0 || result < 0) return null;
    for (let g = 0; g < groups; g++)
      packWeights(packed + g * groupBytes, weights + g * groupStep, table, count, channels, pitch);
    return { correlation, correlate, taps, runs, weights: packed, groupBytes, result };
  }

  /** Scratch for the padded copy of one image, all zero; 0 when the image itself is read. */
  private sourceScratch(source: SourcePlan, channels: number): number {
    if (source.isDirect) return 0;
    const bytes = source.channel * channels;
    const image = scratch(bytes + slack);
    if (image >= 0) this.fill(image, bytes / 4, 0);
    return image;
  }

  /** Copies one image between the zeros; its address for the tiles. */
  private fillSource(
    source: SourcePlan,
    image: number,
    from: number,
    channels: number,
    bytes: number,
  ): number {
    if (source.isDirect) return from;
    const { copyRows, gatherRows } = this.copies();
    const pitch = bytes / channels;
    for (const { to, from: offset, counts, toPitch, fromPitch, fromStep } of source.copies) {
      const copy = fromStep === 4 ? copyRows : gatherRows;
      const [d, h, w] = counts;
      const { channel } = source;
      copy(
        image + to,
        from + offset,
        channels,
        channel,
        pitch,
        d,
        toPitch[0],
        fromPitch[0],
        h,
        toPitch[1],
        fromPitch[1],
        w,
        fromStep,
      );
    }
    return image;
  }

  /** All groups of one image; `to` is where the first position of the first channel belongs. */
  private run(
    { correlation, correlate, taps, runs, weights, groupBytes, result }: Prepared,
    source: SourcePlan,
    from: number,
    to: number,
    geometry: ConvGeometry,
    way: "forward" | "inputGrad",
  ): void {
    const { groups, inChannels, outChannels, inputSize, outputSize, stride } = geometry;
    const isForward = way === "forward";
    const channels = (isForward ? outChannels : inChannels) / groups;
    const sourceChannels = (isForward ? inChannels : outChannels) / groups;
    const size = isForward ? outputSize : inputSize;
    const step = isForward ? ([1, 1, 1] as const) : stride;
    const channelBytes = 4 * product(size);
    const { cut, scratchChannel, scratchRow } = correlation;
    const isInPlace = scratchChannel === 0;
    const { copyRows, scatterRows } = this.copies();
    for (let g = 0; g < groups; g++) {
      const target = to + g * channels * channelBytes;
      correlate(
        isInPlace ? target : result,
        isInPlace ? channelBytes : scratchChannel,
        channels,
        from + g * sourceChannels * source.channel,
        weights + g * groupBytes,
        taps,
        correlation.taps.length,
        runs,
        correlation.runs.length / 4,
        cut.full,
        cut.tailVectors,
        cut.tailCount,
        cut.tailA,
        cut.tailB,
      );
      if (isInPlace) continue;
      const [d, h, w] = correlation.size;
      const copy = step[2] === 1 ? copyRows : scatterRows;
      const plane = scratchChannel / d;
      const [toPlane, toRow] = [4 * size[1] * size[2] * step[0], 4 * size[2] * step[1]];
      copy(
        target,
        result,
        channels,
        channelBytes,
        scratchChannel,
        d,
        toPlane,
        plane,
        h,
        toRow,
        scratchRow,
        w,
        4 * step[2],
      );
    }
  }

  weightGrad(dWeight: Span, x: Span, dy: Span, geometry: ConvGeometry, accumulate: boolean): boolean {
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
    const { source, taps, vectors, blocks } = this.weightPlans.get(geometry);
    const [width, [depth, height, across]] = [4 * vectors, outputSize];
    const [pitch, blockBytes] = [4 * width * blocks, 4 * width * positions];
    const table = this.integers.put(taps);
    const sums = scratch(groups * pitch * taps.length + slack);
    const transposed = scratch(blocks * blockBytes + slack);
    const image = this.sourceScratch(source, inChannels);
    if (table < 0 || sums < 0 || transposed < 0 || image < 0) return false;
    this.fill(sums, (groups * pitch * taps.length) / 4, 0);
    const family = this.gradFamily();
    const transpose = kernel(family, `transpose_${vectors}`);
    const addPlane = kernel(family, `weightGrad_${vectors}`);
    for (let n = 0; n < batch; n++) {
      const from = this.fillSource(source, image, input + 4 * n * features, inChannels, 4 * features);
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

function planWeightGrad(geometry: ConvGeometry, target: Target, isWide: boolean): WeightGradPlan {
  const source = forwardSource(geometry);
  const tile = target.tiles.weightGrad;
  const channels = geometry.outChannels / geometry.groups;
  let best = { vectors: tile.vectors, blocks: 0, cost: Number.POSITIVE_INFINITY };
  for (const vectors of tileWidths(tile)) {
    const blocks = Math.ceil(channels / (4 * vectors));
    const cost = blocks * tileCost(tile.rows, vectors, isWide);
    if (cost < best.cost) best = { vectors, blocks, cost };
  }
  return { source, taps: forwardTaps(geometry, source), vectors: best.vectors, blocks: best.blocks };
}

/** The window is the whole image: a linear layer over the flattened image. */
function isOneStep({ groups, inputSize, kernelSize, outputSize, padding, dilation }: ConvGeometry): boolean {
  const isWhole = inputSize.every(
    (size, axis) => kernelSize[axis] === size && (size === 1 || dilation[axis] === 1),
  );
  return groups === 1 && isWhole && product(outputSize) === 1 && padding.every((p) => p === 0);
}

/** The window is one number: a matrix product over channels. */
function isPointwise({ inputSize, kernelSize, outputSize, padding, stride }: ConvGeometry): boolean {
  const isSame = inputSize.every((size, axis) => outputSize[axis] === size);
  return isSame && product(kernelSize) === 1 && product(stride) === 1 && padding.every((p) => p === 0);
}
