/**
 * Where numbers live. A span is a run of numbers: either an ordinary JavaScript typed array, or a place on one shared
 * heap that fast arithmetic reads by byte address. Three lifetimes:
 *
 * - array: float64, everything when no heap is open, and numbers the user gave or looked at. The garbage collector frees it.
 * - kept:  parameters, their gradients and optimizer state; a block on the heap, freed when nothing refers to it any more.
 * - step:  results of float32 operations, in the heap's nursery: one pointer that moves forward. The nursery is emptied
 *   by evacuation: every result that somebody could still hold is copied to a JavaScript array, intermediate results that
 *   nobody can hold are dropped, and the pointer moves back. It is the nursery of a generational garbage collector
 *   without knowledge of what is alive; the price is the copy of the few visible results of each step. A large result has a
 *   block of its own instead: evacuation frees the block, or makes it a kept one. (keptBlocks.ts says how garbage is found.)
 *
 * Evacuation happens only between operations: at the end of backward() and, when the nursery is full, after an
 * operation has its result. So inside one operation addresses stay valid.
 */
import type { Collect } from "./collector.js";
import { Heap, type HeapMemory } from "./heap.js";
import { type Dtype, type Numbers, Span } from "./span.js";

/** The open heap, or null in plain-only processes. */
let heap: Heap | null = null;

/**
 * Opens the heap on a memory (a shared WebAssembly.Memory, so that views stay valid when it grows). From here on float32
 * results live on it.
 *
 * @param maximumBytes limit of the heap; results that do not fit become JavaScript arrays
 * @param firstByte bytes below this address belong to the caller
 * @param collect collects garbage at once; null: large results are copied out like small ones
 */
export function openHeap(
  memory: HeapMemory,
  maximumBytes: number,
  firstByte = 65536,
  collect: Collect | null = null,
): Heap {
  closeHeap();
  heap = new Heap(memory, maximumBytes, firstByte, collect);
  return heap;
}

/** Moves the results of the step to JavaScript arrays and stops using the heap; of kept spans only views in use stay readable. */
export function closeHeap(): void {
  heap?.evacuate(false);
  heap = null;
}

export function currentHeap(): Heap | null {
  return heap;
}

/** A span for a result. Its numbers are zero or anything: the operation overwrites all of them. */
export function newSpan(dtype: Dtype, length: number): Span {
  if (heap !== null && dtype === "float32" && length > 0) {
    const block = heap.isLarge(length * 4) ? heap.large(length * 4) : null;
    const pointer = block !== null ? block.start : heap.bump(length * 4);
    if (pointer >= 0) {
      const span = new Span(dtype, length, pointer, null);
      span.block = block;
      heap.spans.push(span);
      return span;
    }
  }
  return new Span(dtype, length, -1, newArray(dtype, length));
}

export function newArray(dtype: Dtype, length: number): Numbers {
  return dtype === "float32" ? new Float32Array(length) : new Float64Array(length);
}

/** A span over an array that only the library refers to. */
export function arraySpan(array: Numbers): Span {
  return new Span(array instanceof Float32Array ? "float32" : "float64", array.length, -1, array);
}

/**
 * Zeros that stay in place: for parameters, gradients and optimizer state. On the heap when it is open and has room,
 * otherwise an ordinary array.
 */
export function keptSpan(dtype: Dtype, length: number): Span {
  heap?.collectIfDue();
  const block = heap !== null && dtype === "float32" && length > 0 ? heap.keep(length * 4) : null;
  if (block === null || heap === null) return new Span(dtype, length, -1, newArray(dtype, length));
  const view = heap.view(block.start, length);
  view.fill(0);
  const span = new Span(dtype, length, block.start, null);
  span.owner = block;
  return span;
}

/** Numbers `start <= i < start + length` of a kept or array span, sharing its memory. */
export function subSpan(span: Span, start: number, length: number): Span {
  if (span.pointer >= 0) {
    const part = new Span(span.dtype, length, span.pointer + start * 4, null);
    part.owner = span.owner;
    return part;
  }
  const part = new Span(span.dtype, length, -1, numbers(span).subarray(start, start + length));
  // Each can be written through the other.
  part.exposed = true;
  span.exposed = true;
  return part;
}

/** The numbers for a loop of the library. Not to be handed to users: see `exposedNumbers`. */
export function numbers(span: Span): Numbers {
  return span.array ?? viewOf(span);
}

