// Convolution through emitted kernels: for each image, copy it with its zeros around it, then one call for the tiles.
// What the tables mean is in convPlan.ts, the loops are in emit/conv.ts.

import { emitConv } from "../emit/conv.js";
import type { Tile } from "../emit/tiles.js";
import type { Activation, ConvGeometry } from "../interface.js";
import { resident, scratch } from "../memory.js";
import type { Span } from "../span.js";
import {
  type Correlation,
  type ForwardPlan,
  type InputGradPlan,
  planForward,
  planInputGrad,
} from "./convPlan.js";
import { isOneStep, isPointwise } from "./convShortcut.js";
import type { SourcePlan } from "./convSource.js";
import { type Emitted, type EmittedKernel, instantiate, kernel, type Target } from "./emitted.js";
import { PlanCache } from "./planCache.js";
import type { ProductKernels } from "./productKernels.js";
import type { Scratch } from "./scratch.js";
import { type SourceImages, slack } from "./sourceImages.js";
import type { WinogradKernels } from "./winogradKernels.js";

const product = (sizes: readonly number[]): number => sizes.reduce((a, b) => a * b, 1);

/** The kernels of one shape of tile. */
interface TileFamily {
  readonly rows: number;
  readonly packWeights: EmittedKernel;
  readonly correlate: EmittedKernel;
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
  private readonly images: SourceImages;
  private readonly fill: EmittedKernel;
  private readonly winograd: WinogradKernels;
  private readonly forwardPlans: PlanCache<ForwardPlan>;
  private readonly inputPlans: PlanCache<InputGradPlan>;
  private readonly families: TileFamily[] = [];

  constructor(
    target: Target,
    bodies: Emitted,
    products: ProductKernels,
    integers: Scratch,
    images: SourceImages,
    winograd: WinogradKernels,
  ) {
    this.images = images;
    this.target = target;
    this.products = products;
    this.integers = integers;
    this.winograd = winograd;
    this.fill = kernel(bodies, "fill");
    const isWide = target.path === "wide";
    const choice = { tiles: target.tiles.conv, isWide };
    this.forwardPlans = new PlanCache((geometry) => planForward(geometry, choice));
    this.inputPlans = new PlanCache((geometry) => planInputGrad(geometry, choice));
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
    } else if (!this.winograd.forward(y.pointer, input, weights, geometry)) {
      const { source, correlation } = this.forwardPlans.get(geometry);
      const channels = outChannels / groups;
      const pitch = 4 * correlation.taps.length;
      const prepared = this.prepare(correlation, weights, channels, pitch, groups);
      const image = this.images.reserve(source, geometry.inChannels);
      if (prepared === null || image < 0) return false;
      const inBytes = 4 * geometry.inChannels * product(geometry.inputSize);
      for (let n = 0; n < batch; n++) {
        const from = this.images.fill(source, image, input + n * inBytes, geometry.inChannels, inBytes);
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
    if (this.winograd.inputGrad(dx.pointer, upstream, weights, geometry)) return true;
    const { source, phases, hasEmptyPhase } = this.inputPlans.get(geometry);
    const window = 4 * product(kernelSize);
    const prepared: [Prepared, number][] = [];
    for (const { correlation, start } of phases) {
      const ready = this.prepare(correlation, weights, c, window, groups, o * c * window);
      if (ready === null) return false;
      prepared.push([ready, 4 * ((start[0] * inputSize[1] + start[1]) * inputSize[2] + start[2])]);
    }
    const image = this.images.reserve(source, outChannels);
    if (image < 0) return false;
    if (hasEmptyPhase) this.fill(dx.pointer, dx.length, 0);
    const outBytes = 4 * outChannels * positions;
    for (let n = 0; n < batch; n++) {
      const from = this.images.fill(source, image, upstream + n * outBytes, outChannels, outBytes);
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
    const { copyRows, scatterRows } = this.images.copies();
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
}
