// Which path runs: the best one that this process can compile and that passes its self-test, or the one that was asked
// for. What was not chosen keeps its reason, for engine.status().
import { isMainThread } from "node:worker_threads";
import { errorText } from "../errors.js";
import { systemCollector } from "./collector.js";
import { chooseTiles, type Tiles } from "./emit/tiles.js";
import { useEngine } from "./engine.js";
import type { Engine, EnginePath } from "./interface.js";
import { currentHeap, openHeap, safePoint } from "./memory.js";
import { plainEngine } from "./plain.js";
import { missingForThreads, startThreads } from "./threads/startThreads.js";
import { ThreadedEngine } from "./threads/threadedEngine.js";
import {
  compileInWindow,
  type Environment,
  type FastPath,
  flagWindow,
  isFused,
  missingFor,
  readEnvironment,
} from "./wasm/features.js";
import { failedSelfTest } from "./wasm/selfTest.js";
import { WasmEngine } from "./wasm/wasmEngine.js";

/** Address of the matrix product's workspace; what lies below may hold constants of emitted kernels. */
const workspace = 1024;

export const paths: readonly EnginePath[] = ["wide", "fma", "simd", "plain"];

/** Bytes below the heap: workspace of the matrix product, for every tile. */
const reserved = 2 << 20;
const page = 65536;

export interface Choice {
  readonly engine: Engine;
  readonly tiles: Tiles | null;
  /** Why each better path does not run. */
  readonly inactive: readonly { readonly path: EnginePath; readonly reason: string }[];
}

export interface Settings {
  /** Only this path, or the best one. */
  path: EnginePath | null;
  /** Threads that share large operations; null: GRADBOOK_THREADS, or 1. */
  threads: number | null;
  /** Most bytes of heap. */
  memoryLimit: number;
}
export const settings: Settings = { path: null, threads: null, memoryLimit: 2 ** 31 };

let memory: WebAssembly.Memory | null = null;
let current: Choice | null = null;

/** One memory for the whole process: kept spans stay valid when the path changes. */
function openMemory(): WebAssembly.Memory {
  if (memory === null) {
    memory = new WebAssembly.Memory({ initial: (reserved + (4 << 20)) / page, maximum: 65536, shared: true });
    openHeap(memory, settings.memoryLimit, reserved, systemCollector());
  }
  return memory;
}

/** The engine for a path, or why it does not run. */
function tryPath(
  path: FastPath,
  environment: Environment,
  threads: number,
): { engine: WasmEngine; tiles: Tiles } | string {
  const missing = missingFor(path, environment);
  if (missing !== null) return missing;
  const window = flagWindow(path, environment) ?? [];
  const compile = (bytes: Uint8Array): WebAssembly.Module => compileInWindow(bytes, window);
  try {
    const tiles = chooseTiles(path, environment.nodeMajor, environment.architecture);
    const opened = openMemory();
    if (path !== "simd" && !isFused(opened, compile)) return "the processor has no fused multiply-add";
    const target = { path, tiles, memory: opened, workspace, compile };
    const alone = new WasmEngine(target);
    const failed = failedSelfTest(alone);
    safePoint();
    if (failed !== null) return `its self-test failed in ${failed}`;
    const engine = threads === 1 ? alone : new ThreadedEngine(target, alone, startThreads(threads, target));
    return { engine, tiles };
  } catch (error) {
    return `it could not be compiled: ${(error as Error).message}`;
  }
}

function choose(): Choice {
  const environment = readEnvironment();
  const asked = settings.path ?? askedByEnvironment();
  const threads = settings.threads ?? threadsOfEnvironment();
  const inactive: { path: EnginePath; reason: string }[] = [];
  for (const path of paths) {
    if (asked !== null && path !== asked) {
      if (paths.indexOf(path) < paths.indexOf(asked))
        inactive.push({ path, reason: `"${asked}" was asked for` });
      continue;
    }
    if (path === "plain") break;
    const result = tryPath(path, environment, threads);
    if (typeof result !== "string") return { ...result, inactive };
    if (asked !== null)
      throw new Error(
        errorText(
          "engine",
          `the path "${asked}" was asked for and cannot run`,
          "",
          `${result}; or ask for another path`,
        ),
      );
    inactive.push({ path, reason: result });
  }
  if (threads > 1) {
    const why = inactive.at(-1)?.reason ?? "the plain path was asked for";
    throw new RangeError(errorText("engine", `the plain path runs on 1 thread, got ${threads} (${why})`));
  }
  return { engine: plainEngine, tiles: null, inactive };
}

function askedByEnvironment(): EnginePath | null {
  const asked = process.env.GRADBOOK_ENGINE;
  if (asked === undefined || asked === "") return null;
  if (!(paths as readonly string[]).includes(asked))
    throw new RangeError(
      errorText("engine", `GRADBOOK_ENGINE must be ${paths.join(" or ")}, got "${asked}"`),
    );
  return asked as EnginePath;
}

function threadsOfEnvironment(): number {
  const asked = process.env.GRADBOOK_THREADS;
  if (asked === undefined || asked === "") return 1;
  // A worker thread inherits the variable; it is one of many already.
  if (!isMainThread) return 1;
  const missing = /^[1-9]\d*$/.test(asked)
    ? missingForThreads(Number(asked))
    : `GRADBOOK_THREADS must be a whole number from 1, got "${asked}"`;
  if (missing !== null) throw new RangeError(errorText("engine", missing));
  return Number(asked);
}

/** The choice in force; made on the first call. */
export function currentChoice(): Choice {
  current ??= choose();
  return current;
}

/** Chooses again with the present settings, and switches to it. */
export function chooseAgain(): void {
  const before = current;
  current = null;
  try {
    useEngine(currentChoice().engine);
    if (before?.engine instanceof ThreadedEngine) before.engine.close();
  } catch (error) {
    current = before;
    throw error;
  }
}

export function isHeapOpen(): boolean {
  return currentHeap() !== null;
}
