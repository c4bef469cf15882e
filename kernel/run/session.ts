// One session: runs cells and comm messages, one at a time, and says on `send` what they did.

import type { Displays } from "../display/display.js";
import { isHandle } from "../display/display.js";
import type { Comms } from "../widgets/comm.js";
import type { Interactions } from "../widgets/interact.js";
import type { Attribution } from "./attribution.js";
import { type ErrorFormatter, isInterruption } from "./errors.js";
import { compileFunction } from "./evaluate.js";
import type { SendFrame } from "./frames.js";
import type { Interrupts } from "./interrupt.js";
import type { MimeBundle, Payload, ToSession } from "./messages.js";
import type { Resolver } from "./resolve.js";
import type { Variables } from "./variables.js";

type Run = Extract<ToSession, { op: "run" }>;
type CommMessage = Extract<ToSession, { op: "comm" }>;

export interface SessionParts {
  readonly send: SendFrame;
  readonly attribution: Attribution;
  readonly variables: Variables;
  readonly resolver: Resolver;
  readonly interrupts: Interrupts;
  readonly errors: ErrorFormatter;
  readonly displays: Displays;
  readonly comms: Comms;
  readonly interactions: Interactions;
}

export interface Session {
  receive(message: ToSession): void;
  addPayload(payload: Payload): void;
  /** An error nobody caught: shown under the cell it came from; the session lives on. */
  reportUncaught(kind: "exception" | "rejection", error: unknown): void;
}

export function makeSession(parts: SessionParts): Session {
  const { send, attribution, variables, resolver, interrupts, errors, displays, comms, interactions } = parts;
  let payload: Payload[] = [];

  async function runCell(message: Run): Promise<MimeBundle | undefined> {
    const { cell, count, code, source, map, imports, files, last } = message;
    const fileName = `gradbook-cell-${cell}`;
    errors.register(fileName, { label: `In[${count}]`, map, source });
    await interrupts.race(async () => {
      resolver.update(files);
      await resolver.load(imports, files);
      const compiled = compileFunction(code, fileName, message.async);
      const scope = resolver.scope(variables.exports);
      const result = attribution.run(cell, () => interrupts.guard(() => compiled(...scope)));
      if (message.async) await result;
    });
    if (last === undefined) return undefined;
    const value = variables.takeLast(last);
    if (message.keepsLast && value !== undefined) (globalThis as Record<string, unknown>).$_ = value;
    if (value === undefined || isHandle(value) || (message.silent && message.keepsLast)) return undefined;
    return interrupts.race(() =>
      attribution.run(cell, () => interrupts.guard(() => displays.bundleOf(value))),
    );
  }

  async function handle(message: ToSession): Promise<void> {
    const { cell } = message;
    payload = [];
    try {
      let result: MimeBundle | undefined;
      if (message.op === "run") result = await runCell(message);
      else await receiveComm(message);
      await interrupts.race(async () => {
        await interactions.settled();
        await displays.settled();
      });
      send({ t: "done", cell, ...(result === undefined ? {} : { result }), payload });
    } catch (error) {
      const shown = errors.toCellError(error);
      displays.abandon();
      // an interrupted redraw says so in its place
      if (isInterruption(error) && interactions.interrupt(shown) && message.op === "comm")
        send({ t: "done", cell, payload });
      else send({ t: "failed", cell, error: shown });
    }
  }

  function receiveComm({ cell, kind, content, buffers, more }: CommMessage): Promise<void> {
    return interrupts.race(() =>
      attribution.run(cell, () =>
        interrupts.guard(() => {
          interactions.hold();
          try {
            comms.receive(kind, content, buffers);
          } finally {
            if (!more) interactions.flush();
          }
        }),
      ),
    );
  }

  return {
    receive: (message) => void handle(message),
    addPayload: (entry) => void payload.push(entry),
    reportUncaught(kind, error) {
      // A loop in a timer was stopped: what the cell waits for is what the user wanted to interrupt.
      if (isInterruption(error) && interrupts.interrupt()) return;
      const { traceback } = errors.toCellError(error);
      const cell = attribution.current();
      send({ t: "stream", name: "stderr", text: `Uncaught ${kind}: ${traceback.join("\n")}\n`, cell });
    },
  };
}
