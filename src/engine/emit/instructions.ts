// The WebAssembly instructions the engine uses, as functions from operands to code. A piece of code is a tree:
// operands first, then the opcode bytes, exactly the order of a stack machine, so that writing it out is one walk.
// Opcodes: WebAssembly Core Specification 2.0 with the relaxed SIMD proposal (in the specification since 3.0).

export type ValueType = "i32" | "f32" | "v128";

/** Code that leaves one value of type `T` on the stack, or nothing. */
export interface Code<T extends ValueType | "nothing" = ValueType | "nothing"> {
  readonly type: T;
  readonly pieces: readonly (number | Code)[];
}
export type I32 = Code<"i32">;
export type F32 = Code<"f32">;
export type V128 = Code<"v128">;
export type Statement = Code<"nothing">;

export function code<T extends ValueType | "nothing">(type: T, pieces: readonly (number | Code)[]): Code<T> {
  return { type, pieces };
}

/** Unsigned LEB128: seven bits a byte, low bits first. */
export function unsignedLeb(value: number): number[] {
  const bytes: number[] = [];
  let rest = value >>> 0;
  while (rest >= 128) {
    bytes.push((rest & 127) | 128);
    rest >>>= 7;
  }
  bytes.push(rest);
  return bytes;
}

/** Signed LEB128 of a 32-bit integer; the last byte's bit 6 is the sign. */
export function signedLeb(value: number): number[] {
  const bytes: number[] = [];
  let rest = value | 0;
  for (;;) {
    const low = rest & 127;
    rest >>= 7;
    const isLast = (rest === 0 && (low & 64) === 0) || (rest === -1 && (low & 64) !== 0);
    bytes.push(isLast ? low : low | 128);
    if (isLast) return bytes;
  }
}

function floatBytes(value: number): number[] {
  return [...new Uint8Array(new Float32Array([value]).buffer)];
}
function intBytes(value: number): number[] {
  return [...new Uint8Array(new Int32Array([value]).buffer)];
}

const unary =
  <T extends ValueType, R extends ValueType>(type: R, ...opcode: number[]) =>
  (x: Code<T>): Code<R> =>
    code(type, [x, ...opcode]);
const binary =
  <T extends ValueType, R extends ValueType>(type: R, ...opcode: number[]) =>
  (a: Code<T>, b: Code<T>): Code<R> =>
    code(type, [a, b, ...opcode]);

type IntPair = (a: I32, b: I32) => I32;
/** 32-bit integers. Comparisons are unsigned: addresses above 2 GiB are negative as signed numbers. */
export const i32: {
  const(value: number): I32;
  add: IntPair;
  sub: IntPair;
  mul: IntPair;
  and: IntPair;
  divU: IntPair;
  equal: IntPair;
  lessU: IntPair;
  greaterOrEqualU: IntPair;
  or: IntPair;
  lessS: IntPair;
  shl(x: I32, bits: number): I32;
  shrU(x: I32, bits: number): I32;
  load(address: I32, offset?: number): I32;
  store(address: I32, offset: number, value: I32): Statement;
  select(ifTrue: I32, ifFalse: I32, condition: I32): I32;
  min(a: I32, b: I32): I32;
} = {
  const: (value) => code("i32", [0x41, ...signedLeb(value)]),
  add: binary("i32", 0x6a),
  sub: binary("i32", 0x6b),
  mul: binary("i32", 0x6c),
  and: binary("i32", 0x71),
  divU: binary("i32", 0x6e),
  equal: binary("i32", 0x46),
  lessU: binary("i32", 0x49),
  greaterOrEqualU: binary("i32", 0x4f),
  or: binary("i32", 0x72),
  lessS: binary("i32", 0x48),
  shl: (x, bits) => code("i32", [x, 0x41, ...signedLeb(bits), 0x74]),
  shrU: (x, bits) => code("i32", [x, 0x41, ...signedLeb(bits), 0x76]),
  load: (address, offset = 0) => code("i32", [address, 0x28, 2, ...unsignedLeb(offset)]),
  store: (address, offset, value) => code("nothing", [address, value, 0x36, 2, ...unsignedLeb(offset)]),
  select: (ifTrue, ifFalse, condition) => code("i32", [ifTrue, ifFalse, condition, 0x1b]),
  min: (a, b) => i32.select(a, b, i32.lessU(a, b)),
};

