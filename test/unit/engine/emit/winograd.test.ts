import { describe, expect, test } from "vitest";
import { emitWinograd } from "../../../../src/engine/emit/winograd.js";
import { type EmittedModule, emittedModule } from "../../../support/emittedModule.js";

const tile = { rows: 2, vectors: 2, unroll: 2, left: "splat" } as const;
const place = { x: 0, w: 8192, u: 16384, v: 65536, m: 196608, y: 327680, tiles: 393216, rest: 400000 };

/**
 * y of a 3×3 kernel over one image of `channels` channels of size×size numbers, with the 4×4 tiles that begin at `starts`
 * (row and column); outputs are size − 2 wide.
 */
function convolve(
  run: EmittedModule,
  sizes: { rows: number; channels: number; size: number },
  starts: readonly (readonly [number, number])[],
  filter: "transformFilter" | "transformFlipped" = "transformFilter",
): { y: number[]; check: number[] } {
  const { rows, channels, size } = sizes;
  const outputs = size - 2;
  const quads = Math.ceil(starts.length / 4);
  const [uStep, vStep, mPitch] = [64 * channels, 32 * channels * Math.ceil(quads / 2), 16 * quads];
  const mStep = mPitch * rows;
  const all = Array.from({ length: 4 * quads }, (_, i) => starts[Math.min(i, starts.length - 1)]!);
  run.integers.set(
    all.map(([row, column]) => 4 * (row * size + column)),
    place.tiles / 4,
  );
  run.integers.set(
    all.map(([row, column]) => 4 * (row * outputs + column)),
    place.tiles / 4 + all.length,
  );
  const { x, w, u, v, m, y, tiles, rest } = place;
  run.floats.fill(0, rest / 4, rest / 4 + 4);
  run.run(filter, u, uStep, w, rows, channels, 36 * channels, 36);
  run.run("transformInput", v, vStep, x, tiles, quads, channels, 4 * size ** 2, 4 * size, rest + 64);
  run.run("multiply", m, mStep, mPitch, u, uStep, v, vStep, rows, channels, quads >> 1, quads & 1);
  const outputTiles = tiles + 4 * all.length;
  run.run(
    "transformOutput",
    y,
    outputTiles,
    m,
    mStep,
    mPitch,
    quads,
    rows,
    4 * outputs ** 2,
    4 * outputs,
    rest + 64,
    rest,
  );
  return { y: run.at(y, rows * outputs ** 2), check: run.at(rest, 4) };
}

const module = (): EmittedModule => emittedModule((builder) => emitWinograd(builder, tile));
// 1 at the top left, 10 to the right of the middle, 100 below it
const kernel = [1, 0, 0, 0, 0, 10, 0, 100, 0];

describe("one channel, one tile: an image of 0 … 35", () => {
  const image = Array.from({ length: 36 }, (_, i) => i);
  const at = (row: number, column: number): number => 6 * row + column;

  test("outputs are x(r, c) + 10·x(r + 1, c + 2) + 100·x(r + 2, c + 1), and all are finite", () => {
    const run = module();
    run.floats.set(image, place.x / 4);
    run.floats.set(kernel, place.w / 4);
    const { y, check } = convolve(run, { rows: 1, channels: 1, size: 6 }, [[0, 0]]);
    y.forEach((value, i) => {
      const [r, c] = [i >> 2, i & 3];
      expect(value).toBeCloseTo(at(r, c) + 10 * at(r + 1, c + 2) + 100 * at(r + 2, c + 1), 1);
    });
    expect(check).toEqual([0, 0, 0, 0]);
  });

  test("turned by 180°: 1 at the bottom right, 10 to the left of the middle, 100 above it", () => {
    const run = module();
    run.floats.set(image, place.x / 4);
    run.floats.set(kernel, place.w / 4);
    const { y } = convolve(run, { rows: 1, channels: 1, size: 6 }, [[0, 0]], "transformFlipped");
    y.forEach((value, i) => {
      const [r, c] = [i >> 2, i & 3];
      expect(value).toBeCloseTo(at(r + 2, c + 2) + 10 * at(r + 1, c) + 100 * at(r, c + 1), 1);
    });
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY])("%d in any place of the patch is seen", (bad) => {
    for (let i = 0; i < 36; i++) {
      const run = module();
      run.floats.set(image, place.x / 4);
      run.floats[place.x / 4 + i] = bad;
      run.floats.set([1, 2, 3, 4, 5, 6, 7, 8, 9], place.w / 4);
      const { check } = convolve(run, { rows: 1, channels: 1, size: 6 }, [[0, 0]]);
      expect(check.some(Number.isNaN)).toBe(true);
    }
  });
});

test("three rows of two channels over 25 tiles, the last of each axis overlapping: integers by direct sums", () => {
  const run = module();
  const [rows, channels, size, outputs] = [3, 2, 19, 17];
  const image = Array.from({ length: channels * size ** 2 }, (_, i) => ((i * 7) % 11) - 5);
  const weights = Array.from({ length: 9 * rows * channels }, (_, i) => ((i * 5) % 7) - 3);
  run.floats.set(image, place.x / 4);
  run.floats.set(weights, place.w / 4);
  const starts = [0, 4, 8, 12, 13];
  const { y } = convolve(
    run,
    { rows, channels, size },
    starts.flatMap((row) => starts.map((column) => [row, column] as const)),
  );
  y.forEach((value, i) => {
    const [o, r, c] = [Math.floor(i / outputs ** 2), Math.floor(i / outputs) % outputs, i % outputs];
    let sum = 0;
    for (let k = 0; k < 9 * channels; k++) {
      const [channel, row, column] = [Math.floor(k / 9), Math.floor(k / 3) % 3, k % 3];
      sum += weights[o * 9 * channels + k]! * image[(channel * size + r + row) * size + c + column]!;
    }
    expect(value).toBeCloseTo(sum, 3);
  });
});
