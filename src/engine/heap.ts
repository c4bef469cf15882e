/**
 * The heap behind float32 results: pages of one growing memory, handed out as blocks. Some blocks are kept (parameters),
 * the others form the nursery, where allocating is adding to a number. memory.ts says when each is used.
 */
import type { Collect } from "./collector.js";
import { KeptBlocks } from "./keptBlocks.js";
import type { Block, Span } from "./span.js";

/** What the heap needs of a WebAssembly.Memory; `shared: true`, so that views survive `grow`. */
export interface HeapMemory {
  readonly buffer: ArrayBufferLike;
  grow(pages: number): number;
}

const PAGE = 65536;
/** Spans start at multiples of this: one cache line, and no 128- or 256-bit access of a tile crosses two lines. */
const ALIGNMENT = 64;
const FIRST_NURSERY = 4 << 20;
const FIRST_SOFT_LIMIT = 8 << 20;
/** From here on a result has a block of its own and stays in it: copying it would cost more than keeping account of it. */
const LARGE = 256 << 10;

const align = (bytes: number, to: number): number => Math.ceil(bytes / to) * to;

export class Heap {
  readonly memory: HeapMemory;
  readonly maximumBytes: number;
  /** All of the memory as float32; replaced when the memory grows. Index = byte address / 4. */
  floats: Float32Array;
  /** Step results in the nursery since the last evacuation. */
  readonly spans: Span[] = [];
  /** Counts evacuations: an address from an older epoch is no longer valid. */
  epoch = 0;
  /** Bytes of step results, in the nursery and in blocks of their own, and the amount above which they are sorted out between operations. */
  used = 0;
  softLimit: number = FIRST_SOFT_LIMIT;
  /** A block was refused that garbage could make room for. */
  isShort = false;
  /** Greater than 0 while addresses must not change across operations (backward). */
  busy = 0;

  /** The part of `used` that lies in the nursery. */
  private bumped = 0;
  private top = 0;
  private end = 0;
  private chunks: Block[] = [];
  private free: Block[] = [];
  private readonly kept: KeptBlocks;
  private readonly holders: WeakMap<Float32Array, object> = new WeakMap();

  /** @param collect null: large results cannot stay, because nobody says when they are no longer used */
  constructor(memory: HeapMemory, maximumBytes: number, firstByte: number, collect: Collect | null) {
    this.memory = memory;
    this.kept = new KeptBlocks((block) => this.giveBack(block), collect);
    this.maximumBytes = maximumBytes;
    this.floats = new Float32Array(memory.buffer);
    const start = align(firstByte, PAGE);
    const end = Math.min(memory.buffer.byteLength, maximumBytes);
    if (end > start) this.free.push({ start, bytes: end - start });
  }

  /** The next `bytes` of the nursery; -1 when the memory may not grow further. */
  bump(bytes: number): number {
    const size = (bytes + ALIGNMENT - 1) & ~(ALIGNMENT - 1);
    if (size < bytes || (this.top + size > this.end && !this.openChunk(size))) return -1;
    const pointer = this.top;
    this.top += size;
    this.used += size;
    this.bumped += size;
    return pointer;
  }

  private openChunk(atLeast: number): boolean {
    const wanted = Math.max(this.chunks.length === 0 ? FIRST_NURSERY : this.bumped, atLeast + ALIGNMENT);
    const block = this.take(align(wanted, PAGE)) ?? this.take(align(atLeast + ALIGNMENT, PAGE));
    if (block === null) return false;
    this.chunks.push(block);
    this.top = block.start;
    // The last bytes stay unused, so that a vector load at the end of the last span reads no foreign memory.
    this.end = block.start + block.bytes - ALIGNMENT;
    return true;
  }

  /** A block that stays until nothing refers to the returned object; null when the memory may not grow further. */
  keep(bytes: number): Block | null {
    const block = this.take(align(bytes + ALIGNMENT, PAGE));
    return block === null ? null : this.kept.add(block);
  }

  /** Whether `bytes` of a result stay where they are written. */
  isLarge(bytes: number): boolean {
    return bytes >= LARGE && this.kept.canCollect;
  }

  /** A block for a large result of this step; null when the memory may not grow further. */
  large(bytes: number): Block | null {
    const block = this.take(align(bytes + ALIGNMENT, PAGE));
    if (block !== null) this.used += block.bytes;
    return block;
  }

  view(pointer: number, length: number): Float32Array {
    return new Float32Array(this.memory.buffer, pointer, length);
  }

  /** Keeps `block` alive for as long as `view` is. */
  holdBlock(view: Float32Array | Float64Array, block: object): void {
    this.holders.set(view as Float32Array, block);
  }

