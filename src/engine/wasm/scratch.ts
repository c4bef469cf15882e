// Integers on the heap: tables and indices that emitted kernels read or write.
import { scratch } from "../memory.js";

export class Scratch {
  private readonly memory: WebAssembly.Memory;
  private view: Int32Array;

  constructor(memory: WebAssembly.Memory) {
    this.memory = memory;
    this.view = new Int32Array(memory.buffer);
  }

  /** The view, renewed when the memory has grown. */
  private current(): Int32Array {
    const { buffer } = this.memory;
    if (this.view.buffer !== buffer || this.view.byteLength !== buffer.byteLength)
      this.view = new Int32Array(buffer);
    return this.view;
  }
  /** Copies `values` to nursery scratch; its address, or -1 when the heap has no room. */
  put(values: Int32Array): number {
    const pointer = scratch(4 * values.length);
    if (pointer >= 0) this.current().set(values, pointer / 4);
    return pointer;
  }
  /** Copies integers at `pointer` into `values`. */
  get(pointer: number, values: Int32Array): void {
    values.set(this.current().subarray(pointer / 4, pointer / 4 + values.length));
  }
}
