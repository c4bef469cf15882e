import { expect, test } from "vitest";
import { philox } from "../../src/philox.js";

// Known answers of the authors' Random123 library (kat_vectors, philox4x32 with 10 rounds).
test.each([
  [[0, 0, 0, 0], [0, 0], "6627e8d5 e169c58d bc57ac4c 9b00dbd8"],
  [
    [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
    [0xffffffff, 0xffffffff],
    "408f276d 41c83b0e a20bc7c6 6d5451fd",
  ],
  [
    [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    [0xa4093822, 0x299f31d0],
    "d16cfe09 94fdcceb 5001e420 24126ea1",
  ],
])("philox of counter %o, key %o", (counter, [k0, k1], words) => {
  const out = new Uint32Array(4);
  philox(out, Uint32Array.from(counter), k0 as number, k1 as number);
  expect(Array.from(out, (word) => word.toString(16).padStart(8, "0")).join(" ")).toBe(words);
});

test("the counter may be overwritten by the result", () => {
  const words = Uint32Array.of(0, 0, 0, 0);
  philox(words, words, 0, 0);
  expect(words[0]).toBe(0x6627e8d5);
});
