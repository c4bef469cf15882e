// The main thread's end of one helper: starts it, hands it jobs through shared memory, waits for them. No messages: the
// main thread is busy with its own share, and a helper answers within microseconds.
import { Worker } from "node:worker_threads";
import { errorText } from "../../errors.js";
import type { Tiles } from "../emit/tiles.js";
import type { FastPath } from "../wasm/features.js";
import type { Job } from "./job.js";

/** What a helper is started with. */
export interface HelperStart {
  /** [state, length of the job]. */
  readonly control: Int32Array;
  readonly job: Float64Array;
  readonly lock: Int32Array;
  readonly memory: WebAssembly.Memory;
  readonly path: FastPath;
  readonly tiles: Tiles;
  /** Bytes of the memory that belong to the helper: workspace and scratch. */
  readonly firstByte: number;
  readonly lastByte: number;
}

/** States of a helper: the main thread sets `hasJob`, the helper all others. */
export const state = { starting: 0, idle: 1, hasJob: 2, done: 3, refused: 4, failed: 5 } as const;
/** Numbers of the longest job: a convolution has 28, an update at most 5 addresses and 9 numbers. */
const jobLength = 64;
/** Reads of the state before a waiting thread lets the processor go: some 50 µs, about what waking up costs. */
export const spins = 5000;

/** Milliseconds after which a helper counts as dead. */
export interface Limits {
  readonly start?: number;
  readonly answer?: number;
}

export class HelperThread {
  readonly #control: Int32Array = new Int32Array(new SharedArrayBuffer(8));
  readonly #job: Float64Array = new Float64Array(new SharedArrayBuffer(8 * jobLength));
  readonly #worker: Worker;
  readonly #limits: Required<Limits>;

  constructor(
    start: Omit<HelperStart, "control" | "job">,
    program: URL,
    { start: startLimit = 20_000, answer = 60_000 }: Limits = {},
  ) {
    this.#limits = { start: startLimit, answer };
    const workerData: HelperStart = { ...start, control: this.#control, job: this.#job };
    this.#worker = new Worker(program, { workerData });
    // Without this a process would never end by itself.
    this.#worker.unref();
  }

  /** Waits until the thread has loaded its program. */
  started(): void {
    const last = this.#wait(state.starting, this.#limits.start);
    if (last === state.idle) return;
    const text = `a helper thread did not start within ${this.#limits.start / 1000} s`;
    throw new Error(errorText("engine", text, "", "engine.configure({ threads: 1 })"));
  }

  /** Hands over a job; a second one must not follow before `finish`. */
  post(job: Job): void {
    this.#wait(state.hasJob, this.#limits.answer);
    this.#job.set(job);
    this.#control[1] = job.length;
    Atomics.store(this.#control, 0, state.hasJob);
    Atomics.notify(this.#control, 0);
  }

  /** Waits for the posted job; false when it was not done. */
  finish(): boolean {
    const last = this.#wait(state.hasJob, this.#limits.answer);
    if (last === state.done) return true;
    if (last !== state.hasJob) return false;
    const text = `a helper thread has not answered for ${this.#limits.answer / 1000} s`;
    throw new Error(errorText("engine", text, "", "engine.configure({ threads: 1 })"));
  }

  close(): void {
    void this.#worker.terminate();
  }

  /** The first state that is not `unwanted`, or `unwanted` when the time is over. */
  #wait(unwanted: number, limit: number): number {
    const control = this.#control;
    for (let i = 0; i < spins; i++) {
      const now = Atomics.load(control, 0);
      if (now !== unwanted) return now;
    }
    const end = performance.now() + limit;
    for (;;) {
      const now = Atomics.load(control, 0);
      if (now !== unwanted || performance.now() > end) return now;
      Atomics.wait(control, 0, unwanted, Math.min(1000, limit));
    }
  }
}
