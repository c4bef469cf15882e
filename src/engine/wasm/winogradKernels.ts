/**
 * Convolution with a 3×3 kernel and stride 1 by Winograd's minimal filtering: 36 multiplications for 16 outputs instead of 144.
 * Its parts are in emit/winograd.ts. The tiles of all images are numbered through and worked on in blocks, whose transformed
 * data and products stay in the second-level cache:
 *
 *     U = transformed filters
 *     for each block of tiles
 *       copy the images it begins between their zeros
 *       V = transformed tiles;  M[f] = U[f] · V[f];  outputs = transformed M
 *
 * Rounding: the largest error is 1e-6 to 4e-6 of the largest output for 16 to 512 channels, about twice that of the direct
 * sum. A NaN or an infinity, given or from an overflow in a transform, would spread over its tile; such a call is refused, so that
 * the direct tiles give what the plain loops give.
 */
import { emitWinograd } from "../emit/winograd.js";
import { points, transformBytes } from "../emit/winogradPatch.js";
import type { ConvGeometry } from "../interface.js";
import { scratch } from "../memory.js";
import { type Emitted, type EmittedKernel, instantiate, kernel, type Target } from "./emitted.js";
import { PlanCache } from "./planCache.js";
import type { Scratch } from "./scratch.js";
import type { SourceImages } from "./sourceImages.js";
import { TileSources, tilePlaces } from "./tileSources.js";
import { apart, blockTiles, planWinograd, type Winograd } from "./winogradPlan.js";

const product = (sizes: readonly number[]): number => sizes.reduce((a, b) => a * b, 1);

interface Kernels {
  readonly transformFilter: EmittedKernel;
  readonly transformFlipped: EmittedKernel;
  readonly transformInput: EmittedKernel;
  readonly multiply: EmittedKernel;
  readonly transformOutput: EmittedKernel;
}

export class WinogradKernels {
  private readonly target: Target;
  private readonly integers: Scratch;
  private readonly images: SourceImages;
  private readonly forwardPlans: PlanCache<Winograd | null>;
  private readonly inputPlans: PlanCache<Winograd | null>;
  private readonly sums: Int32Array = new Int32Array(4);
  private readonly isSound: () => boolean;
  private lazy: Kernels | null = null;

  /** @param isSound whether the method passes its self-test here; asked when it would first be used */
  constructor(target: Target, integers: Scratch, images: SourceImages, isSound: () => boolean) {
    this.target = target;
    this.integers = integers;
    this.images = images;
    this.isSound = isSound;
    const isWide = target.path === "wide";
    this.forwardPlans = new PlanCache((geometry) => planWinograd(geometry, "forward", isWide));
    this.inputPlans = new PlanCache((geometry) => planWinograd(geometry, "inputGrad", isWide));
  }

  private kernels(): Kernels {
    if (this.lazy === null) {
      const emitted: Emitted = instantiate(this.target, (module, tiles) =>
        emitWinograd(module, tiles.matmul),
      );
      this.lazy = {
        transformFilter: kernel(emitted, "transformFilter"),
        transformFlipped: kernel(emitted, "transformFlipped"),
        transformInput: kernel(emitted, "transformInput"),
        multiply: kernel(emitted, "multiply"),
        transformOutput: kernel(emitted, "transformOutput"),
      };
    }
    return this.lazy;
  }

  /** `y = conv(x, weights)`; false when this is not the way for the geometry or the numbers: the direct tiles do it then. */
  forward(y: number, x: number, weights: number, geometry: ConvGeometry): boolean {
    const plan = this.forwardPlans.get(geometry);
    return plan !== null && this.isSound() && this.run(plan, y, x, weights, geometry, "forward");
  }
  /** `dx`, the same with the roles of the channels exchanged and the kernels turned by 180°. */
  inputGrad(dx: number, dy: number, weights: number, geometry: ConvGeometry): boolean {
    const plan = this.inputPlans.get(geometry);
    return plan !== null && this.isSound() && this.run(plan, dx, dy, weights, geometry, "inputGrad");
  }

  private run(
    plan: Winograd,
    y: number,
    x: number,
    weights: number,
    geometry: ConvGeometry,
    way: "forward" | "inputGrad",
  ): boolean {
    const { source, from, to, tiles } = plan;
    const { batch, groups } = geometry;
    const { transformFilter, transformFlipped, transformInput, multiply, transformOutput } = this.kernels();
    const { rows, vectors } = this.target.tiles.matmul;
    const total = batch * tiles;
    const block = blockTiles(from + to, total, 4 * vectors);
    const [uStep, vStep, mStep] = [
      apart(4 * rows * Math.ceil(to / rows) * from),
      apart(4 * from * block),
      apart(4 * to * block),
    ];
    const u = scratch(points * uStep * groups);
    const v = scratch(points * vStep);
    const m = scratch(points * mStep);
    const temporary = scratch(transformBytes);
    const check = this.integers.put(this.sums.fill(0));
    const dataSize = way === "forward" ? geometry.inputSize : geometry.outputSize;
    const images = new TileSources(
      this.images,
      this.integers,
      {
        plan: source,
        from: x,
        batch,
        channels: groups * from,
        bytes: 4 * groups * from * product(dataSize),
        offsets: plan.sourceOffsets,
      },
      block,
    );
    const outputs = this.integers.put(
      tilePlaces(batch, plan.outputOffsets, batch, groups * to * plan.outputChannel),
    );
    const addresses = [u, v, m, temporary, check, images.base, images.places, outputs];
    if (addresses.some((address) => address < 0)) return false;

    for (let g = 0; g < groups; g++) {
      const [target, filters] = [u + g * points * uStep, weights + 4 * 9 * g * from * to];
      if (way === "forward") transformFilter(target, uStep, filters, to, from, 4 * 9 * from, 4 * 9);
      else transformFlipped(target, uStep, filters, to, from, 4 * 9, 4 * 9 * to);
    }
    for (let first = 0; first < total; first += block) {
      const count = Math.min(block, total - first);
      const quads = Math.ceil(count / 4);
      images.prepare(first, count);
      for (let g = 0; g < groups; g++) {
        const data = images.base + g * from * source.channel;
        transformInput(
          v,
          vStep,
          data,
          images.places + 4 * first,
          quads,
          from,
          source.channel,
          source.row,
          temporary,
        );
        const [full, tail] = [Math.floor(quads / vectors), quads % vectors];
        multiply(m, mStep, 4 * block, u + g * points * uStep, uStep, v, vStep, to, from, full, tail);
        transformOutput(
          y + g * to * plan.outputChannel,
          outputs + 4 * first,
          m,
          mStep,
          4 * block,
          quads,
          to,
          plan.outputChannel,
          plan.outputRow,
          temporary,
          check,
        );
      }
    }
    this.integers.get(check, this.sums);
    return this.sums.every((bits) => bits === 0);
  }
}
