// Parts of the supervisor for tests: real messages and real queues, with a session and a compile process that answer as
// the test says.
import type { CompileService } from "../../kernel/compile/compileService.js";
import type { CommRequest, Outcome, Runner, RunnerEvents, RunRequest } from "../../kernel/run/runner.js";
import { Messenger, type Request } from "../../kernel/server/messenger.js";
import { MessageCodec } from "../../kernel/wire/frames.js";

export interface Sent {
  readonly channel: string;
  readonly type: string;
  /** msg_id of the request. */
  readonly parent: string | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into contents of every type
  readonly content: any;
  readonly topic: string;
  readonly buffers: readonly string[];
}

const codec: MessageCodec = new MessageCodec({ key: "key" });

/** Collects what would have gone to the sockets. */
export function makeSink(): {
  sent: Sent[];
  send: (channel: string, frames: readonly (Uint8Array | string)[]) => void;
} {
  const sent: Sent[] = [];
  return {
    sent,
    send(channel, frames) {
      const { header, parentHeader, content, identities, buffers } = codec.decode(
        frames.map((frame) => Buffer.from(frame)),
      );
      sent.push({
        channel,
        type: header.msg_type,
        parent: parentHeader.msg_id as string | undefined,
        content,
        topic: identities.map(String).join(" "),
        buffers: buffers.map(String),
      });
    },
  };
}

export function makeMessenger(): { messenger: Messenger; sent: Sent[]; log: string[]; codec: MessageCodec } {
  const { sent, send } = makeSink();
  const log: string[] = [];
  const messenger = new Messenger({ codec, send, log: (text) => log.push(text), checks: true });
  return { messenger, sent, log, codec };
}

/** A request as it comes from the wire; its id is its type unless named. */
export function makeRequest(
  type: string,
  content: object,
  { id = type, channel = "shell" as const, buffers = [] as Uint8Array[] } = {},
): Request {
  const header = { msg_id: id, msg_type: type, session: "s", username: "u", date: "", version: "5.4" };
  const frames = new MessageCodec({ key: "" }).decode([
    Buffer.from(`client of ${id}`),
    Buffer.from("<IDS|MSG>"),
    Buffer.from(""),
    Buffer.from(JSON.stringify(header)),
    Buffer.from("{}"),
    Buffer.from("{}"),
    Buffer.from(JSON.stringify(content)),
    ...buffers.map((buffer) => Buffer.from(buffer)),
  ]);
  return { ...frames, channel };
}

/** A compile process for cells whose code means: `bad …` does not compile, `type …` only declares types, anything else runs. */
export function makeCompile(
  changes: Partial<CompileService> = {},
): CompileService & { readonly asked: unknown[][] } {
  const asked: unknown[][] = [];
  return {
    asked,
    async convert(declarations, source, cellName) {
      asked.push([declarations, source, cellName]);
      if (source.includes("bad"))
        return {
          ok: false,
          error: { ename: "TypeScriptError", evalue: "TS1", traceback: ["TypeScriptError: TS1"] },
        };
      const isType = source.startsWith("type");
      return {
        ok: true,
        code: isType ? "" : source,
        declarations: `${declarations}[${source}]`,
        map: [],
        async: false,
        imports: [],
        files: [],
        ...(isType ? {} : { last: "last" }),
      };
    },
    complete: async () => ({ start: 0, end: 0, matches: [] }),
    inspect: async () => null,
    isComplete: async () => ({ status: "complete" }),
    version: async () => "5.9.3",
    interrupt: () => {},
    kill: () => {},
    ...changes,
  };
}

export interface FakeRunner extends Runner {
  readonly ran: (RunRequest | CommRequest)[];
  readonly answers: unknown[];
  interrupts: number;
  events: RunnerEvents;
}

/** A session whose cells end as `run` says; default: their code is their value. */
export function makeRunner(
  run: (request: RunRequest, runner: FakeRunner) => Outcome | Promise<Outcome> = ({ code }) => ({
    ok: true,
    payload: [],
    result: { "text/plain": code },
  }),
): FakeRunner {
  const runner: FakeRunner = {
    ran: [],
    answers: [],
    interrupts: 0,
    events: { output: () => {}, native: () => {}, sessionEnded: () => {} },
    attach(events) {
      runner.events = events;
    },
    async run(request) {
      runner.ran.push(request);
      return run(request, runner);
    },
    async comm(request) {
      runner.ran.push(request);
      return { ok: true, payload: [] };
    },
    answerInput: (answer) => runner.answers.push(answer),
    interrupt() {
      runner.interrupts++;
    },
    kill: () => {},
  };
  return runner;
}

export const failed = (ename: string, sessionEnded = false): Outcome => ({
  ok: false,
  sessionEnded,
  error: { ename, evalue: "why", traceback: [`${ename}: why`] },
});
