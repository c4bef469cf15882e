import { expect, test } from "vitest";
import { captureStream, makeWriteText } from "../../../../kernel/run/capture.js";
import type { FromSession } from "../../../../kernel/run/messages.js";

function setUp() {
  const stream = {} as NodeJS.WriteStream;
  const written: string[] = [];
  captureStream(stream, "stdout", (name, text) => written.push(`${name}: ${text}`));
  return { stream, written };
}

test("text goes out as it is written, and write says that there is room", () => {
  const { stream, written } = setUp();
  expect(stream.write("a")).toBe(true);
  stream.write("é", "utf8");
  stream.write("6162", "hex");
  expect(written).toEqual(["stdout: a", "stdout: é", "stdout: ab"]);
});

test("a character that is cut between two writes arrives whole", () => {
  const { stream, written } = setUp();
  const bytes = Buffer.from("a𝐚b");
  stream.write(bytes.subarray(0, 3));
  stream.write(new Uint8Array(bytes.subarray(3)));
  expect(written.join("")).toBe("stdout: astdout: 𝐚b");
});

test("the callback is called, in either place", async () => {
  const { stream } = setUp();
  await new Promise<void>((resolve) => stream.write("a", () => resolve()));
  await new Promise<void>((resolve) => stream.write("a", "utf8", () => resolve()));
  expect(() => stream.write(5 as unknown as string)).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: process.stdout.write: text or bytes are needed, got number]`,
  );
});

test("makeWriteText names the current cell", () => {
  const frames: FromSession[] = [];
  const write = makeWriteText(
    (frame) => void frames.push(frame),
    () => 12,
  );
  write("stderr", "x");
  expect(frames).toEqual([{ t: "stream", name: "stderr", text: "x", cell: 12 }]);
});
