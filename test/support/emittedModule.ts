// Runs emitted kernels on a small memory of their own: without fused multiply-add, so that any Node can.
import { ModuleBuilder } from "../../src/engine/emit/assembler.js";

export interface EmittedModule {
  /** Views of the whole memory; index = byte address / 4. */
  readonly floats: Float32Array;
  readonly integers: Int32Array;
  run(name: string, ...values: number[]): void;
  /** Numbers `count` from a byte address. */
  at(address: number, count: number): number[];
}

export function emittedModule(build: (module: ModuleBuilder) => void): EmittedModule {
  const module = new ModuleBuilder({ fma: false });
  build(module);
  const memory = new WebAssembly.Memory({ initial: 16, maximum: 65536, shared: true });
  const compiled = new WebAssembly.Module(module.bytes() as Uint8Array<ArrayBuffer>);
  const { exports } = new WebAssembly.Instance(compiled, { engine: { memory } });
  const floats = new Float32Array(memory.buffer);
  return {
    floats,
    integers: new Int32Array(memory.buffer),
    run: (name, ...values) => (exports[name] as (...values: number[]) => void)(...values),
    at: (address, count) => Array.from(floats.subarray(address / 4, address / 4 + count)),
  };
}
