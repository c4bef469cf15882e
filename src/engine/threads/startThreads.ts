// Starts helper threads: their memory, their lock, their program.
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { isMainThread } from "node:worker_threads";
import { errorText } from "../../errors.js";
import type { Tiles } from "../emit/tiles.js";
import { currentHeap } from "../memory.js";
import { useCompileLock } from "../wasm/compileLock.js";
import type { FastPath } from "../wasm/features.js";
import { HelperThread } from "./helperThread.js";

/** Workspace of products (2 MiB) and scratch for padded images and packed weights; pages never touched cost nothing. */
const regionBytes = 24 << 20;

/** Where the helpers' program is; differs from the default only where the sources run uncompiled. */
export const program: { url: URL } = { url: new URL("./helperMain.js", import.meta.url) };

/** Why `threads` threads cannot run here, or null. */
export function missingForThreads(threads: number): string | null {
  if (threads === 1) return null;
  const cores = availableParallelism();
  if (threads > cores)
    return `threads must be at most ${cores}, the cores this process may use, got ${threads}`;
  if (!isMainThread) return `threads must be 1 inside a worker thread, got ${threads}`;
  if (!existsSync(fileURLToPath(program.url)))
    return `threads must be 1 where the sources run uncompiled, got ${threads}`;
  return null;
}

/** The helpers of `threads - 1` threads, all ready. The heap must be open. */
export function startThreads(
  threads: number,
  target: { readonly path: FastPath; readonly tiles: Tiles; readonly memory: WebAssembly.Memory },
): HelperThread[] {
  const { path, tiles, memory } = target;
  const lock = new Int32Array(new SharedArrayBuffer(4));
  useCompileLock(lock);
  const regions = Array.from({ length: threads - 1 }, () => {
    const block = currentHeap()?.keep(regionBytes) ?? null;
    if (block !== null) return block;
    const help = "engine.configure({ threads: 1 }), or a larger memoryLimit";
    throw new Error(errorText("engine", "the memory limit leaves no room for helper threads", "", help));
  });
  const helpers = regions.map((region) => {
    const bounds = { firstByte: region.start, lastByte: region.start + region.bytes };
    return new HelperThread({ lock, memory, path, tiles, ...bounds }, program.url);
  });
  // The blocks stay for as long as a helper might write to them.
  for (const [i, helper] of helpers.entries()) held.set(helper, regions[i] as object);
  for (const helper of helpers) helper.started();
  return helpers;
}

const held = new WeakMap<HelperThread, object>();
