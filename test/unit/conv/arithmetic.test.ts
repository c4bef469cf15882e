import { afterAll, beforeAll, expect, test } from "vitest";
import { forward, inputGradient, weightGradient } from "../../../src/conv/arithmetic.js";
import { slidingGeometry } from "../../../src/conv/shape.js";
import { activeEngine, arraySpan, type Engine, numbers, useEngine } from "../../../src/engine/engine.js";
import { plainEngine } from "../../../src/engine/plain.js";

const geometry = {
  batch: 1,
  inChannels: 1,
  outChannels: 1,
  groups: 1,
  ...slidingGeometry("f", [5], [3], { stride: 1, padding: 0, dilation: 1 }),
};
const span = (...values: number[]) => arraySpan(Float32Array.from(values));
const x = span(1, 2, 3, 5, 7);
const w = span(11, 13, 17);
const delta = span(100, 10, 1);

let before: Engine;
beforeAll(() => {
  before = activeEngine();
});
afterAll(() => useEngine(before));

test("runs the plain loops when the engine does not cover the case", () => {
  useEngine(plainEngine); // leaves convolution to the caller
  const y = span(0, 0, 0);
  forward(y, x, w, null, "none", geometry);
  expect([...numbers(y)]).toEqual([88, 146, 217]);
  const dx = span(0, 0, 0, 0, 0);
  inputGradient(dx, delta, w, geometry);
  expect([...numbers(dx)]).toEqual([1100, 1410, 1841, 183, 17]);
});

test("applies the activation after the plain loops", () => {
  useEngine(plainEngine);
  const y = span(0, 0, 0);
  forward(y, x, w, span(-146), "relu", geometry);
  expect([...numbers(y)]).toEqual([0, 0, 71]);
});

test("stores or adds the weight gradient", () => {
  useEngine(plainEngine);
  const dw = span(1000, 1000, 1000);
  weightGradient(dw, x, delta, geometry, true);
  expect([...numbers(dw)]).toEqual([1123, 1235, 1357]);
  weightGradient(dw, x, delta, geometry, false);
  expect([...numbers(dw)]).toEqual([123, 235, 357]);
});

test("asks the engine first", () => {
  const asked: string[] = [];
  const covers = (name: string) => () => {
    asked.push(name);
    return true;
  };
  useEngine({
    ...plainEngine,
    conv: covers("conv"),
    convInputGrad: covers("convInputGrad"),
    convWeightGrad: covers("convWeightGrad"),
  });
  const y = span(4, 5, 6);
  forward(y, x, w, null, "none", geometry);
  inputGradient(x, delta, w, geometry);
  weightGradient(w, x, delta, geometry, false);
  expect(asked).toEqual(["conv", "convInputGrad", "convWeightGrad"]);
  expect([...numbers(y)]).toEqual([4, 5, 6]);
});
