import { expect, test } from "vitest";
import { imageBundle } from "../../../../kernel/display/images.js";

// Signatures: PNG specification 5.2; JPEG SOI marker and the next marker's first byte; GIF89a specification 17.
test.each([
  ["image/png", "PNG", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ["image/jpeg", "JPEG", [0xff, 0xd8, 0xff, 0xe0]],
  ["image/gif", "GIF", [0x47, 0x49, 0x46, 0x38, 0x39, 0x61]],
])("%s is known by its first bytes", (mime, name, bytes) => {
  expect(imageBundle(new Uint8Array(bytes))).toEqual({
    "text/plain": `<${name} image, ${bytes.length} bytes>`,
    [mime]: Buffer.from(bytes).toString("base64"),
  });
});

test("only the bytes of the view are sent", () => {
  const whole = new Uint8Array([1, 2, 0xff, 0xd8, 0xff, 9]);
  expect(imageBundle(whole.subarray(2, 5))).toMatchObject({ "image/jpeg": "/9j/" });
});

test("other bytes are no image", () => {
  expect(imageBundle(new Uint8Array([0x89, 0x50]))).toBeUndefined();
  expect(imageBundle(new Uint8Array())).toBeUndefined();
});
