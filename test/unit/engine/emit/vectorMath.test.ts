import { expect, test } from "vitest";
import type { FunctionBuilder } from "../../../../src/engine/emit/assembler.js";
import { type V128, v128 } from "../../../../src/engine/emit/instructions.js";
import { exp, log, normal, sigmoid, softplus, tanh } from "../../../../src/engine/emit/vectorMath.js";
import { emittedModule } from "../../../support/emittedModule.js";

const four = (f: (f: FunctionBuilder, x: V128) => V128, values: number[]): number[] => {
  const { floats, run, at } = emittedModule((module) => {
    module.define("run", ["i32"], (builder, [data]) => {
      builder.push(v128.store(data, 0, f(builder, builder.let(v128.load(data)))));
    });
  });
  floats.set(values);
  run("run", 0);
  return at(0, 4);
};
const [inf, nan] = [Number.POSITIVE_INFINITY, Number.NaN];

test("the ends of each function", () => {
  expect(four(exp, [-inf, inf, nan, 0])).toEqual([0, inf, nan, 1]);
  expect(four(exp, [89, -104, -150, 1000])).toEqual([inf, 0, 0, inf]);
  expect(four(log, [0, inf, -1, 1])).toEqual([-inf, inf, nan, 0]);
  expect(four(tanh, [-inf, inf, nan, -0])).toEqual([-1, 1, nan, -0]);
  expect(four(sigmoid, [-inf, inf, nan, 0])).toEqual([0, 1, nan, 0.5]);
  expect(four(softplus, [-inf, inf, nan, 100])).toEqual([0, inf, nan, 100]);
});

test("exp reaches the denormal numbers, log starts from them", () => {
  const [tiny] = four(exp, [-100, 0, 0, 0]);
  expect((tiny as number) / Math.exp(-100)).toBeCloseTo(1, 1); // 3.8e-44 has four bits left
  expect(four(log, [1e-40, 1, 1, 1])[0]).toBeCloseTo(Math.log(Math.fround(1e-40)), 4);
});

test("Φ(1.96) = 0.9750021, and the left tail keeps its digits: Φ(−6) = 9.865876e-10 (Abramowitz and Stegun, table 26.1)", () => {
  const values = four((f, x) => normal(f, x).cumulative, [1.96, -1.96, -6, 0]);
  expect(values[0]).toBeCloseTo(0.9750021, 6);
  expect(values[1]).toBeCloseTo(0.0249979, 7);
  expect((values[2] as number) / 9.865876e-10).toBeCloseTo(1, 4);
  expect(values[3]).toBeCloseTo(0.5, 6);
});
