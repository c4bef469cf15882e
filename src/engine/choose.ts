// Which path runs: the best one that this process can compile and that passes its self-test, or the one that was asked
// for. What was not chosen keeps its reason, for engine.status().
import { errorText } from "../errors.js";
import { chooseTiles, type Tiles } from "./emit/tiles.js";
import { useEngine } from "./engine.js";
import type { Engine, EnginePath } from "./interface.js";
import { currentHeap, openHeap, safePoint } from "./memory.js";
import { plainEngine } from "./plain.js";
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
  /** Most bytes of heap. */
  memoryLimit: number;
}
export const settings: Settings = { path: null, memoryLimit: 2 ** 31 };

let memory: WebAssembly.Memory | null = null;
let current: Choice | null = null;

/** One memory for the whole process: kept spans stay valid when the path changes. */
function openMemory(): WebAssembly.Memory {
  if (memory === null) {
    memory = new WebAssembly.Memory({ initial: (reserved + (4 << 20)) / page, maximum: 65536, shared: true });
    openHeap(memory, settings.memoryLimit, reserved);
  }
  return memory;
}

/** The engine for a path, or why it does not run. */
function tryPath(path: FastPath, environment: Environment): { engine: WasmEngine; tiles: Tiles } | string {
  const missing = missingFor(path, environment);
  if (missing !== null) return missing;
  const window = flagWindow(path, environment) ?? [];
  const compile = (bytes: Uint8Array): WebAssembly.Module => compileInWindow(bytes, window);
  try {
    const tiles = chooseTiles(path, environment.nodeMajor, environment.architecture);
    const opened = openMemory();
    if (path !== "simd" && !isFused(opened, compile)) return "the processor has no fused multiply-add";
    const engine = new WasmEngine({ path, tiles, memory: opened, compile });
    const failed = failedSelfTest(engine);
    safePoint();
    return failed === null ? { engine, tiles } : `its self-test failed in ${failed}`;
  } catch (error) {
    return `it could not be compiled: ${(error as Error).message}`;
  }
}

function choose(): Choice {
  const environment = readEnvironment();
  const asked = settings.path ?? askedByEnvironment();
  const inactive: { path: EnginePath; reason: string }[] = [];
  for (const path of paths) {
    if (asked !== null && path !== asked) {
      if (paths.indexOf(path) < paths.indexOf(asked))
        inactive.push({ path, reason: `"${asked}" was asked for` });
      continue;
    }
    if (path === "plain") break;
    const result = tryPath(path, environment);
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
  } catch (error) {
    current = before;
    throw error;
  }
}

export function isHeapOpen(): boolean {
  return currentHeap() !== null;
}
