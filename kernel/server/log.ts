// The kernel's diary, for whoever has to find out why something went wrong: GRADBOOK_LOG=FILE.
import { appendFileSync } from "node:fs";

export type Log = (text: string) => void;

/** One line a call, with the milliseconds since the process started. Without a file nothing is written. */
export function makeLog(file: string | undefined, now: () => number = () => performance.now()): Log {
  if (!file) return () => {};
  return (text) => {
    try {
      appendFileSync(file, `${now().toFixed(0).padStart(7)} ${process.pid} ${text}\n`);
    } catch {
      // a full disk must not end the kernel
    }
  };
}
