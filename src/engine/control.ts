/**
 * `engine.status()` and `engine.configure()`: which implementation of the arithmetic runs, and why. Importing this file
 * only says how to choose; the choice is made at the first operation.
 */
import { inspect } from "node:util";
import { checkChoice, checkNumber, checkOptions, errorText, rejectUnknownOptions } from "../errors.js";
import { chooseAgain, currentChoice, isHeapOpen, paths, settings } from "./choose.js";
import { systemCollector } from "./collector.js";
import { chooseEngineWith } from "./engine.js";
import type { EnginePath } from "./interface.js";
import { currentHeap } from "./memory.js";
import { missingForThreads } from "./threads/startThreads.js";
import { ThreadedEngine } from "./threads/threadedEngine.js";
import { WasmEngine } from "./wasm/wasmEngine.js";

chooseEngineWith(() => currentChoice().engine);

/** Options of {@link configure}. */
export interface EngineOptions {
  /** The implementation to use: "wide" (256-bit), "fma", "simd" or "plain"; default the best that runs here. */
  readonly path?: EnginePath;
  /** Threads that share large operations, at most as many as the process has cores; default 1. */
  readonly threads?: number;
  /** Most bytes of memory for float32 results before they become ordinary arrays; default 2 GiB, at most 4 GiB. */
  readonly memoryLimit?: number;
}

/** Heap use in bytes. */
export interface EngineMemory {
  readonly limit: number;
  readonly total: number;
  /** Parameters, gradients, optimizer state, and large results that are in use or not yet collected. */
  readonly kept: number;
  /** Room for the results of a step. */
  readonly nursery: number;
  readonly free: number;
}

const copiedResults =
  "large results are copied off the heap: garbage cannot be collected on demand (GRADBOOK_V8_FLAGS=0); start node with --expose-gc";

/** What {@link status} returns; displays itself in a notebook. */
export class EngineStatus {
  readonly path: EnginePath;
  readonly node: string;
  readonly v8: string;
  /** Name of the register tiles in use, null on the plain path. */
  readonly tiles: string | null;
  readonly threads: number;
  readonly memory: EngineMemory;
  /** Better paths that do not run, each with its reason. */
  readonly inactive: readonly { readonly path: EnginePath; readonly reason: string }[];
  /** Operations that the path computes wrongly here, found by its self-test; slower code does them instead. */
  readonly refused: readonly string[];

  constructor() {
    const choice = currentChoice();
    const heap = currentHeap();
    const { total, kept, nursery, free } = heap?.statistics() ?? { total: 0, kept: 0, nursery: 0, free: 0 };
    this.path = choice.engine.path;
    this.node = process.versions.node;
    this.v8 = process.versions.v8;
    this.tiles = choice.tiles?.name ?? null;
    this.threads = choice.engine instanceof ThreadedEngine ? choice.engine.threads : 1;
    this.memory = { limit: settings.memoryLimit, total, kept, nursery, free };
    this.inactive = choice.inactive;
    this.refused = choice.engine instanceof WasmEngine ? choice.engine.refused : [];
  }

  /**
   * Share of the numbers of a tensor that are denormal (0 < |x| < 1.2e-38), from 0 to 1. WebAssembly cannot round them to
   * 0, and arithmetic on them is up to 200 times slower: training that slows down for no visible reason has some.
   */
  denormals(tensor: { readonly data: Float32Array | Float64Array }): number {
    let count = 0;
    for (const x of tensor.data) if (x !== 0 && Math.abs(x) < 2 ** -126) count++;
    return tensor.data.length === 0 ? 0 : count / tensor.data.length;
  }

  toString(): string {
    const { limit, total, kept } = this.memory;
    const mebibytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(0)} MiB`;
    const lines = [
      `engine: ${this.path}${this.tiles === null ? "" : ` (tiles ${this.tiles})`}, ${this.threads === 1 ? "1 thread" : `${this.threads} threads`}, Node ${this.node}, V8 ${this.v8}`,
      total === 0
        ? "heap: not open"
        : `heap: ${mebibytes(total)} of at most ${mebibytes(limit)}, ${mebibytes(kept)} kept`,
      ...(total > 0 && systemCollector() === null ? [copiedResults] : []),
      ...this.refused.map((operation) => `slower code for ${operation}: its self-test failed`),
      ...this.inactive.map(({ path, reason }) => `not ${path}: ${reason}`),
    ];
    return lines.join("\n");
  }

  [inspect.custom](): string {
    return this.toString();
  }
  [Symbol.for("Jupyter.display")](): { "text/plain": string } {
    return { "text/plain": this.toString() };
  }
}

/**
 * The active implementation, why better ones do not run, and heap use.
 *
 * | path | needs | matrix product 256×256 on the machine of bench/README.md |
 * | --- | --- | --- |
 * | `wide` | x64 with AVX2, Node 24 or 26 | 98 GFLOP/s |
 * | `fma` | fused multiply-add | 50 GFLOP/s |
 * | `simd` | WebAssembly SIMD | 27 GFLOP/s |
 * | `plain` | nothing | 3 GFLOP/s |
 *
 * The environment variable `GRADBOOK_ENGINE` names a path; `GRADBOOK_V8_FLAGS=0` forbids setting V8 flags, which `fma`
 * needs on Node 20 and `wide` everywhere, unless node was started with them.
 *
 * @example
 * engine.status().threads // 1
 */
export function status(): EngineStatus {
  return new EngineStatus();
}

/**
 * Chooses the implementation, or limits its memory. Results differ between paths only by rounding.
 *
 * @param options.path "wide", "fma", "simd" or "plain"; default the best that runs here
 * @param options.threads default 1 (or the environment variable `GRADBOOK_THREADS`). Convolutions, matrix products and optimizer steps
 *   of 2 ms and more are shared; small ones are not, because waking a thread costs more than they do. Gradients of convolution
 *   weights then differ by rounding from those of one thread, and are the same in every run with the same number
 * @param options.memoryLimit bytes, up to 4 GiB; only before the first tensor operation
 * @throws {Error} when the path cannot run here, with the reason
 * @throws {RangeError} for values out of range, and a limit that comes too late
 * @example
 * engine.configure({ path: "plain" });
 * engine.status().path // plain
 */
export function configure(options: EngineOptions): void {
  checkOptions("engine.configure", options);
  const { path, threads, memoryLimit, ...rest } = options;
  rejectUnknownOptions("engine.configure", rest, ["path", "threads", "memoryLimit"]);
  if (path !== undefined) checkChoice("engine.configure", "path", path, paths);
  if (threads !== undefined) {
    checkNumber("engine.configure", "threads", threads, { integer: true, min: 1 });
    const missing = missingForThreads(threads);
    if (missing !== null) throw new RangeError(errorText("engine.configure", missing));
  }
  if (memoryLimit !== undefined) {
    checkNumber("engine.configure", "memoryLimit", memoryLimit, {
      integer: true,
      min: 2 ** 23,
      max: 2 ** 32,
    });
    if (isHeapOpen()) {
      const text = `memoryLimit must be set before the first tensor operation, got ${memoryLimit} after it`;
      throw new RangeError(
        errorText("engine.configure", text, "", "restart, and call engine.configure first"),
      );
    }
    settings.memoryLimit = memoryLimit;
  }
  if (path !== undefined || threads !== undefined) {
    const before = { path: settings.path, threads: settings.threads };
    settings.path = path ?? before.path;
    settings.threads = threads ?? before.threads;
    try {
      chooseAgain();
    } catch (error) {
      Object.assign(settings, before);
      throw error;
    }
  }
}
