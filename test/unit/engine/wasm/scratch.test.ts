import { expect, test } from "vitest";
import { currentHeap, endOfStep } from "../../../../src/engine/memory.js";
import { Scratch } from "../../../../src/engine/wasm/scratch.js";
import { simdEngine } from "../../../support/wasmEngine.js";

test("integers go to the heap and come back, also after the memory has grown", () => {
  simdEngine();
  const heap = currentHeap();
  if (heap === null) throw new Error("bug: the heap is open");
  const scratch = new Scratch(heap.memory as WebAssembly.Memory);
  for (const length of [5, 3 << 20]) {
    const values = Int32Array.from({ length }, (_, i) => i - 2);
    const pointer = scratch.put(values);
    const back = new Int32Array(length);
    scratch.get(pointer, back);
    expect([back[0], back[4], back[length - 1]]).toEqual([-2, 2, length - 3]);
  }
  endOfStep();
});
