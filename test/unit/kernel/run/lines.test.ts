import { expect, test } from "vitest";
import { LineReader } from "../../../../kernel/run/lines.js";

test("lines are whole however the bytes are cut", () => {
  const text = "first\n\nzweite Zeile: 𝐚é\nlast without end";
  const bytes = Buffer.from(text);
  for (let size = 1; size <= bytes.length; size++) {
    const reader = new LineReader();
    const lines: string[] = [];
    for (let at = 0; at < bytes.length; at += size) lines.push(...reader.push(bytes.subarray(at, at + size)));
    expect(lines).toEqual(["first", "", "zweite Zeile: 𝐚é"]);
    expect(reader.push(Buffer.from("\n"))).toEqual(["last without end"]);
  }
});
