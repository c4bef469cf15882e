import { expect, test } from "vitest";
import { emitWinogradWeightGrad } from "../../../../src/engine/emit/winogradWeightGrad.js";
import { emittedModule } from "../../../support/emittedModule.js";

const tile = { rows: 2, vectors: 2, unroll: 2, left: "splat" } as const;

test("dw[o][c] = Σ y(r, s)·x(r + i, s + j) over two tiles, for 3 and 5 channels: integers by direct sums", () => {
  const { floats, integers, run, at } = emittedModule((module) => emitWinogradWeightGrad(module, tile));
  // x: 5 channels of 6 × 10, dy: 3 channels of 4 × 8; the second tile is four columns on
  const [c, o] = [5, 3];
  const x = Array.from({ length: c * 60 }, (_, i) => ((i * 7) % 11) - 5);
  const y = Array.from({ length: o * 32 }, (_, i) => ((i * 5) % 7) - 3);
  const place = { x: 0, y: 8192, places: 16384, v: 32768, d: 65536, s: 131072, dw: 262144, rest: 300000 };
  floats.set(x, 0);
  floats.set(y, place.y / 4);
  integers.set([0, 16], place.places / 4);
  const [vPitch, dPitch] = [32, 16];
  const [vStep, dStep, sStep] = [2 * vPitch, 2 * dPitch, o * vPitch];
  run("transformData", place.v, vStep, vPitch, place.x, place.places, 2, c, 240, 40, place.rest + 64);
  run("transformGradients", place.d, dStep, dPitch, place.y, place.places, 2, o, 128, 32, place.rest + 64);
  run("addProducts", place.s, sStep, vPitch, place.d, dStep, dPitch, place.v, vStep, vPitch, o, 8, 2);
  run("transformSums", place.dw, place.s, sStep, vPitch, o, c, place.rest + 64, place.rest);
  at(place.dw, 9 * o * c).forEach((value, index) => {
    const [row, column] = [Math.floor(index / (9 * c)), Math.floor(index / 9) % c];
    const [i, j] = [Math.floor(index / 3) % 3, index % 3];
    let sum = 0;
    for (let r = 0; r < 4; r++)
      for (let s = 0; s < 8; s++) sum += y[row * 32 + r * 8 + s]! * x[column * 60 + (r + i) * 10 + s + j]!;
    expect(value).toBeCloseTo(sum, 3);
  });
  expect(at(place.rest, 4)).toEqual([0, 0, 0, 0]);
  expect(at(place.dw + 36 * o * c, 4)).toEqual([0, 0, 0, 0]); // nothing behind the last gradient

  // a second time, the sums are added to
  const once = at(place.dw, 9 * o * c);
  run("addProducts", place.s, sStep, vPitch, place.d, dStep, dPitch, place.v, vStep, vPitch, o, 8, 2);
  run("transformSums", place.dw, place.s, sStep, vPitch, o, c, place.rest + 64, place.rest);
  at(place.dw, 9 * o * c).forEach((value, i) => {
    expect(value).toBeCloseTo(2 * once[i]!, 3);
  });
});

test("a sum that is not finite is seen, whichever of the 36 it is", () => {
  const { floats, run, at } = emittedModule((module) => emitWinogradWeightGrad(module, tile));
  for (let k = 0; k < 36; k++) {
    floats.fill(0, 0, 1024);
    floats[4 * k + (k & 3)] = k % 2 === 0 ? Number.NaN : Number.POSITIVE_INFINITY;
    run("transformSums", 8192, 0, 16, 16, 1, 4, 16384, 2048);
    expect(at(2048, 4)[k & 3], `sum ${k}`).toBeNaN();
  }
});
