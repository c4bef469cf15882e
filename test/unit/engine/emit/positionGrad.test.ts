import { expect, test } from "vitest";
import { emitPositionGrad } from "../../../../src/engine/emit/positionGrad.js";
import { emittedModule } from "../../../support/emittedModule.js";

const tile = { taps: 2, channels: 2, vectors: 1, unroll: 1 } as const;

test("positionGrad adds the lanes of Σ image[position + tap]·dy[position] to sums, sumLanes adds them up", () => {
  const { floats, integers, run, at } = emittedModule((module) => emitPositionGrad(module, tile));
  // two rows of 4 positions in an image whose rows have 6 numbers; three taps: 0, 1 and the next row
  floats.set([1, 2, 3, 4, 5, 6, 10, 20, 30, 40, 50, 60, 1, 1, 1, 1, 1, 1], 64);
  integers.set([0, 4, 24], 128);
  const dy = [1, 0, 0, 2, 0, 1, 0, 0]; // channel 0; channel 1 is three times, channel 2 five times as much
  floats.set([...dy, ...dy.map((y) => 3 * y), ...dy.map((y) => 5 * y)], 160);
  run("positionGrad_1", 2048, 256, 512, 3, 640, 32, 3, 2, 1, 8);
  expect(at(2048, 4)).toEqual([1, 20, 0, 8]); // tap 0: lane 0 is 1·1, lane 1 20·1, lane 3 4·2
  floats.set([100, 100, 100, 100, 100, 100, 100, 100, 100], 1024);
  run("sumLanes_1", 4096, 2048, 9, 1);
  // tap 0: 1 + 4·2 + 20; tap 1: 2 + 5·2 + 30; next row: 10 + 40·2 + 1
  const first = [29, 42, 91];
  const expected = [...first, ...first.map((y) => 3 * y), ...first.map((y) => 5 * y)];
  expect(at(4096, 9)).toEqual(expected.map((y) => y + 100));
  run("positionGrad_1", 2048, 256, 512, 3, 640, 32, 3, 2, 1, 8);
  run("sumLanes_1", 4096, 2048, 9, 0);
  expect(at(4096, 9)).toEqual(expected.map((y) => 2 * y));
});
