import { expect, test } from "vitest";
import { endOfStep } from "../../../../src/engine/memory.js";
import { planSource } from "../../../../src/engine/wasm/convSource.js";
import { slotCount, TileSources, tilePlaces } from "../../../../src/engine/wasm/tileSources.js";
import { engineParts } from "../../../support/engineParts.js";
import { onHeap } from "../../../support/wasmEngine.js";

test("a block of 4 tiles in images of 3 may begin in one, hold parts of two; of 5 tiles, parts of three", () => {
  expect(slotCount(9, 3, 4)).toBe(2);
  expect(slotCount(9, 3, 5)).toBe(3);
  expect(slotCount(2, 3, 5)).toBe(2);
  expect(slotCount(9, 3, 1)).toBe(1);
});

test("images take turns in the slots; the last four are filled up with the last tile", () => {
  const offsets = Int32Array.of(0, 8);
  expect(Array.from(tilePlaces(3, offsets, 2, 100))).toEqual([0, 8, 100, 108, 0, 8, 8, 8]);
});

test("copies between zeros, each made when its first tile comes and kept until its last", () => {
  const { images, integers, floats } = engineParts();
  // three images of one row of two numbers, a zero on each side; two tiles each
  const from = onHeap([1, 2, 3, 4, 5, 6]);
  const plan = planSource([1, 1, 2], [0, 0, 1], [1, 1, 1], [1, 1, 4]);
  const tiled = { plan, from: from.pointer, batch: 3, channels: 1, bytes: 8, offsets: Int32Array.of(0, 4) };
  const sources = new TileSources(images, integers, tiled, 2);
  const slots = (): number[] => Array.from(floats.subarray(sources.base / 4, sources.base / 4 + 8));
  sources.prepare(0, 2);
  expect(slots()).toEqual([0, 1, 2, 0, 0, 0, 0, 0]);
  sources.prepare(2, 1);
  expect(slots()).toEqual([0, 1, 2, 0, 0, 3, 4, 0]);
  sources.prepare(3, 2);
  expect(slots()).toEqual([0, 5, 6, 0, 0, 3, 4, 0]);
  endOfStep();
});

test("where no zeros are needed the images are read where they are", () => {
  const { images, integers, floats } = engineParts();
  const from = onHeap([1, 2, 3, 4]);
  const plan = planSource([1, 1, 2], [0, 0, 0], [1, 1, 1], [1, 1, 2]);
  const tiled = { plan, from: from.pointer, batch: 2, channels: 1, bytes: 8, offsets: Int32Array.of(0) };
  const sources = new TileSources(images, integers, tiled, 1);
  sources.prepare(0, 2);
  expect(sources.base).toBe(from.pointer);
  const places = new Int32Array(floats.buffer, sources.places, 2);
  expect(Array.from(places)).toEqual([0, 8]);
  endOfStep();
});
