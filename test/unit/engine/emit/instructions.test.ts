import { describe, expect, test } from "vitest";
import {
  f32,
  i32,
  signedLeb,
  unsignedLeb,
  type V128,
  v128,
} from "../../../../src/engine/emit/instructions.js";
import { emittedModule } from "../../../support/emittedModule.js";

describe("LEB128, the examples of the DWARF standard, appendix C", () => {
  test.each([
    [2, [2]],
    [127, [127]],
    [128, [0x80, 1]],
    [129, [0x81, 1]],
    [12857, [57 + 0x80, 100]],
    [0xffffffff, [0xff, 0xff, 0xff, 0xff, 0x0f]],
  ])("unsigned %s", (value, bytes) => expect(unsignedLeb(value)).toEqual(bytes));
  test.each([
    [2, [2]],
    [-2, [0x7e]],
    [127, [127 + 0x80, 0]],
    [-127, [1 + 0x80, 0x7f]],
    [128, [0x80, 1]],
    [-128, [0x80, 0x7f]],
  ])("signed %s", (value, bytes) => expect(signedLeb(value)).toEqual(bytes));
});

const a = [1.5, -2.5, Number.NaN, -0];
const b = [2, -3, 1, 0];
const pair = (x: V128, y: V128, z: V128): Record<string, V128> => ({
  add: v128.add(x, y),
  sub: v128.sub(x, y),
  mul: v128.mul(x, y),
  div: v128.div(x, y),
  min: v128.min(x, y),
  pmin: v128.pmin(x, y),
  pmax: v128.pmax(x, y),
  abs: v128.abs(x),
  neg: v128.neg(x),
  nearest: v128.nearest(x),
  sqrt: v128.sqrt(y),
  floor: v128.floor(x),
  select: v128.select(x, y, v128.less(x, y)),
  andNot: v128.andNot(y, v128.lessOrEqual(x, y)),
  shuffle: v128.shuffle(x, y, [3, 4, 0, 7]),
  toInt: v128.fromInt(v128.toInt(z)),
  shift: v128.fromInt(v128.intShrS(v128.intShl(v128.toInt(z), 3), 1)),
});
const both = (f: (x: number, y: number) => number): number[] => a.map((x, i) => f(x, b[i] as number));

const expected: Record<string, number[]> = {
  add: both((x, y) => x + y),
  sub: both((x, y) => x - y),
  mul: both((x, y) => x * y),
  div: both((x, y) => x / y),
  min: both(Math.min),
  pmin: both((x, y) => (y < x ? y : x)), // NaN in the first operand stays
  pmax: both((x, y) => (x < y ? y : x)),
  abs: both(Math.abs),
  neg: both((x) => -x),
  nearest: [2, -2, Number.NaN, -0], // ties to even
  sqrt: both((_x, y) => Math.sqrt(y)),
  floor: both(Math.floor),
  select: both((x, y) => (x < y ? x : y)),
  andNot: both((x, y) => (x <= y ? 0 : y)),
  shuffle: [-0, 2, 1.5, 0],
  toInt: [7, -7, 0, 2147483648],
  shift: [28, -28, 0, -4],
};

test.each(Object.keys(expected))("v128.%s on four lanes", (name) => {
  const { floats, run, at } = emittedModule((module) => {
    module.define("run", ["i32"], (f, [data]) => {
      const result = pair(v128.load(data), v128.load(data, 16), v128.load(data, 32))[name] as V128;
      f.push(v128.store(data, 48, result));
    });
  });
  floats.set([...a, ...b, 7.9, -7.9, Number.NaN, 1e20]);
  run("run", 0);
  expect(at(48, 4)).toEqual(expected[name]?.map(Math.fround));
});

test("loads, stores and lanes", () => {
  const { floats, integers, run, at } = emittedModule((module) => {
    module.define("run", ["i32"], (f, [data]) => {
      f.push(v128.store(data, 32, v128.loadSplat(data, 4)));
      f.push(v128.storeLane(data, 48, v128.load(data), 2));
      f.push(f32.store(data, 52, v128.lane(v128.load(data), 3)));
      f.push(v128.store(data, 64, v128.loadLane(data, 8, 1, v128.const(9))));
      f.push(v128.store(data, 80, v128.intAdd(v128.intConst4(1, 2, 3, 4), v128.intSplat(i32.const(10)))));
      f.push(
        f32.store(
          data,
          96,
          f32.select(f32.const(1), f32.const(2), f32.greater(f32.load(data), f32.load(data, 4))),
        ),
      );
      f.push(i32.store(data, 100, i32.min(i32.const(5), i32.divU(i32.const(9), i32.const(2)))));
    });
  });
  floats.set([1, 2, 3, 4]);
  run("run", 0);
  expect(at(32, 6)).toEqual([2, 2, 2, 2, 3, 4]);
  expect(at(64, 4)).toEqual([9, 3, 9, 9]);
  expect(Array.from(integers.subarray(20, 24))).toEqual([11, 12, 13, 14]);
  expect(at(96, 1)).toEqual([2]);
  expect(integers[25]).toBe(4);
});
