// Frames to the supervisor. Writes block: a cell that prints faster than the front end reads is slowed down, nothing is kept in
// memory, and what was written before the process died is not lost. One pipe carries everything, so nothing overtakes.
import { writeSync } from "node:fs";
import type { FromSession } from "./messages.js";

export type SendFrame = (frame: FromSession) => void;

// User code may replace these later.
const { stringify } = JSON;
const { wait } = Atomics;
const write = writeSync;
const pause = new Int32Array(new SharedArrayBuffer(4));

export function makeFrameWriter(fd: number): SendFrame {
  return (frame) => {
    const bytes = Buffer.from(`${stringify(frame)}\n`);
    let written = 0;
    while (written < bytes.length) {
      try {
        written += write(fd, bytes, written);
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (code !== "EAGAIN" && code !== "EINTR") throw error;
        wait(pause, 0, 0, 1);
      }
    }
  };
}
