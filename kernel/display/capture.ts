// Output of a part of a cell, taken out of its stream: what is printed and shown there is collected instead of published.
//
// Captured code runs under a cell number of its own, below zero, so that timers and promises that it starts keep it, like any
// other cell's. Frames with such a number never leave the session.
import type { Attribution } from "../run/attribution.js";
import type { SendFrame } from "../run/frames.js";
import type { FromSession } from "../run/messages.js";

/** What is collected; comms and questions to the reader go out under the cell around it. */
export type CapturedFrame = Extract<FromSession, { t: "stream" | "display" | "update" | "clear" }>;

export interface Capture {
  /** Runs code whose output goes to the sink of this capture. */
  run<T>(code: () => T): T;
  /** Output that still comes is dropped. */
  end(): void;
}

export interface Captures {
  /** The way out for every frame of the session. */
  readonly send: SendFrame;
  /** @param cell the cell around it */
  start(cell: number, sink: (frame: CapturedFrame) => void): Capture;
}

export function makeCaptures(write: SendFrame, attribution: Attribution): Captures {
  const sinks = new Map<number, (frame: CapturedFrame) => void>();
  let count = 0;
  let lastCell = 0;
  const around = new Map<number, number>();

  return {
    send(frame) {
      if (!("cell" in frame) || frame.cell >= 0) {
        write(frame);
        return;
      }
      if (frame.t === "stream" || frame.t === "display" || frame.t === "update" || frame.t === "clear")
        sinks.get(frame.cell)?.(frame);
      else write({ ...frame, cell: around.get(frame.cell) ?? lastCell });
    },
    start(cell, sink) {
      // a capture within a capture
      const outer = cell < 0 ? (around.get(cell) ?? lastCell) : cell;
      count += 1;
      const id = -count;
      sinks.set(id, sink);
      around.set(id, outer);
      lastCell = outer;
      return {
        run(code) {
          try {
            return attribution.run(id, code);
          } finally {
            attribution.run(cell, () => {});
          }
        },
        end() {
          sinks.delete(id);
          around.delete(id);
        },
      };
    },
  };
}
