// SVG in a form that is the same on every Node version: numbers with one decimal, identifiers renumbered, and PNGs
// inside replaced by their pixels, because compressed bytes differ between versions of zlib.

import { createHash } from "node:crypto";
import { inflateSync } from "node:zlib";

/** A hash of the pixels of a PNG without filters, as `raster` writes them. */
export function pixelHash(png: Buffer): string {
  const parts: Buffer[] = [];
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    if (png.toString("latin1", at + 4, at + 8) === "IDAT") parts.push(png.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  // The lowest two bits may differ where a color was rounded from a computed value.
  const pixels = inflateSync(Buffer.concat(parts)).map((byte) => byte & 0xfc);
  return createHash("sha256").update(pixels).digest("hex").slice(0, 16);
}

export function normalizeSvg(svg: string): string {
  const ids = [...new Set(svg.match(/\bf[0-9a-z]+-\d+\b(?=["')])/g) ?? [])];
  return svg
    .replace(
      /data:image\/png;base64,([A-Za-z0-9+/=]+)/g,
      (_, data: string) => `pixels:${pixelHash(Buffer.from(data, "base64"))}`,
    )
    .replace(/\bf[0-9a-z]+-\d+\b(?=["')])/g, (id) => `id${ids.indexOf(id)}`)
    .replace(/-?\d+\.\d+/g, (number) => String(Math.round(Number(number) * 10) / 10 + 0))
    .replaceAll("><", ">\n<");
}

/** The texts of a picture, in order of drawing; halos (texts under texts) left out. */
export function svgTexts(svg: string): string[] {
  const plainText = (text: string): string =>
    text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&");
  return [...svg.matchAll(/<text([^>]*)>([^<]*)<\/text>/g)]
    .filter(([, attributes]) => !attributes!.includes("aria-hidden"))
    .map(([, , text]) => plainText(text!));
}
