// The emitted modules: one for each family of operations, written and compiled when the family is first used, so that a
// program pays only for what it runs. All import the one memory.
import { ModuleBuilder } from "../emit/assembler.js";
import type { Tiles } from "../emit/tiles.js";
import type { EnginePath } from "../interface.js";

/** An emitted kernel: addresses, counts and float scalars in, nothing out. */
export type EmittedKernel = (...values: number[]) => void;
export type Emitted = Readonly<Record<string, EmittedKernel>>;

export interface Target {
  readonly path: Exclude<EnginePath, "plain">;
  readonly tiles: Tiles;
  readonly memory: WebAssembly.Memory;
  /** Byte address of the matrix product's workspace; threads must not share it. */
  readonly workspace: number;
  /** Compiles with the V8 flags the path needs: see features.ts. */
  compile(bytes: Uint8Array): WebAssembly.Module;
}

export function instantiate(target: Target, emit: (module: ModuleBuilder, tiles: Tiles) => void): Emitted {
  const module = new ModuleBuilder({ fma: target.path !== "simd" });
  emit(module, target.tiles);
  const compiled = target.compile(module.bytes());
  return new WebAssembly.Instance(compiled, { engine: { memory: target.memory } }).exports as Emitted;
}

/** The kernels whose names start with `prefix`, without it: `table(m, "unary_").tanh`. */
export function table(emitted: Emitted, prefix: string, suffix = ""): Emitted {
  const found: Record<string, EmittedKernel> = {};
  for (const [name, kernel] of Object.entries(emitted)) {
    if (name.startsWith(prefix) && name.endsWith(suffix))
      found[name.slice(prefix.length, name.length - suffix.length)] = kernel;
  }
  return found;
}

/** The kernel of that name; its absence is a mistake in the emitter. */
export function kernel(emitted: Emitted, name: string): EmittedKernel {
  const found = emitted[name];
  if (found === undefined) throw new Error(`bug: no emitted kernel "${name}"`);
  return found;
}
