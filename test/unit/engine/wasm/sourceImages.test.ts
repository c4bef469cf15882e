import { expect, test } from "vitest";
import { emitLayerBodies } from "../../../../src/engine/emit/binary.js";
import { chooseTiles } from "../../../../src/engine/emit/tiles.js";
import { currentHeap, endOfStep } from "../../../../src/engine/memory.js";
import { planSource } from "../../../../src/engine/wasm/convSource.js";
import { instantiate, type Target } from "../../../../src/engine/wasm/emitted.js";
import { SourceImages } from "../../../../src/engine/wasm/sourceImages.js";
import { onHeap, simdEngine } from "../../../support/wasmEngine.js";

test("two channels of three numbers with a zero on each side; a direct source is the image itself", () => {
  simdEngine();
  const heap = currentHeap();
  if (heap === null) throw new Error("bug: the heap is open");
  const target: Target = {
    path: "simd",
    tiles: chooseTiles("simd", 20, "x64"),
    workspace: 1024,
    memory: heap.memory as WebAssembly.Memory,
    compile: (bytes) => new WebAssembly.Module(bytes as Uint8Array<ArrayBuffer>),
  };
  const images = new SourceImages(target, instantiate(target, emitLayerBodies));
  const x = onHeap([1, 2, 3, 4, 5, 6]);
  const padded = planSource([1, 1, 3], [0, 0, 1], [1, 1, 1], [1, 1, 5]);
  const at = images.fill(padded, images.reserve(padded, 2), x.pointer, 2, 24);
  expect(Array.from(heap.floats.subarray(at / 4, at / 4 + 10))).toEqual([0, 1, 2, 3, 0, 0, 4, 5, 6, 0]);
  const direct = planSource([1, 1, 3], [0, 0, 0], [1, 1, 1], [1, 1, 3]);
  expect(images.fill(direct, images.reserve(direct, 2), x.pointer, 2, 24)).toBe(x.pointer);
  endOfStep();
});
