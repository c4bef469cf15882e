// The images whose tiles are read in order by blocks: copies between zeros where they are needed, in a few slots that are used in turn, so
// that they stay in the cache.

import type { SourcePlan } from "./convSource.js";
import type { Scratch } from "./scratch.js";
import type { SourceImages } from "./sourceImages.js";

/** What lies at an address: `batch` images of `channels` channels, `bytes` each, and how their tiles are found in a copy. */
export interface TiledImages {
  readonly plan: SourcePlan;
  readonly from: number;
  readonly batch: number;
  readonly channels: number;
  readonly bytes: number;
  /** Bytes from the first number of a channel to each tile. */
  readonly offsets: Int32Array;
}

/**
 * How many copies are needed at a time by blocks of `block` tiles of which an image has `tiles`: a block may begin and end within an image.
 */
export function slotCount(batch: number, tiles: number, block: number): number {
  return Math.min(batch, Math.ceil((block - 1) / tiles) + 1);
}

/**
 * Bytes from `base` to every tile of a batch, image n being in slot n mod `slots`, `step` bytes a slot; filled up to a multiple of
 * four with the last tile.
 */
export function tilePlaces(batch: number, offsets: Int32Array, slots: number, step: number): Int32Array {
  const tiles = offsets.length;
  const total = batch * tiles;
  const places = new Int32Array(4 * Math.ceil(total / 4));
  for (let i = 0; i < places.length; i++) {
    const n = Math.floor(Math.min(i, total - 1) / tiles);
    places[i] = (n % slots) * step + offsets[Math.min(i, total - 1) - n * tiles]!;
  }
  return places;
}

export class TileSources {
  /** Address of channel 0 in slot 0, and of the places of all tiles relative to it; -1 when the heap has no room. */
  readonly base: number;
  readonly places: number;
  private readonly images: SourceImages;
  private readonly tiled: TiledImages;
  private readonly slots: number;
  private readonly step: number;
  private filled = 0;

  constructor(images: SourceImages, integers: Scratch, tiled: TiledImages, block: number) {
    const { plan, from, batch, channels, offsets } = tiled;
    this.images = images;
    this.tiled = tiled;
    this.step = channels * plan.channel;
    this.slots = plan.isDirect ? batch : slotCount(batch, offsets.length, block);
    this.base = plan.isDirect ? from : images.reserve(plan, channels * this.slots);
    this.places = integers.put(tilePlaces(batch, offsets, this.slots, this.step));
  }

  /** Makes the copies that tiles `first <= i < first + count` need; blocks come in order. */
  prepare(first: number, count: number): void {
    const { plan, from, channels, bytes, offsets } = this.tiled;
    if (plan.isDirect) return;
    for (const end = Math.ceil((first + count) / offsets.length); this.filled < end; this.filled++) {
      const slot = this.base + (this.filled % this.slots) * this.step;
      this.images.fill(plan, slot, from + this.filled * bytes, channels, bytes);
    }
  }
}
