import { expect, test } from "vitest";
import { f32 } from "../../../../src/engine/emit/instructions.js";
import { chooseTiles } from "../../../../src/engine/emit/tiles.js";
import { instantiate, kernel, table } from "../../../../src/engine/wasm/emitted.js";

const memory = new WebAssembly.Memory({ initial: 1, maximum: 65536, shared: true });
const target = {
  path: "simd",
  tiles: chooseTiles("simd", 20, "x64"),
  workspace: 1024,
  memory,
  compile: (bytes: Uint8Array) => new WebAssembly.Module(bytes as Uint8Array<ArrayBuffer>),
} as const;

test("instantiate runs an emitter on the memory; table and kernel find by name", () => {
  const emitted = instantiate(target, (module, tiles) => {
    for (const name of ["put_a_row", "put_b_row", "put_c"])
      module.define(name, ["i32"], (f, [at]) => f.push(f32.store(at, 0, f32.const(tiles.matmul.rows))));
  });
  expect(Object.keys(table(emitted, "put_", "_row"))).toEqual(["a", "b"]);
  kernel(emitted, "put_c")(8);
  expect(new Float32Array(memory.buffer)[2]).toBe(6);
  expect(() => kernel(emitted, "put_d")).toThrowErrorMatchingInlineSnapshot(
    `[Error: bug: no emitted kernel "put_d"]`,
  );
});