type FloatPair = (a: F32, b: F32) => F32;
export const f32: {
  const(value: number): F32;
  add: FloatPair;
  sub: FloatPair;
  mul: FloatPair;
  div: FloatPair;
  max: FloatPair;
  greater(a: F32, b: F32): I32;
  equal(a: F32, b: F32): I32;
  notEqual(a: F32, b: F32): I32;
  load(address: I32, offset?: number): F32;
  store(address: I32, offset: number, value: F32): Statement;
  select(ifTrue: F32, ifFalse: F32, condition: I32): F32;
} = {
  const: (value) => code("f32", [0x43, ...floatBytes(value)]),
  add: binary("f32", 0x92),
  sub: binary("f32", 0x93),
  mul: binary("f32", 0x94),
  div: binary("f32", 0x95),
  max: binary("f32", 0x97),
  greater: binary("i32", 0x5e),
  equal: binary("i32", 0x5b),
  notEqual: binary("i32", 0x5c),
  load: (address, offset = 0) => code("f32", [address, 0x2a, 2, ...unsignedLeb(offset)]),
  store: (address, offset, value) => code("nothing", [address, value, 0x38, 2, ...unsignedLeb(offset)]),
  select: (ifTrue, ifFalse, condition) => code("f32", [ifTrue, ifFalse, condition, 0x1b]),
};

