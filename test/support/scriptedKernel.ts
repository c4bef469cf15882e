// A kernel that follows a script: a cell's source says which messages it sends. For tests of what stands around a kernel; the
// real one is tested in test/protocol and test/notebooks.
import type { CellKernel } from "../../grader/notebook/execute.js";
import { KernelDiedError } from "../../kernel/transport/client.js";
import type { IncomingMessage } from "../../kernel/wire/frames.js";
import type { ExecuteReply } from "../../kernel/wire/messages.js";

export type Message = readonly [type: string, content: Record<string, unknown>];

/** What a cell does: messages, then an answer. "hang" answers only to an interrupt, "deaf" only to kill, "die" never. */
export interface CellScript {
  readonly messages?: readonly Message[];
  readonly answer?: "ok" | "error" | "hang" | "deaf" | "die";
}

export const printed = (text: string): CellScript => ({ messages: [["stream", { name: "stdout", text }]] });

export const result = (data: Record<string, unknown>): CellScript => ({
  messages: [["execute_result", { execution_count: 1, data, metadata: {} }]],
});

export const throws = (
  ename: string,
  evalue: string,
  traceback: string[] = [`${ename}: ${evalue}`],
): CellScript => ({
  messages: [["error", { ename, evalue, traceback }]],
  answer: "error",
});

export class ScriptedKernel implements CellKernel {
  /** Sources in the order they ran, and what was done to the kernel. */
  readonly log: string[] = [];
  readonly #scripts: Readonly<Record<string, CellScript>>;
  readonly #listeners = new Set<(message: IncomingMessage) => void>();
  #count = 0;
  #interrupt: (() => void) | undefined;
  #kill: (() => void) | undefined;

  readonly #onHang: () => void;

  /**
   * @param scripts by cell source; a source without a script runs without output
   * @param onHang called when a cell begins to hang
   */
  constructor(scripts: Readonly<Record<string, CellScript>> = {}, onHang: () => void = () => {}) {
    this.#scripts = scripts;
    this.#onHang = onHang;
  }

  get info(): CellKernel["info"] {
    return { language_info: { name: "typescript", file_extension: ".ts" } } as CellKernel["info"];
  }

  onMessage(listener: (message: IncomingMessage) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Sends a message of the cell that ran as number `count`. */
  sendLate(count: number, [type, content]: Message): void {
    for (const listener of this.#listeners) listener(message(`request-${count}`, type, content));
  }

  async execute(
    source: string,
    { onMessage = () => {} }: Parameters<CellKernel["execute"]>[1] = {},
  ): Promise<ExecuteReply> {
    const count = ++this.#count;
    this.log.push(source);
    const { messages = [], answer = "ok" } = this.#scripts[source] ?? {};
    const send = (type: string, content: Record<string, unknown>) => {
      const sent = message(`request-${count}`, type, content);
      for (const listener of this.#listeners) listener(sent);
      onMessage(sent);
    };
    send("status", { execution_state: "busy" });
    for (const [type, content] of messages) send(type, content);
    if (answer === "hang" || answer === "deaf") {
      const end = await new Promise<"interrupted" | "killed">((resolve) => {
        this.#kill = () => resolve("killed");
        this.#interrupt = () => {
          if (answer === "hang") resolve("interrupted");
        };
        this.#onHang();
      });
      if (end === "killed") throw died();
      send("error", { ename: "Interrupted", evalue: "interrupted", traceback: ["Interrupted"] });
    }
    if (answer === "die") throw died();
    send("status", { execution_state: "idle" });
    if (answer === "ok") return { status: "ok", execution_count: count, payload: [], user_expressions: {} };
    return { status: "error", execution_count: count, ename: "E", evalue: "v", traceback: ["t"] };
  }

  async interrupt(): Promise<void> {
    this.log.push("(interrupt)");
    this.#interrupt?.();
  }

  async shutdown(): Promise<void> {
    this.log.push("(shutdown)");
  }

  kill(): void {
    this.log.push("(kill)");
    this.#kill?.();
  }
}

const died = (): KernelDiedError => new KernelDiedError({ code: null, signal: "SIGKILL", stderr: "" });

function message(parent: string, type: string, content: Record<string, unknown>): IncomingMessage {
  return {
    parentHeader: { msg_id: parent },
    header: { msg_type: type },
    content,
  } as unknown as IncomingMessage;
}
