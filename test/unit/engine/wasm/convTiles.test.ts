import { expect, test } from "vitest";
import { blockCost, cutRun, tileCost, tileWidths } from "../../../../src/engine/wasm/convTiles.js";

const tile = { rows: 4, vectors: 4, unroll: 1, left: "splat" } as const;

test("tileWidths offers smaller tiles for the ends of runs", () => {
  expect(tileWidths(tile)).toEqual([4, 2, 1]);
  expect(tileWidths({ ...tile, vectors: 2 })).toEqual([2, 1]);
  expect(tileWidths({ ...tile, vectors: 3 })).toEqual([3, 2, 1]);
});

test("a tile costs half a cycle a multiply-add, but at least the 4 cycles of one; 256-bit code halves pairs", () => {
  expect(tileCost(4, 4, false)).toBe(8.5);
  expect(tileCost(4, 4, true)).toBe(4.5);
  expect(tileCost(2, 1, false)).toBe(4.5);
  expect(blockCost(9, 4, 4, false)).toBe(2 * 8.5 + 4.5);
});

const cost = (vectors: number): number => vectors;
test.each([
  [32, false, { full: 2, tailCount: 0 }],
  [20, false, { full: 1, tailVectors: 1, tailCount: 1, tailA: 4 * 16 }],
  [18, false, { full: 1, tailVectors: 1, tailCount: 1, tailA: 4 * 14 }], // overlaps two positions
  [13, false, { full: 0, tailVectors: 2, tailCount: 2, tailA: 0, tailB: 4 * 5 }], // two tiles of eight
  [5, false, { full: 0, tailVectors: 1, tailCount: 2, tailA: 0, tailB: 4 }],
  [3, true, { full: 0, tailVectors: 1, tailCount: 1, tailA: 0 }],
] as const)("a run of %i positions, may overwrite: %s", (length, mayOverwrite, wanted) => {
  expect(cutRun(length, tile, cost, mayOverwrite)).toMatchObject(wanted);
});

test("a run shorter than one vector cannot be written in place", () => {
  expect(cutRun(3, tile, cost, false)).toBeNull();
});
