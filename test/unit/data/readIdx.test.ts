import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { readIdx } from "../../../src/data/readIdx.js";

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

test("readIdx reads every number type, big-endian", () => {
  expect(readIdx(bytes(0, 0, 8, 2, 0, 0, 0, 1, 0, 0, 0, 2, 7, 255)).toArray()).toEqual([[7, 255]]);
  expect(readIdx(bytes(0, 0, 9, 1, 0, 0, 0, 1, 255)).toArray()).toEqual([-1]);
  expect(readIdx(bytes(0, 0, 11, 1, 0, 0, 0, 1, 1, 2)).toArray()).toEqual([258]);
  expect(readIdx(bytes(0, 0, 12, 1, 0, 0, 0, 1, 255, 255, 255, 254)).toArray()).toEqual([-2]);
  expect(readIdx(bytes(0, 0, 13, 1, 0, 0, 0, 1, 0x3f, 0x80, 0, 0)).toArray()).toEqual([1]);
  // 1.5 = 0x3ff8…
  expect(
    readIdx(bytes(0, 0, 14, 1, 0, 0, 0, 1, 0x3f, 0xf8, 0, 0, 0, 0, 0, 0), { dtype: "float64" }).toArray(),
  ).toEqual([1.5]);
});

test("errors", () => {
  expect(() => readIdx(bytes(1, 2, 3, 4))).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: readIdx: the first bytes must be 0, 0, a type code (8, 9, 11 to 14) and the number of axes, got 1, 2, 3, 4]`,
  );
  expect(() => readIdx(bytes())).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: readIdx: the first bytes must be 0, 0, a type code (8, 9, 11 to 14) and the number of axes, got no bytes]`,
  );
  expect(() => readIdx(bytes(0, 0, 8, 2, 0, 0, 0, 1))).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: readIdx: the header of 2 axes needs 12 bytes, got 8]`,
  );
  expect(() => readIdx(bytes(0, 0, 8, 1, 0, 0, 0, 3, 1, 2))).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: readIdx: shape [3] needs 11 bytes, got 10]`,
  );
  expect(() => readIdx(gzipSync(bytes(0, 0, 8, 1, 0, 0, 0, 1, 1)))).toThrowErrorMatchingInlineSnapshot(`
    [RangeError: readIdx: bytes must be uncompressed, got gzip data
      help: readIdx(gunzipSync(bytes)), with gunzipSync from node:zlib]
  `);
  expect(() => readIdx("mnist" as never)).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: readIdx: bytes must be a Uint8Array, got "mnist"]`,
  );
});