  /** Bytes in kept blocks, the nursery's blocks and free ones. */
  statistics(): { total: number; nursery: number; free: number; kept: number } {
    const sum = (blocks: readonly Block[]): number => blocks.reduce((bytes, block) => bytes + block.bytes, 0);
    const total = this.memory.buffer.byteLength;
    const nursery = sum(this.chunks);
    const free = sum(this.free);
    return { total, nursery, free, kept: total - nursery - free };
  }

  /** Evacuation because the nursery is full, not because a step ended. */
  evacuateFull(): void {
    const neededLater = this.evacuate();
    // Records still need much of it: a network larger than the nursery is training, so copying again would not help.
    if (neededLater * 2 > this.softLimit)
      this.softLimit = Math.min(this.softLimit * 2, this.maximumBytes / 4);
  }

  /**
   * Lets large results that may still be read stay where they are, copies small ones to arrays, drops the rest, starts again.
   * Returns the bytes records still need.
   *
   * @param stay false copies the large ones too: the memory will not be used any more
   */
  evacuate(stay = true): number {
    let neededLater = 0;
    for (const span of this.spans) {
      const { block } = span;
      const isNeeded = span.pointer >= 0 && (span.neededBy?.some((record) => !record.consumed) ?? false);
      if (isNeeded) neededLater += span.length * 4;
      const isDropped = span.internal && !isNeeded;
      if (span.pointer >= 0 && block !== null && !isDropped && stay) {
        span.owner = this.kept.add(block);
        if (span.array !== null) this.holdBlock(span.array, span.owner);
        continue;
      }
      if (block !== null) this.giveBack(block);
      span.block = null;
      if (span.pointer < 0) continue;
      span.array = isDropped ? null : this.floats.slice(span.pointer >> 2, (span.pointer >> 2) + span.length);
      span.pointer = -1;
    }
    this.spans.length = 0;
    this.restart();
    this.collectIfDue();
    return neededLater;
  }

  /**
   * Collects garbage when enough blocks were kept since the last time, or one was missing. Only between operations: optimized
   * code no longer refers to a tensor once it has read its address.
   */
  collectIfDue(): void {
    this.kept.collectIfDue(this.isShort);
    this.isShort = false;
  }

  private restart(): void {
    this.epoch++;
    if (this.chunks.length > 1) {
      // One chunk as large as the whole step: the next one then stays in one place.
      const bytes = this.chunks.reduce((sum, chunk) => sum + chunk.bytes, 0);
      for (const chunk of this.chunks) this.giveBack(chunk);
      this.chunks = [];
      const block = this.take(align(Math.min(bytes, Math.max(this.bumped * 1.25, FIRST_NURSERY)), PAGE));
      if (block !== null) this.chunks.push(block);
    }
    const [chunk] = this.chunks;
    this.top = chunk?.start ?? 0;
    this.end = chunk === undefined ? 0 : chunk.start + chunk.bytes - ALIGNMENT;
    this.used = 0;
    this.bumped = 0;
  }

  /** First free block that is large enough, growing the memory when there is none. */
  private take(bytes: number): Block | null {
    const find = (): number => this.free.findIndex((block) => block.bytes >= bytes);
    let index = find();
    if (index < 0 && this.grow(bytes)) index = find();
    if (index < 0) {
      this.isShort = this.kept.hasNew;
      return null;
    }
    const block = this.free[index] as Block;
    if (block.bytes === bytes) this.free.splice(index, 1);
    else this.free[index] = { start: block.start + bytes, bytes: block.bytes - bytes };
    return { start: block.start, bytes };
  }

  private grow(bytes: number): boolean {
    const size = this.memory.buffer.byteLength;
    const last = this.free.at(-1);
    const atEnd = last !== undefined && last.start + last.bytes === size ? last.bytes : 0;
    const missing = align(bytes - atEnd, PAGE);
    if (size + missing > this.maximumBytes) return false;
    // A quarter more than needed, so that a growing program does not grow page by page.
    const generous = Math.min(align(missing + size / 4, PAGE), this.maximumBytes - size);
    try {
      this.memory.grow(Math.floor(generous / PAGE));
    } catch {
      return false;
    }
    this.floats = new Float32Array(this.memory.buffer);
    this.giveBack({ start: size, bytes: this.memory.buffer.byteLength - size });
    return true;
  }

  /** Back to the free list, which is sorted by address; neighbours are joined. */
  private giveBack(block: Block): void {
    const after = this.free.findIndex((other) => other.start > block.start);
    this.free.splice(after < 0 ? this.free.length : after, 0, block);
    const joined: Block[] = [];
    for (const next of this.free) {
      const last = joined.at(-1);
      if (last !== undefined && last.start + last.bytes === next.start) {
        joined[joined.length - 1] = { start: last.start, bytes: last.bytes + next.bytes };
      } else joined.push(next);
    }
    this.free = joined;
  }
}
