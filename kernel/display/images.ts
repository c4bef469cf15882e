// Bytes of an image file, recognized by its signature.
import type { MimeBundle } from "../run/messages.js";

const SIGNATURES: readonly (readonly [mime: string, name: string, bytes: readonly number[]])[] = [
  ["image/png", "PNG", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ["image/jpeg", "JPEG", [0xff, 0xd8, 0xff]],
  ["image/gif", "GIF", [0x47, 0x49, 0x46, 0x38]],
];

/** The image in base64, or undefined when the bytes are no image. */
export function imageBundle(bytes: Uint8Array): MimeBundle | undefined {
  for (const [mime, name, signature] of SIGNATURES) {
    if (!signature.every((byte, i) => bytes[i] === byte)) continue;
    const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
    return { "text/plain": `<${name} image, ${bytes.length} bytes>`, [mime]: data };
  }
  return undefined;
}
