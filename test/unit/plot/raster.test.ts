import { createRequire } from "node:module";
import { crc32 as zlibCrc32 } from "node:zlib";
import type * as CanvasNamespace from "@napi-rs/canvas";
import { expect, test } from "vitest";
import { crc32, encodePng, raster } from "../../../src/plot/raster.js";

const { createCanvas, Image } = createRequire(import.meta.url)("@napi-rs/canvas") as typeof CanvasNamespace;

test("crc32 of the check string is that of the standard", () => {
  // ISO 3309 check value of "123456789".
  expect(crc32(Buffer.from("123456789"))).toBe(0xcbf43926);
  if (zlibCrc32) expect(crc32(Buffer.from("gradbook"))).toBe(zlibCrc32("gradbook"));
});

test("another decoder reads the pixels back", () => {
  const rgb = Uint8Array.of(255, 0, 0, 0, 255, 0, 0, 0, 255, 10, 20, 30, 40, 50, 60, 70, 80, 90);
  const image = new Image();
  image.src = Buffer.from(encodePng(3, 2, rgb));
  const canvas = createCanvas(3, 2);
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const pixels = context.getImageData(0, 0, 3, 2).data;
  expect(Array.from(pixels).filter((_, i) => i % 4 !== 3)).toEqual(Array.from(rgb));
});

test("raster makes a block of image pixels for each pixel", () => {
  const drawn = raster(2, 1, (_, column) => [column * 255, 0, 0], { x: 0, y: 0, width: 10, height: 5 });
  const png = Buffer.from(/base64,([^"]+)/.exec(drawn)![1]!, "base64");
  // Width and height stand at bytes 16 and 20: 2 columns in blocks of ⌈2·10/2⌉ = 10.
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([20, 10]);
});
