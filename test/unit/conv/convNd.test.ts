import { expect, test } from "vitest";
import {
  convBiasGradient,
  convForward,
  convInputGradient,
  convWeightGradient,
} from "../../../src/conv/convNd.js";
import { slidingGeometry } from "../../../src/conv/shape.js";

// The worked example of five inputs, three weights, three outputs.
const x = Float32Array.of(1, 2, 3, 5, 7);
const w = Float32Array.of(11, 13, 17);
const delta = Float32Array.of(100, 10, 1);
const line = {
  batch: 1,
  inChannels: 1,
  outChannels: 1,
  groups: 1,
  ...slidingGeometry("f", [5], [3], { stride: 1, padding: 0, dilation: 1 }),
};

test("convForward: o = (88, 146, 217), plus the bias", () => {
  const y = new Float32Array(3);
  convForward(y, x, w, null, line);
  expect([...y]).toEqual([88, 146, 217]);
  convForward(y, x, w, Float32Array.of(1000), line);
  expect([...y]).toEqual([1088, 1146, 1217]);
});

test("convInputGradient: the full convolution, dx = (1100, 1410, 1841, 183, 17)", () => {
  const dx = new Float32Array(5);
  convInputGradient(dx, delta, w, line);
  expect([...dx]).toEqual([1100, 1410, 1841, 183, 17]);
});

test("convWeightGradient: the correlation of x with δ, dw = (123, 235, 357)", () => {
  const dw = new Float32Array(3);
  convWeightGradient(dw, x, delta, line);
  expect([...dw]).toEqual([123, 235, 357]);
});

test("convBiasGradient: Σδ over batch and places, per channel", () => {
  const db = new Float32Array(2);
  const geometry = { ...line, batch: 2, outChannels: 2 };
  convBiasGradient(db, Float32Array.of(100, 10, 1, 7, 0, 0, 200, 20, 2, 8, 0, 0), geometry);
  expect([...db]).toEqual([333, 15]);
});

test("an even kernel with padding before 0 and after 1: (1, 2, 3, 4, 5) with (1, 10) is (21, 32, 43, 54, 5)", () => {
  const geometry = {
    ...line,
    ...slidingGeometry("f", [5], [2], { stride: 1, padding: "same", dilation: 1 }),
  };
  const y = new Float64Array(5);
  convForward(y, Float64Array.of(1, 2, 3, 4, 5), Float64Array.of(1, 10), null, geometry);
  expect([...y]).toEqual([21, 32, 43, 54, 5]);
});

test("groups keep their channels apart", () => {
  // two groups of one channel; each output channel sees its own input channel only
  const geometry = {
    batch: 1,
    inChannels: 2,
    outChannels: 2,
    groups: 2,
    ...slidingGeometry("f", [2], [1], { stride: 1, padding: 0, dilation: 1 }),
  };
  const y = new Float64Array(4);
  convForward(y, Float64Array.of(1, 2, 3, 4), Float64Array.of(10, 100), null, geometry);
  expect([...y]).toEqual([10, 20, 300, 400]);
});

test("a float32 sum is accumulated in float64 and rounded once", () => {
  // 2²⁴ + 1 − 2²⁴: in float32 the 1 would be lost
  const y = new Float32Array(1);
  const geometry = { ...line, ...slidingGeometry("f", [3], [3], { stride: 1, padding: 0, dilation: 1 }) };
  convForward(y, Float32Array.of(16777216, 1, -16777216), Float32Array.of(1, 1, 1), null, geometry);
  expect([...y]).toEqual([1]);
});
