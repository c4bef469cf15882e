import { expect, test } from "vitest";
import { emitConv, emitConvWeightGrad } from "../../../../src/engine/emit/conv.js";
import { emittedModule } from "../../../support/emittedModule.js";

const tile = { rows: 2, vectors: 1, unroll: 2, left: "splat" } as const;

test("correlate: one channel 1 … 8 with (1, 10, 100) for two output channels, one full tile and an overlapping one", () => {
  const { floats, integers, run, at } = emittedModule((module) => emitConv(module, tile));
  floats.set([1, 2, 3, 4, 5, 6, 7, 8], 64);
  floats.set([1, 2, 10, 20, 100, 200], 96); // [tap][row]: the second channel has twice the weights
  integers.set([0, 4, 8], 128); // taps
  integers.set([0, 0, 0, 3], 160); // one run: source 0, result 0, taps 0 to 2
  // six outputs: full tile 0…3, tail of one vector at 2…5
  run("correlate", 0, 32, 2, 256, 384, 512, 3, 640, 1, 1, 1, 1, 8, 0);
  const first = [1, 2, 3, 4, 5, 6].map((x) => x + 10 * (x + 1) + 100 * (x + 2)); // 321, 432, …
  expect(at(0, 6)).toEqual(first);
  expect(at(32, 6)).toEqual(first.map((y) => 2 * y));
  // a run that uses the last two taps only
  integers.set([0, 0, 1, 2], 160);
  run("correlate", 0, 32, 2, 256, 384, 512, 3, 640, 1, 1, 1, 1, 8, 0);
  expect(at(0, 6)).toEqual([1, 2, 3, 4, 5, 6].map((x) => 10 * (x + 1) + 100 * (x + 2)));
});

test("weightGrad: dW[tap][channel] += Σ image[position + tap]·dy[position]", () => {
  const { floats, integers, run, at } = emittedModule((module) => emitConvWeightGrad(module, tile));
  floats.set([1, 2, 3, 4, 5], 64);
  floats.set([1, 0, 2, 3, 1, 0], 96); // dy: channel 0 is 1, 0, 2; channel 1 is 3, 1, 0
  integers.set([0, 4, 8], 128);
  run("transpose_1", 1024, 384, 12, 3, 2);
  expect(at(1024, 12)).toEqual([1, 3, 0, 0, 0, 1, 0, 0, 2, 0, 0, 0]);
  run("weightGrad_1", 0, 16, 256, 512, 3, 1024, 1, 48, 1, 3, 0);
  // tap 0: 1·1 + 2·0 + 3·2 and 1·3 + 2·1; tap 1: 2 + 8 and 6 + 3; tap 2: 3 + 10 and 9 + 4
  expect([at(0, 2), at(16, 2), at(32, 2)]).toEqual([
    [7, 5],
    [10, 9],
    [13, 13],
  ]);
});
