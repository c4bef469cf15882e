// What the classes of src/engine/wasm are made from, on the process's heap, so that one of them can be tested without the engine.
import { emitLayerBodies } from "../../src/engine/emit/binary.js";
import { chooseTiles } from "../../src/engine/emit/tiles.js";
import { currentHeap } from "../../src/engine/memory.js";
import { type Emitted, instantiate, type Target } from "../../src/engine/wasm/emitted.js";
import { Scratch } from "../../src/engine/wasm/scratch.js";
import { SourceImages } from "../../src/engine/wasm/sourceImages.js";
import { simdEngine } from "./wasmEngine.js";

export interface EngineParts {
  readonly target: Target;
  readonly bodies: Emitted;
  readonly integers: Scratch;
  readonly images: SourceImages;
  /** The heap's numbers; index = byte address / 4. */
  readonly floats: Float32Array;
}

export function engineParts(): EngineParts {
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
  const bodies = instantiate(target, emitLayerBodies);
  const images = new SourceImages(target, bodies);
  return { target, bodies, images, integers: new Scratch(target.memory), floats: heap.floats };
}
