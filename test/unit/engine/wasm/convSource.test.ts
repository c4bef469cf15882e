import { expect, test } from "vitest";
import { planSource, triples } from "../../../../src/engine/wasm/convSource.js";

test("triples counts with the last axis fastest", () => {
  expect([...triples([1, 2, 2])]).toEqual([
    [0, 0, 0],
    [0, 0, 1],
    [0, 1, 0],
    [0, 1, 1],
  ]);
});

test("without padding and stride the image itself is the source", () => {
  const source = planSource([1, 5, 7], [0, 0, 0], [1, 1, 1], [1, 5, 7]);
  expect(source).toMatchObject({ isDirect: true, row: 28, plane: 140, channel: 140, copies: [] });
  expect(source.at([0, 2, 3])).toBe(4 * (2 * 7 + 3));
});

test("a border of one: the image is copied to row 1, column 1; rows of the border hold no data", () => {
  const source = planSource([1, 2, 3], [0, 1, 1], [1, 1, 1], [1, 4, 5]);
  expect(source.copies).toEqual([
    { to: 4 * 6, from: 0, counts: [1, 2, 3], toPitch: [80, 20], fromPitch: [24, 12], fromStep: 4 },
  ]);
  expect([0, 1, 2, 3].map((h) => source.hasData(0, h))).toEqual([false, true, true, false]);
});

test("stride 2 on one axis: even and odd positions are contiguous, padded position 0 is in the even phase", () => {
  // 5 numbers, one zero before: padded 0 a b c d e; even phase 0 b d, odd phase a c e
  const source = planSource([1, 1, 5], [0, 0, 1], [1, 1, 2], [1, 1, 6]);
  expect(source.channel).toBe(24);
  expect([0, 1, 2, 3, 4, 5].map((w) => source.at([0, 0, w]) / 4)).toEqual([0, 3, 1, 4, 2, 5]);
  expect(
    source.copies.map(({ to, from, counts, fromStep }) => [to / 4, from / 4, counts[2], fromStep]),
  ).toEqual([
    [1, 1, 2, 8], // b, d
    [3, 0, 3, 8], // a, c, e
  ]);
});

test("negative padding leaves numbers out", () => {
  const source = planSource([1, 1, 5], [0, 0, -2], [1, 1, 1], [1, 1, 3]);
  expect(source.copies).toMatchObject([{ to: 0, from: 8, counts: [1, 1, 3] }]);
});
