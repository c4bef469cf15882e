// What this process can run, and compiling with the V8 flags a path needs. Nothing here runs at import: while a V8
// start-up snapshot is built, `WebAssembly` does not exist.
import { readFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { ModuleBuilder } from "../emit/assembler.js";
import { v128 } from "../emit/instructions.js";
import type { EnginePath } from "../interface.js";
import { whileLocked } from "./compileLock.js";

export type FastPath = Exclude<EnginePath, "plain">;

export interface Environment {
  readonly nodeMajor: number;
  readonly architecture: string;
  readonly platform: string;
  /** Flags on the command line and in NODE_OPTIONS. */
  readonly givenFlags: readonly string[];
  /** GRADBOOK_V8_FLAGS=0 forbids setting flags. */
  readonly mayToggleFlags: boolean;
}

export function readEnvironment(): Environment {
  const given = [...process.execArgv, ...(process.env.NODE_OPTIONS ?? "").split(/\s+/)];
  return {
    nodeMajor: Number(process.versions.node.split(".")[0]),
    architecture: process.arch,
    platform: process.platform,
    givenFlags: given.map((flag) => flag.replaceAll("_", "-")),
    mayToggleFlags: process.env.GRADBOOK_V8_FLAGS !== "0",
  };
}

const relaxedFlag = "--experimental-wasm-relaxed-simd";
const wideFlag = "--experimental-wasm-revectorize";

/** A flag set around one compilation and what puts its default back; values cannot be read, so the table knows them. */
type Window = readonly (readonly [set: string, restore: string])[];

/**
 * The 256-bit flag acts in the optimizing compiler, so the window must make that run at once: no baseline tier, nothing
 * compiled later. Inlining must be off too: Node 26 aborts when the inliner looks for feedback that the baseline tier
 * would have collected. Checked on these majors only; on any other no flag is touched.
 */
const wideWindow: Window = [
  ["--no-liftoff", "--liftoff"],
  ["--no-wasm-lazy-compilation", "--wasm-lazy-compilation"],
  ["--no-wasm-inlining", "--wasm-inlining"],
  [wideFlag, "--no-experimental-wasm-revectorize"],
];
const windows: Readonly<Record<string, Window | undefined>> = {
  "fma/20": [[relaxedFlag, "--no-experimental-wasm-relaxed-simd"]],
  "wide/24": wideWindow,
  "wide/26": wideWindow,
};

/** The flags to set around a compilation for `path`; null when the path needs a flag that may not be set. */
export function flagWindow(path: FastPath, environment: Environment): Window | null {
  const { nodeMajor, givenFlags, mayToggleFlags } = environment;
  const needed = path === "wide" ? wideFlag : path === "fma" && nodeMajor < 22 ? relaxedFlag : null;
  if (needed === null || givenFlags.includes(needed)) return [];
  const window = windows[`${path}/${nodeMajor}`];
  if (window === undefined || !mayToggleFlags) return null;
  // A flag the user gave is not ours to restore.
  const name = (flag: string): string => flag.replace(/^--(no-)?/, "");
  return window.filter(([set]) => !givenFlags.some((given) => name(given) === name(set)));
}

/** Compiles within the window; the flags are process-wide, so it is as short as it can be and always closed. */
export function compileInWindow(bytes: Uint8Array, window: Window): WebAssembly.Module {
  return whileLocked(() => {
    try {
      for (const [set] of window) setFlagsFromString(set);
      return new WebAssembly.Module(bytes as Uint8Array<ArrayBuffer>);
    } finally {
      for (const [, restore] of window) setFlagsFromString(restore);
    }
  });
}

/** Why `path` cannot run here, or null when it can be tried. */
export function missingFor(path: FastPath, environment: Environment): string | null {
  const { nodeMajor, architecture, mayToggleFlags } = environment;
  if (typeof WebAssembly === "undefined") return "WebAssembly is not available in this process";
  if (typeof SharedArrayBuffer === "undefined") return "SharedArrayBuffer is not available in this process";
  if (path === "wide") {
    if (nodeMajor < 24) return `256-bit code needs Node 24 or later, this is Node ${nodeMajor}`;
    if (architecture !== "x64") return `256-bit code needs an x64 processor, this is ${architecture}`;
    if (!hasAvx2(environment)) return "the processor has no AVX2 instructions";
  }
  if (flagWindow(path, environment) === null) {
    const flag = path === "wide" ? wideFlag : relaxedFlag;
    const why = mayToggleFlags
      ? `is not known to be safe to set on Node ${nodeMajor}`
      : "may not be set (GRADBOOK_V8_FLAGS=0)";
    return `the V8 flag ${flag} ${why}; start node with it`;
  }
  return null;
}

/** Only Linux lists the processor's instructions; elsewhere AVX2 is assumed, as in every x64 processor since 2015. */
function hasAvx2({ platform }: Environment): boolean {
  if (platform !== "linux") return true;
  try {
    return /\bavx2\b/.test(readFileSync("/proc/cpuinfo", "latin1"));
  } catch {
    return true;
  }
}

/**
 * Whether relaxed multiply-add rounds once here: with a = b = 1 + 2⁻¹² and c = −(1 + 2⁻¹¹), a·b + c is 2⁻²⁴ exactly, and 0
 * when the product is rounded first.
 */
export function isFused(
  memory: WebAssembly.Memory,
  compile: (bytes: Uint8Array) => WebAssembly.Module,
): boolean {
  const module = new ModuleBuilder({ fma: true });
  module.define("probe", ["i32"], (f, [at]) => {
    const [a, b, c] = [0, 4, 8].map((offset) => v128.loadSplat(at, offset));
    if (a && b && c) f.push(v128.storeLane(at, 0, f.fma(a, b, c), 0));
  });
  const { probe } = new WebAssembly.Instance(compile(module.bytes()), { engine: { memory } }).exports;
  const numbers = new Float32Array(memory.buffer, 0, 3);
  numbers.set([1 + 2 ** -12, 1 + 2 ** -12, -(1 + 2 ** -11)]);
  (probe as (at: number) => void)(0);
  return numbers[0] === 2 ** -24;
}