function viewOf(span: Span): Numbers {
  if (span.pointer < 0 || heap === null) {
    throw new RangeError(
      "Tensor: these numbers were dropped at the end of scope(...)\n" +
        "  help: return the tensor from the function given to scope, or copy its numbers with toArray() inside",
    );
  }
  const view = heap.view(span.pointer, span.length);
  span.array = view;
  // Whoever holds the view of a kept span holds its block, so that the memory is not reused under the view.
  if (span.owner !== null) heap.holdBlock(view, span.owner);
  return view;
}

/** The first number, without making a view. */
export function firstNumber(span: Span): number {
  if (span.array !== null || heap === null) return numbers(span)[0] as number;
  return heap.floats[span.pointer >> 2] as number;
}

/** The numbers as the user sees them. They stay valid for ever, so a step result moves to an array of its own first. */
export function exposedNumbers(span: Span): Numbers {
  moveOut(span);
  span.exposed = true;
  return numbers(span);
}

/** Moves a result off the heap, not a parameter. */
export function moveOut(span: Span): void {
  const isParameter = span.owner !== null && span.block === null;
  if (span.pointer < 0 || isParameter) return;
  span.array = numbers(span).slice();
  span.pointer = -1;
  // A large result of this step still has its block in the step's list; a kept one leaves it to the garbage collector.
  if (span.owner !== null) span.block = null;
  span.owner = null;
}

/** Gives a large array that is used step after step a place on the heap; false when there is no room. */
function moveIn(span: Span, source: Numbers): boolean {
  const block = heap?.keep(span.length * 4) ?? null;
  if (heap === null || block === null) return false;
  heap.floats.set(source, block.start >> 2);
  span.pointer = block.start;
  span.array = null;
  span.owner = block;
  span.block = block;
  return true;
}

/**
 * The byte address of a span's numbers for reading, copying them into nursery scratch when they are in an array;
 * -1 when the heap has no room. The address is valid until the operation has its result.
 */
export function resident(span: Span): number {
  if (span.pointer >= 0) return span.pointer;
  const open = heap;
  if (open === null || span.dtype !== "float32") return -1;
  if (span.copyEpoch === open.epoch && !span.exposed) return span.copyPointer;
  const source = numbers(span);
  const isReused = span.copyEpoch >= 0 && span.copyEpoch !== open.epoch;
  if (isReused && !span.exposed && open.isLarge(span.length * 4) && moveIn(span, source)) return span.pointer;
  const pointer = open.bump(span.length * 4);
  if (pointer < 0) return -1;
  open.floats.set(source, pointer >> 2);
  span.copyEpoch = open.epoch;
  span.copyPointer = pointer;
  return pointer;
}

/** Bytes of nursery scratch, valid until the operation has its result; -1 when the heap has no room. */
export function scratch(bytes: number): number {
  return heap === null ? -1 : heap.bump(bytes);
}

/** Called when an operation has its result: empties the nursery when it is full. */
export function safePoint(): void {
  if (heap !== null && (heap.used > heap.softLimit || heap.isShort) && heap.busy === 0) heap.evacuateFull();
}

/** Called at the end of backward(): the results of the step move out and the next step reuses their memory. */
export function endOfStep(): void {
  if (heap !== null && heap.busy === 0) heap.evacuate();
}

/** While `delta` of calls are open (a running backward pass) the nursery grows instead of moving anything. */
export function holdNursery(delta: 1 | -1): void {
  if (heap !== null) heap.busy += delta;
}

/** Where a scope begins: the nursery's epoch and the number of step results in it. */
export interface ScopeMark {
  readonly epoch: number;
  readonly count: number;
}

export function scopeStart(): ScopeMark {
  return { epoch: heap?.epoch ?? 0, count: heap?.spans.length ?? 0 };
}

/** Marks every step result since `mark` as droppable, except those that are kept. */
export function scopeEnd(mark: ScopeMark, kept: ReadonlySet<Span>): void {
  if (heap === null) return;
  // After an evacuation inside the scope only results of the scope are in the nursery.
  const first = heap.epoch === mark.epoch ? mark.count : 0;
  for (let i = first; i < heap.spans.length; i++) {
    const span = heap.spans[i] as Span;
    if (!kept.has(span) && !span.held) span.internal = true;
  }
}
