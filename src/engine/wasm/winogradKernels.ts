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
import { emitWinograd, points, transformBytes } from "../emit/winograd.js";
import type { ConvGeometry } from "../interface.js";
import { scratch } from "../memory.js";
import { type Emitted, type EmittedKernel, instantiate, kernel, type Target } from "./emitted.js";
import { PlanCache } from "./planCache.js";
import type { Scratch } from "./scratch.js";
import type { SourceImages } from "./sourceImages.js";
import { planWinograd, type Winograd } from "./winogradPlan.js";

const product = (sizes: readonly number[]): number => sizes.reduce((a, b) => a * b, 1);

/** Bytes of transformed data and products of one block. Between 400 KB and 1.5 MB the time differs by 3 %. */
const blockBytes = 600 << 10;

/** An odd number of cache lines, so that the 36 matrices do not meet in the same few lines of the cache. */
const apart = (bytes: number): number => 64 * (Math.ceil(bytes / 64) | 1);

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
  private readonly test: () => string | null;
  private lazy: Kernels | null = null;
  /** Whether the self-test passed; undefined before the first use. */
  private passed: boolean | undefined = undefined;

  /** @param test runs a convolution that comes here, and says what was wrong */
  constructor(target: Target, integers: Scratch, images: SourceImages, test: () => string | null) {
    this.target = target;
    this.integers = integers;
    this.images = images;
    this.test = test;
    const isWide = target.path === "wide";
    this.forwardPlans = new PlanCache((geometry) => planWinograd(geometry, "forward", isWide));
    this.inputPlans = new PlanCache((geometry) => planWinograd(geometry, "inputGrad", isWide));
  }

  private isSound(): boolean {
    if (this.passed === undefined) {
      this.passed = true; // the test itself comes here again
      this.passed = this.test() === null;
    }
    return this.passed;
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
    const slots = source.isDirect ? batch : Math.min(batch, Math.ceil((block - 1) / tiles) + 1);
    const image = source.isDirect ? x : this.images.reserve(source, groups * from * slots);
    const imageBytes = groups * from * source.channel;
    const places = this.integers.put(tilePlaces(plan, batch, slots, imageBytes, groups));
    if (u < 0 || v < 0 || m < 0 || temporary < 0 || check < 0 || image < 0 || places < 0) return false;

    for (let g = 0; g < groups; g++) {
      const [target, filters] = [u + g * points * uStep, weights + 4 * 9 * g * from * to];
      if (way === "forward") transformFilter(target, uStep, filters, to, from, 4 * 9 * from, 4 * 9);
      else transformFlipped(target, uStep, filters, to, from, 4 * 9, 4 * 9 * to);
    }
    const { inputSize, outputSize } = geometry;
    const dataBytes = 4 * groups * from * product(way === "forward" ? inputSize : outputSize);
    const outputPlaces = places + 4 * total4(total);
    let filled = 0;
    for (let first = 0; first < total; first += block) {
      const quads = Math.ceil(Math.min(block, total - first) / 4);
      const end = Math.min(batch, Math.ceil((first + block) / tiles));
      for (; filled < end && !source.isDirect; filled++) {
        const slot = image + (filled % slots) * imageBytes;
        this.images.fill(source, slot, x + filled * dataBytes, groups * from, dataBytes);
      }
      for (let g = 0; g < groups; g++) {
        const data = image + g * from * source.channel;
        transformInput(
          v,
          vStep,
          data,
          places + 4 * first,
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
          outputPlaces + 4 * first,
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

/** Tiles of a block: whole panels of `width`, as many as stay in the cache, at least one. */
function blockTiles(channels: number, total: number, width: number): number {
  const fitting = Math.floor(blockBytes / (4 * points * channels) / width);
  return width * Math.min(Math.max(fitting, 1), Math.ceil(total / width));
}

const total4 = (count: number): number => 4 * Math.ceil(count / 4);

/**
 * Bytes from the first source and from the first output to each tile of the batch, in two lists of whole quads: the last quad repeats the last
 * tile. Sources are in `slots` places that are used in turn.
 */
function tilePlaces(
  { tiles, to, sourceOffsets, outputOffsets, outputChannel }: Winograd,
  batch: number,
  slots: number,
  sourceBytes: number,
  groups: number,
): Int32Array {
  const total = batch * tiles;
  const places = new Int32Array(2 * total4(total));
  const outputs = places.subarray(total4(total));
  const outputBytes = groups * to * outputChannel;
  for (let i = 0; i < outputs.length; i++) {
    const last = Math.min(i, total - 1);
    const n = Math.floor(last / tiles);
    const tile = last - n * tiles;
    places[i] = (n % slots) * sourceBytes + sourceOffsets[tile]!;
    outputs[i] = n * outputBytes + outputOffsets[tile]!;
  }
  return places;
}
