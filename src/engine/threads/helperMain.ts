// CHILD: one helper thread of the engine. An engine of its own on the common memory, with its own workspace and scratch;
// it computes one job after the other.
import { workerData } from "node:worker_threads";
import { closeHeap, currentHeap, openHeap } from "../memory.js";
import { useCompileLock } from "../wasm/compileLock.js";
import { compileInWindow, flagWindow, readEnvironment } from "../wasm/features.js";
import { WasmEngine } from "../wasm/wasmEngine.js";
import { type HelperStart, spins, state } from "./helperThread.js";
import { runJob } from "./job.js";

const { control, job, lock, memory, path, tiles, firstByte, lastByte } = workerData as HelperStart;
useCompileLock(lock);
const window = flagWindow(path, readEnvironment()) ?? [];
const engine = new WasmEngine({
  path,
  tiles,
  memory,
  workspace: firstByte,
  compile: (bytes) => compileInWindow(bytes, window),
});
openHeap(memory, lastByte, engine.reservedBytes);

function finish(result: number): void {
  Atomics.store(control, 0, result);
  Atomics.notify(control, 0);
}

finish(state.idle);
for (;;) {
  for (let i = 0; i < spins && Atomics.load(control, 0) !== state.hasJob; i++);
  for (let now = Atomics.load(control, 0); now !== state.hasJob; now = Atomics.load(control, 0))
    Atomics.wait(control, 0, now);
  try {
    const isDone = runJob(engine, Array.from(job.subarray(0, control[1])));
    currentHeap()?.evacuate();
    finish(isDone ? state.done : state.refused);
  } catch {
    // The main thread computes this share itself.
    closeHeap();
    openHeap(memory, lastByte, engine.reservedBytes);
    finish(state.failed);
  }
}