type VectorPair = (a: V128, b: V128) => V128;
type VectorMap = (x: V128) => V128;
/** Four float32 lanes (`int…` members: four int32 lanes). Alignment hints are 4 bytes, so any float address is allowed. */
export const v128: {
  zero(): V128;
  const(value: number): V128;
  intConst(value: number): V128;
  intConst4(a: number, b: number, c: number, d: number): V128;
  intSplat(x: I32): V128;
  splat(x: F32): V128;
  load(address: I32, offset?: number): V128;
  loadSplat(address: I32, offset?: number): V128;
  loadLane(address: I32, offset: number, lane: number, into: V128): V128;
  store(address: I32, offset: number, value: V128): Statement;
  storeLane(address: I32, offset: number, value: V128, lane: number): Statement;
  lane(x: V128, lane: number): F32;
  shuffle(a: V128, b: V128, lanes: readonly number[]): V128;
  add: VectorPair;
  sub: VectorPair;
  mul: VectorPair;
  div: VectorPair;
  min: VectorPair;
  max: VectorPair;
  pmin: VectorPair;
  pmax: VectorPair;
  sqrt: VectorMap;
  abs: VectorMap;
  neg: VectorMap;
  nearest: VectorMap;
  floor: VectorMap;
  equal: VectorPair;
  notEqual: VectorPair;
  less: VectorPair;
  lessOrEqual: VectorPair;
  greater: VectorPair;
  greaterOrEqual: VectorPair;
  and: VectorPair;
  or: VectorPair;
  xor: VectorPair;
  /** a AND NOT b */
  andNot: VectorPair;
  /** bits of `a` where the mask is 1, else of `b` */
  select(a: V128, b: V128, mask: V128): V128;
  anyTrue(x: V128): I32;
  intAdd: VectorPair;
  intSub: VectorPair;
  intShl(x: V128, bits: number): V128;
  intShrU(x: V128, bits: number): V128;
  intShrS(x: V128, bits: number): V128;
  toInt: VectorMap;
  fromInt: VectorMap;
  relaxedMadd(a: V128, b: V128, c: V128): V128;
} = {
  zero: () => v128.intConst(0),
  const: (value) => {
    const bytes = floatBytes(value);
    return code("v128", [0xfd, 12, ...bytes, ...bytes, ...bytes, ...bytes]);
  },
  intConst: (value) => {
    const bytes = intBytes(value);
    return code("v128", [0xfd, 12, ...bytes, ...bytes, ...bytes, ...bytes]);
  },
  intConst4: (...lanes) => code("v128", [0xfd, 12, ...lanes.flatMap(intBytes)]),
  intSplat: unary("v128", 0xfd, 17),
  splat: unary("v128", 0xfd, 19),
  load: (address, offset = 0) => code("v128", [address, 0xfd, 0, 2, ...unsignedLeb(offset)]),
  loadSplat: (address, offset = 0) => code("v128", [address, 0xfd, 9, 2, ...unsignedLeb(offset)]),
  loadLane: (address, offset, lane, into) =>
    code("v128", [address, into, 0xfd, 0x56, 2, ...unsignedLeb(offset), lane]),
  store: (address, offset, value) => code("nothing", [address, value, 0xfd, 11, 2, ...unsignedLeb(offset)]),
  storeLane: (address, offset, value, lane) =>
    code("nothing", [address, value, 0xfd, 0x5a, 2, ...unsignedLeb(offset), lane]),
  lane: (x, lane) => code("f32", [x, 0xfd, 31, lane]),
  shuffle: (a, b, lanes) =>
    code("v128", [
      a,
      b,
      0xfd,
      13,
      ...lanes.flatMap((lane) => [4 * lane, 4 * lane + 1, 4 * lane + 2, 4 * lane + 3]),
    ]),
  add: binary("v128", 0xfd, 0xe4, 1),
  sub: binary("v128", 0xfd, 0xe5, 1),
  mul: binary("v128", 0xfd, 0xe6, 1),
  div: binary("v128", 0xfd, 0xe7, 1),
  min: binary("v128", 0xfd, 0xe8, 1),
  max: binary("v128", 0xfd, 0xe9, 1),
  pmin: binary("v128", 0xfd, 0xea, 1),
  pmax: binary("v128", 0xfd, 0xeb, 1),
  sqrt: unary("v128", 0xfd, 0xe3, 1),
  abs: unary("v128", 0xfd, 0xe0, 1),
  neg: unary("v128", 0xfd, 0xe1, 1),
  nearest: unary("v128", 0xfd, 0x6a),
  floor: unary("v128", 0xfd, 0x68),
  equal: binary("v128", 0xfd, 0x41),
  notEqual: binary("v128", 0xfd, 0x42),
  less: binary("v128", 0xfd, 0x43),
  greater: binary("v128", 0xfd, 0x44),
  lessOrEqual: binary("v128", 0xfd, 0x45),
  greaterOrEqual: binary("v128", 0xfd, 0x46),
  and: binary("v128", 0xfd, 0x4e),
  or: binary("v128", 0xfd, 0x50),
  xor: binary("v128", 0xfd, 0x51),
  andNot: binary("v128", 0xfd, 0x4f),
  select: (a, b, mask) => code("v128", [a, b, mask, 0xfd, 0x52]),
  anyTrue: unary("i32", 0xfd, 0x53),
  intAdd: binary("v128", 0xfd, 0xae, 1),
  intSub: binary("v128", 0xfd, 0xb1, 1),
  intShl: (x, bits) => code("v128", [x, 0x41, ...signedLeb(bits), 0xfd, 0xab, 1]),
  intShrS: (x, bits) => code("v128", [x, 0x41, ...signedLeb(bits), 0xfd, 0xac, 1]),
  intShrU: (x, bits) => code("v128", [x, 0x41, ...signedLeb(bits), 0xfd, 0xad, 1]),
  toInt: unary("v128", 0xfd, 0xf8, 1),
  fromInt: unary("v128", 0xfd, 0xfa, 1),
  relaxedMadd: (a, b, c) => code("v128", [a, b, c, 0xfd, 0x85, 2]),
};
