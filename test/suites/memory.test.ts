import { currentChoice } from "../../src/engine/choose.js";
import { useEngine } from "../../src/engine/engine.js";
import type { Heap } from "../../src/engine/heap.js";
import { currentHeap, endOfStep } from "../../src/engine/memory.js";
import { memorySuite } from "./memory.js";

// The fastest engine that this machine can run; the plain loops on a heap are in test/unit/engine/memory.test.ts.
memorySuite((fn) => {
  useEngine(currentChoice().engine);
  endOfStep();
  fn(currentHeap() as Heap);
});
