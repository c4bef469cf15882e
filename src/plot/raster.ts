// Pixels into an SVG: as a PNG inside it. Each pixel becomes a block of image pixels, so that it has sharp edges also in
// viewers that smooth what they enlarge.

import { deflateSync } from "node:zlib";
import type { Rgb } from "./colorScale.js";
import { element } from "./svg.js";

/** CRC-32 of PNG chunks: polynomial 0xEDB88320, bit by bit through a table of bytes. */
const crcTable: Uint32Array = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
  return crc;
});

export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = crcTable[(crc ^ byte) & 255]! ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

function pngChunk(type: string, body: Uint8Array): Buffer {
  const chunk = Buffer.alloc(body.length + 12);
  chunk.writeUInt32BE(body.length, 0);
  chunk.write(type, 4, "latin1");
  chunk.set(body, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, body.length + 8)), body.length + 8);
  return chunk;
}

/** 8-bit RGB rows as a PNG file (ISO/IEC 15948), without filters. */
export function encodePng(width: number, height: number, rgb: Uint8Array): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8); // 8 bits, RGB, deflate, filter method 0, not interlaced
  const rows = new Uint8Array(height * (1 + 3 * width)); // each row starts with its filter, 0
  for (let y = 0; y < height; y++)
    rows.set(rgb.subarray(y * 3 * width, (y + 1) * 3 * width), y * (1 + 3 * width) + 1);
  const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  return Buffer.concat([
    signature,
    pngChunk("IHDR", header),
    pngChunk("IDAT", deflateSync(rows)),
    pngChunk("IEND", new Uint8Array()),
  ]);
}

/**
 * An `<image>` of `columns × rows` pixels, drawn at (x, y) with the given size.
 *
 * @param color of pixel (row, column)
 * @param place.density image pixels for each pixel of the figure, at least; default 2, for sharp edges on dense screens
 */
export function raster(
  columns: number,
  rows: number,
  color: (row: number, column: number) => Rgb,
  place: { x: number; y: number; width: number; height: number; label?: string; density?: number },
): string {
  const block = Math.max(1, Math.ceil(((place.density ?? 2) * place.width) / columns));
  const width = columns * block;
  const rgb = new Uint8Array(3 * width * rows * block);
  for (let row = 0; row < rows; row++) {
    const line = new Uint8Array(3 * width);
    for (let column = 0; column < columns; column++) {
      const [r, g, b] = color(row, column);
      for (let i = 3 * column * block; i < 3 * (column + 1) * block; i += 3)
        [line[i], line[i + 1], line[i + 2]] = [r, g, b];
    }
    for (let k = 0; k < block; k++) rgb.set(line, (row * block + k) * 3 * width);
  }
  const data = Buffer.from(encodePng(width, rows * block, rgb)).toString("base64");
  const { x, y, height, label } = place;
  return element("image", {
    x,
    y,
    width: place.width,
    height,
    preserveAspectRatio: "none",
    style: "image-rendering:pixelated",
    "aria-label": label,
    href: `data:image/png;base64,${data}`,
  });
}
