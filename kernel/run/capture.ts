// What cells print. `console` writes to these streams, so it needs no replacement of its own.
import { StringDecoder } from "node:string_decoder";
import type { SendFrame } from "./frames.js";

export type WriteText = (name: "stdout" | "stderr", text: string) => void;

/** Replaces the `write` of a stream: text goes out as frames of the cell that `currentCell` names. */
export function captureStream(stream: NodeJS.WriteStream, name: "stdout" | "stderr", write: WriteText): void {
  const decoder = new StringDecoder("utf8"); // a write may end within a character
  const nextTick = process.nextTick;
  stream.write = (
    chunk: string | Uint8Array,
    encodingOrDone?: BufferEncoding | ((error?: Error | null) => void),
    done?: (error?: Error | null) => void,
  ): boolean => {
    const encoding = typeof encodingOrDone === "string" ? encodingOrDone : "utf8";
    const isText = typeof chunk === "string";
    const text = isText && isUtf8(encoding) ? chunk : decoder.write(toBuffer(chunk, encoding));
    if (text !== "") write(name, text);
    const callback = typeof encodingOrDone === "function" ? encodingOrDone : done;
    if (callback !== undefined) nextTick(callback);
    return true;
  };
}

function isUtf8(encoding: BufferEncoding): boolean {
  return encoding === "utf8" || encoding === "utf-8";
}

function toBuffer(chunk: string | Uint8Array, encoding: BufferEncoding): Buffer {
  if (typeof chunk === "string") return Buffer.from(chunk, encoding);
  if (chunk instanceof Uint8Array) return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  throw new TypeError(`process.stdout.write: text or bytes are needed, got ${typeof chunk}`);
}

/** Text as frames of the current cell. */
export function makeWriteText(send: SendFrame, currentCell: () => number): WriteText {
  return (name, text) => send({ t: "stream", name, text, cell: currentCell() });
}
