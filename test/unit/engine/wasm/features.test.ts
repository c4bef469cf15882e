import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import {
  compileInWindow,
  type Environment,
  flagWindow,
  isFused,
  missingFor,
  readEnvironment,
} from "../../../../src/engine/wasm/features.js";

const environment = (options: Partial<Environment>): Environment => ({
  nodeMajor: 24,
  architecture: "x64",
  platform: "other", // not linux: the processor's list of instructions is not read
  givenFlags: [],
  mayToggleFlags: true,
  ...options,
});
const set = (path: "simd" | "fma" | "wide", options: Partial<Environment>): string[] | null =>
  flagWindow(path, environment(options))?.map(([flag]) => flag) ?? null;

test("flags are set on known majors only, and only where a path needs them", () => {
  expect(set("simd", { nodeMajor: 20 })).toEqual([]);
  expect(set("fma", { nodeMajor: 20 })).toEqual(["--experimental-wasm-relaxed-simd"]);
  expect(set("fma", { nodeMajor: 22 })).toEqual([]);
  expect(set("fma", { nodeMajor: 99 })).toEqual([]);
  const wide = [
    "--no-liftoff",
    "--no-wasm-lazy-compilation",
    "--no-wasm-inlining",
    "--experimental-wasm-revectorize",
  ];
  expect(set("wide", { nodeMajor: 24 })).toEqual(wide);
  expect(set("wide", { nodeMajor: 26 })).toEqual(wide);
  expect(set("wide", { nodeMajor: 27 })).toBeNull();
});

test("a flag given on the command line needs no window, and is never put back", () => {
  expect(set("wide", { nodeMajor: 27, givenFlags: ["--experimental-wasm-revectorize"] })).toEqual([]);
  expect(set("fma", { nodeMajor: 20, givenFlags: ["--experimental-wasm-relaxed-simd"] })).toEqual([]);
  expect(set("wide", { givenFlags: ["--no-liftoff"] })).not.toContain("--no-liftoff");
});

test.each([
  ["wide", { nodeMajor: 22 }, "256-bit code needs Node 24 or later, this is Node 22"],
  ["wide", { architecture: "arm64" }, "256-bit code needs an x64 processor, this is arm64"],
  [
    "wide",
    { nodeMajor: 27 },
    "the V8 flag --experimental-wasm-revectorize is not known to be safe to set on Node 27; start node with it",
  ],
  [
    "fma",
    { nodeMajor: 20, mayToggleFlags: false },
    "the V8 flag --experimental-wasm-relaxed-simd may not be set (GRADBOOK_V8_FLAGS=0); start node with it",
  ],
  ["fma", { nodeMajor: 20 }, null],
  ["simd", { nodeMajor: 20, mayToggleFlags: false }, null],
] as const)("%s with %o: %s", (path, options, reason) => {
  expect(missingFor(path, environment(options))).toBe(reason);
});

test("the window is closed again, also when compiling fails", () => {
  expect(() => compileInWindow(new Uint8Array([1, 2, 3]), [])).toThrow(WebAssembly.CompileError);
  // Whether a flag is on cannot be read, but its effect can: after the window a new module compiles as before.
  const empty = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
  const here = readEnvironment();
  const window = flagWindow("fma", here) ?? [];
  expect(compileInWindow(empty, window)).toBeInstanceOf(WebAssembly.Module);
});

test("on Node 20 relaxed multiply-add is refused outside the window and accepted inside", () => {
  const here = readEnvironment();
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 65536, shared: true });
  const compile = (bytes: Uint8Array): WebAssembly.Module =>
    compileInWindow(bytes, flagWindow("fma", here) ?? []);
  expect(typeof isFused(memory, compile)).toBe("boolean");
  const outside = (): boolean =>
    isFused(memory, (bytes) => new WebAssembly.Module(bytes as Uint8Array<ArrayBuffer>));
  if (here.nodeMajor < 22 && here.givenFlags.length === 0) expect(outside).toThrow(WebAssembly.CompileError);
  else expect(typeof outside()).toBe("boolean");
});

test("importing touches neither WebAssembly nor SharedArrayBuffer, which do not exist while a snapshot is built", () => {
  const script = `delete globalThis.WebAssembly; delete globalThis.SharedArrayBuffer;
    import(${JSON.stringify(new URL("../../../../dist/src/engine/control.js", import.meta.url).href)})
      .then(({ status }) => console.log(status().path));`;
  const text = execFileSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" });
  expect(text.trim()).toBe("plain");
});
