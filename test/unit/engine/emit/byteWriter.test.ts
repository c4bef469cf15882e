import { expect, test } from "vitest";
import { ByteWriter } from "../../../../src/engine/emit/byteWriter.js";
import { i32 } from "../../../../src/engine/emit/instructions.js";

test("a ByteWriter grows, writes code trees operands first, and patches sizes as five bytes", () => {
  const writer = new ByteWriter();
  writer.sized(() => {
    for (let i = 0; i < 300; i++) writer.byte(7);
  });
  const bytes = writer.finish();
  // 300 = 0b10_0101100: low seven bits 0x2c, then 2, padded to five bytes
  expect(Array.from(bytes.subarray(0, 6))).toEqual([0x80 | 0x2c, 0x80 | 2, 0x80, 0x80, 0, 7]);
  expect(bytes).toHaveLength(305);

  const tree = new ByteWriter();
  tree.code(i32.add(i32.const(1), i32.const(-1)));
  tree.text("ab");
  expect(Array.from(tree.finish())).toEqual([0x41, 1, 0x41, 0x7f, 0x6a, 2, 0x61, 0x62]);
});

test("append copies what another writer holds", () => {
  const [a, b] = [new ByteWriter(), new ByteWriter()];
  a.list([1, 2]);
  b.list(Array.from({ length: 600 }, () => 3));
  a.append(b);
  a.byte(4);
  expect(Array.from(a.finish())).toEqual([1, 2, ...new Array(600).fill(3), 4]);
});
