// Padded copies of images, which the tiles of a convolution read: see convSource.ts.
import { emitCopies } from "../emit/copy.js";
import { scratch } from "../memory.js";
import type { SourcePlan } from "./convSource.js";
import { type Emitted, type EmittedKernel, instantiate, kernel, type Target } from "./emitted.js";

/** Bytes behind a scratch image that tiles at its end may read. */
export const slack = 256;

export interface CopyFamily {
  readonly copyRows: EmittedKernel;
  readonly gatherRows: EmittedKernel;
  readonly scatterRows: EmittedKernel;
}
export class SourceImages {
  private readonly target: Target;
  private readonly setAll: EmittedKernel;
  private lazyCopies: CopyFamily | null = null;

  constructor(target: Target, bodies: Emitted) {
    this.target = target;
    this.setAll = kernel(bodies, "fill");
  }

  copies(): CopyFamily {
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
  /** Scratch for the padded copy of one image, all zero; 0 when the image itself is read. */
  reserve(source: SourcePlan, channels: number): number {
    if (source.isDirect) return 0;
    const bytes = source.channel * channels;
    const image = scratch(bytes + slack);
    if (image >= 0) this.setAll(image, bytes / 4, 0);
    return image;
  }

  /** Copies one image between the zeros; its address for the tiles. */
  fill(source: SourcePlan, image: number, from: number, channels: number, bytes: number): number {
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
}
