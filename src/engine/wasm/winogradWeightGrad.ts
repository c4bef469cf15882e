/**
 * The weight gradient of a 3×3 convolution by Winograd's method: see emit/winogradWeightGrad.ts. Like the other direction, the tiles of
 * all images are worked on in blocks:
 *
 *     for each block of tiles
 *       copy the images it begins between their zeros, and the gradients where they are no whole number of tiles
 *       V = transformed patches;  D = transformed gradients;  S[f] += D[f]ᵀ · V[f]
 *     dw = transformed S
 */
import { points, transformBytes } from "../emit/winogradPatch.js";
import { emitWinogradWeightGrad } from "../emit/winogradWeightGrad.js";
import type { ConvGeometry } from "../interface.js";
import { scratch } from "../memory.js";
import { type Emitted, type EmittedKernel, instantiate, kernel, type Target } from "./emitted.js";
import { PlanCache } from "./planCache.js";
import type { Scratch } from "./scratch.js";
import { type SourceImages, slack } from "./sourceImages.js";
import { TileSources } from "./tileSources.js";
import { apart, blockTiles, planWinogradWeightGrad, type WeightGradTiles } from "./winogradPlan.js";

const product = (sizes: readonly number[]): number => sizes.reduce((a, b) => a * b, 1);
const roundUp4 = (count: number): number => 4 * Math.ceil(count / 4);

export class WinogradWeightGrad {
  private readonly target: Target;
  private readonly integers: Scratch;
  private readonly images: SourceImages;
  private readonly isSound: () => boolean;
  private readonly fill: EmittedKernel;
  private readonly plans: PlanCache<WeightGradTiles | null>;
  private readonly sums: Int32Array = new Int32Array(4);
  private lazy: Emitted | null = null;

  /** @param isSound as in WinogradKernels */
  constructor(
    target: Target,
    bodies: Emitted,
    integers: Scratch,
    images: SourceImages,
    isSound: () => boolean,
  ) {
    this.isSound = isSound;
    this.target = target;
    this.integers = integers;
    this.images = images;
    this.fill = kernel(bodies, "fill");
    this.plans = new PlanCache((geometry) => planWinogradWeightGrad(geometry, target.path === "wide"));
  }

  /** `dw`, overwritten; false when this is not the way for the geometry or the numbers: the direct tiles do it then. */
  run(dw: number, x: number, dy: number, geometry: ConvGeometry): boolean {
    const plan = this.plans.get(geometry);
    if (plan === null || !this.isSound()) return false;
    const { data, gradients, tiles } = plan;
    const { batch, groups, inChannels, outChannels, inputSize, outputSize } = geometry;
    const [c, o] = [inChannels / groups, outChannels / groups];
    this.lazy ??= instantiate(this.target, (module, all) => emitWinogradWeightGrad(module, all.weightGrad));
    const run = (name: string): EmittedKernel => kernel(this.lazy as Emitted, name);
    const [transformData, transformGradients] = [run("transformData"), run("transformGradients")];
    const [addProducts, transformSums] = [run("addProducts"), run("transformSums")];

    const total = batch * tiles;
    const block = blockTiles(c + o, total, 4);
    const [vPitch, dPitch] = [4 * roundUp4(c), 4 * roundUp4(o)];
    const [vStep, dStep, sStep] = [apart(vPitch * block), apart(dPitch * block), apart(vPitch * o)];
    const v = scratch(points * vStep + slack);
    const d = scratch(points * dStep + slack);
    const s = scratch(groups * points * sStep);
    const temporary = scratch(transformBytes);
    const check = this.integers.put(this.sums.fill(0));
    const images = new TileSources(
      this.images,
      this.integers,
      {
        plan: data,
        from: x,
        batch,
        channels: inChannels,
        bytes: 4 * inChannels * product(inputSize),
        offsets: plan.dataOffsets,
      },
      block,
    );
    const upstream = new TileSources(
      this.images,
      this.integers,
      {
        plan: gradients,
        from: dy,
        batch,
        channels: outChannels,
        bytes: 4 * outChannels * product(outputSize),
        offsets: plan.gradientOffsets,
      },
      block,
    );
    const addresses = [v, d, s, temporary, check, images.base, images.places, upstream.base, upstream.places];
    if (addresses.some((address) => address < 0)) return false;

    this.fill(s, (groups * points * sStep) / 4, 0);
    for (let first = 0; first < total; first += block) {
      const count = Math.min(block, total - first);
      images.prepare(first, count);
      upstream.prepare(first, count);
      for (let g = 0; g < groups; g++) {
        const [from, gradient] = [
          images.base + g * c * data.channel,
          upstream.base + g * o * gradients.channel,
        ];
        const [places, gradientPlaces] = [images.places + 4 * first, upstream.places + 4 * first];
        transformData(v, vStep, vPitch, from, places, count, c, data.channel, data.row, temporary);
        transformGradients(
          d,
          dStep,
          dPitch,
          gradient,
          gradientPlaces,
          count,
          o,
          gradients.channel,
          gradients.row,
          temporary,
        );
        addProducts(
          s + g * points * sStep,
          sStep,
          vPitch,
          d,
          dStep,
          dPitch,
          v,
          vStep,
          vPitch,
          o,
          roundUp4(c),
          count,
        );
      }
    }
    for (let g = 0; g < groups; g++)
      transformSums(dw + 36 * g * o * c, s + g * points * sStep, sStep, vPitch, o, c, temporary, check);
    this.integers.get(check, this.sums);
    return this.sums.every((bits) => bits === 0);
  }
}
