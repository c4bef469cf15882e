import { mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeFrameWriter } from "../../../../kernel/run/frames.js";

test("each frame is one line of JSON, in order, whatever its text", () => {
  const folder = mkdtempSync(join(tmpdir(), "gradbook-frames-"));
  const file = join(folder, "frames");
  const send = makeFrameWriter(openSync(file, "w"));
  const texts = ["a\nb", "𝐚 \ud800 \u2028", "x".repeat(1_000_000)];
  for (const text of texts) send({ t: "stream", name: "stdout", text, cell: 1 });
  const lines = readFileSync(file, "utf8").split("\n");
  expect(lines.pop()).toBe("");
  expect(lines.map((line) => JSON.parse(line).text)).toEqual(texts);
  rmSync(folder, { recursive: true });
});

test("a frame that cannot be written is an error of the writer", () => {
  const send = makeFrameWriter(openSync("/dev/null", "r"));
  expect(() => send({ t: "ready" })).toThrow(/EBADF/);
});
