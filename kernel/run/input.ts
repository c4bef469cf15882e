// input(): asks the front end for a line and waits for it, without letting anything else of the session run meanwhile.
import { readSync } from "node:fs";
import { Interrupted } from "./errors.js";
import type { SendFrame } from "./frames.js";
import type { InputAnswer } from "./messages.js";

export type Input = (prompt?: string, options?: { readonly password?: boolean }) => string;

const NEWLINE = 10;

/** @param fd where the supervisor writes answers, one JSON object a line */
export function makeInput(fd: number, send: SendFrame, currentCell: () => number): Input {
  const answers = makeLineReader(fd);
  return (prompt = "", { password = false } = {}) => {
    send({ t: "input", prompt: String(prompt), password, cell: currentCell() });
    const answer = JSON.parse(answers()) as InputAnswer;
    if ("interrupt" in answer) throw new Interrupted();
    if ("error" in answer) throw new Error(answer.error);
    return answer.value;
  };
}

function makeLineReader(fd: number): () => string {
  const pause = new Int32Array(new SharedArrayBuffer(4));
  const chunk = Buffer.alloc(65_536);
  let kept = Buffer.alloc(0);
  return () => {
    for (;;) {
      const end = kept.indexOf(NEWLINE);
      if (end >= 0) {
        const line = kept.toString("utf8", 0, end);
        kept = kept.subarray(end + 1);
        return line;
      }
      kept = Buffer.concat([kept, chunk.subarray(0, readChunk(fd, chunk, pause))]);
    }
  };
}

function readChunk(fd: number, chunk: Buffer, pause: Int32Array): number {
  for (;;) {
    try {
      const count = readSync(fd, chunk, 0, chunk.length, null);
      if (count === 0) throw new Error("input: the front end must answer, got the end of the connection");
      return count;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EINTR") throw new Interrupted();
      if (code !== "EAGAIN") throw error;
      Atomics.wait(pause, 0, 0, 5);
    }
  }
}
