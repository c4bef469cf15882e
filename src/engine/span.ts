/** A run of numbers and where it lives. memory.ts creates and moves them. */

/** Number types: float32 for training, float64 for gradient checks. */
export type Dtype = "float32" | "float64";
export type Numbers = Float32Array | Float64Array;

/** A run of bytes on the heap. */
export interface Block {
  readonly start: number;
  readonly bytes: number;
}

/** A recorded operation, as far as memory is concerned: once consumed it reads nothing any more. */
export interface Consumer {
  readonly consumed: boolean;
}

/** A run of numbers. `pointer >= 0`: byte address on the heap; `-1`: the numbers are in `array`. */
export class Span {
  readonly dtype: Dtype;
  readonly length: number;
  pointer: number;
  /** The numbers when pointer is -1; the cached view of a place on the heap otherwise; null: no view yet, or dropped. */
  array: Numbers | null;
  /** What keeps the memory of a kept span in use: holding the span holds the memory. */
  owner: object | null = null;
  /** The block of a large result; null for small results and for parameters. */
  block: Block | null = null;
  /** Nobody outside the library can hold this span: evacuation drops it once no record needs it. */
  internal = false;
  /** The gradient of a leaf: survives the scope in which backward() ran. */
  held = false;
  /** Records that read these numbers for their gradient; only kept for spans between the layers of a network. */
  neededBy: Consumer[] | null = null;
  /** The user may write to the array at any time, so a copy of it on the heap must not be remembered. */
  exposed = false;
  /** Clock value of the last change in place; backward() compares it with the record's. */
  changedAt = 0;
  /** The nursery epoch in which `copyPointer` holds a copy of the array. */
  copyEpoch = -1;
  copyPointer = -1;

  constructor(dtype: Dtype, length: number, pointer: number, array: Numbers | null) {
    this.dtype = dtype;
    this.length = length;
    this.pointer = pointer;
    this.array = array;
  }
}
