// One emitter makes every operation that treats each number by itself.
//
//     for (i = 0; i < count; i += 16) for (u = 0; u < 4; u++) write(…) = body(read(array, i + 4u), …)
//     then single vectors, then single numbers
//
// A single number is read into all four lanes and one lane is stored, so a body is written once. All loads of a turn
// come before its stores, so an output may be the same array as an input, and neighbouring stores stand together,
// where the 256-bit revectorizer looks for pairs.
import type { FunctionBuilder, IntLocal, ModuleBuilder } from "./assembler.js";
import { type F32, type I32, i32, type V128, type ValueType, v128 } from "./instructions.js";

/** What a body returns: which array to write, and the value. */
export type Writes = readonly (readonly [array: number, value: V128])[];
export type Body = (f: FunctionBuilder, read: (array: number) => V128, scalars: readonly V128[]) => Writes;

/** Appends the loop over `count` numbers; the pointers advance. Arrays in `repeated` are one number for all. */
export function emitPointwiseLoop(
  f: FunctionBuilder,
  pointers: readonly IntLocal[],
  count: I32,
  scalars: readonly V128[],
  body: Body,
  { vectors = 4, repeated = [] }: { readonly vectors?: number; readonly repeated?: readonly number[] } = {},
): void {
  const fixed = new Map(repeated.map((array) => [array, f.let(v128.loadSplat(pointers[array] as IntLocal))]));
  const pointer = (array: number): IntLocal => pointers[array] as IntLocal;
  const turn = (width: number): void => {
    const writes: [number, number, V128][] = [];
    for (let u = 0; u < width; u++) {
      const read = (array: number): V128 => fixed.get(array) ?? v128.load(pointer(array), 16 * u);
      for (const [array, value] of body(f, read, scalars)) writes.push([array, u, f.let(value)]);
    }
    writes.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    for (const [array, u, value] of writes) f.push(v128.store(pointer(array), 16 * u, value));
    pointers.forEach((p, array) => {
      if (!fixed.has(array)) f.advance(p, 16 * width);
    });
  };
  const single = (): void => {
    const read = (array: number): V128 => fixed.get(array) ?? v128.loadSplat(pointer(array));
    const writes = body(f, read, scalars).map(([array, value]) => [array, f.let(value)] as const);
    for (const [array, value] of writes) f.push(v128.storeLane(pointer(array), 0, value, 0));
    pointers.forEach((p, array) => {
      if (!fixed.has(array)) f.advance(p, 4);
    });
  };
  const whole = f.let(count);
  if (vectors > 1) {
    f.repeat(i32.divU(whole, i32.const(4 * vectors)), () => turn(vectors));
    f.set(whole, i32.sub(whole, i32.mul(i32.divU(whole, i32.const(4 * vectors)), i32.const(4 * vectors))));
  }
  f.repeat(i32.shrU(whole, 2), () => turn(1));
  f.repeat(i32.and(whole, i32.const(3)), single);
}

/** Defines `name(pointer of each array…, count, each scalar as f32…)`. */
export function emitPointwise(
  module: ModuleBuilder,
  name: string,
  arrays: number,
  scalars: number,
  body: Body,
  vectors = 4,
): void {
  const types: ValueType[] = [
    ...Array.from({ length: arrays + 1 }, () => "i32" as const),
    ...Array.from({ length: scalars }, () => "f32" as const),
  ];
  module.define(name, types, (f, parameters) => {
    const pointers = parameters.slice(0, arrays) as IntLocal[];
    const spread = parameters.slice(arrays + 1).map((scalar) => f.let(v128.splat(scalar as F32)));
    emitPointwiseLoop(f, pointers, parameters[arrays] as I32, spread, body, { vectors });
  });
}
