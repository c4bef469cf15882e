// A plain Jupyter client for tests: its own framing and signing, nothing of kernel/transport or kernel/wire/frames, because
// the kernel's own client must not be the judge of itself. Every message it receives is checked against wire/schema.ts;
// what was wrong is in `problems`.
import { createHmac, randomUUID } from "node:crypto";
import { Dealer, Request, Subscriber } from "zeromq";
import { checkContent, checkHeader } from "../../kernel/wire/schema.js";

export interface ConnectionFields {
  readonly transport: "tcp" | "ipc";
  readonly ip: string;
  readonly key: string;
  readonly signature_scheme: "hmac-sha256";
  readonly shell_port: number;
  readonly control_port: number;
  readonly stdin_port: number;
  readonly iopub_port: number;
  readonly hb_port: number;
}

export type Channel = "shell" | "control" | "stdin" | "iopub";

export interface Message {
  readonly channel: Channel;
  readonly topics: readonly string[];
  readonly type: string;
  readonly header: Record<string, unknown>;
  /** As text, to see that the request's header came back unchanged. */
  readonly parentText: string;
  readonly parent: Record<string, unknown>;
  readonly metadata: Record<string, unknown>;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into contents of every type
  readonly content: any;
  readonly buffers: readonly Buffer[];
}

export interface SendOptions {
  readonly metadata?: object;
  readonly parent?: object;
  readonly buffers?: readonly Uint8Array[];
  /** Fields added to the header. */
  readonly header?: Record<string, unknown>;
  /** Signed with another key than the kernel's. */
  readonly key?: string;
}

export interface Execution {
  readonly id: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into contents of every type
  readonly reply: any;
  /** iopub messages of this cell, from busy to idle. */
  readonly messages: readonly Message[];
}

interface Waiter {
  readonly matches: (message: Message) => boolean;
  readonly resolve: (message: Message) => void;
}

export class JupyterClient {
  /** Everything received, in order. */
  readonly received: Message[] = [];
  readonly problems: string[] = [];
  readonly #key: string;
  readonly #session: string = randomUUID();
  readonly #dealers: Readonly<Record<"shell" | "control" | "stdin", Dealer>>;
  readonly #iopub: Subscriber = new Subscriber({ receiveHighWaterMark: 0, linger: 0 });
  readonly #heartbeat: Request = new Request({ linger: 0 });
  #waiters: Waiter[] = [];
  #sending: Promise<void> = Promise.resolve();

  constructor(connection: ConnectionFields) {
    this.#key = connection.key;
    const options = { routingId: randomUUID(), linger: 0, receiveHighWaterMark: 0, sendHighWaterMark: 0 };
    this.#dealers = { shell: new Dealer(options), control: new Dealer(options), stdin: new Dealer(options) };
    const address = (port: number): string =>
      connection.transport === "ipc" ? `ipc://${connection.ip}-${port}` : `tcp://${connection.ip}:${port}`;
    this.#dealers.shell.connect(address(connection.shell_port));
    this.#dealers.control.connect(address(connection.control_port));
    this.#dealers.stdin.connect(address(connection.stdin_port));
    this.#heartbeat.connect(address(connection.hb_port));
    this.#iopub.connect(address(connection.iopub_port));
    this.#iopub.subscribe();
    for (const channel of ["shell", "control", "stdin"] as const)
      void this.#read(channel, this.#dealers[channel]);
    void this.#read("iopub", this.#iopub);
  }

  /** Sends a message and returns its id. */
  send(
    channel: "shell" | "control" | "stdin",
    type: string,
    content: object,
    options: SendOptions = {},
  ): string {
    const id = randomUUID();
    const header = {
      msg_id: id,
      msg_type: type,
      session: this.#session,
      username: "test",
      date: new Date().toISOString(),
      version: "5.4",
      ...options.header,
    };
    const parts = [header, options.parent ?? {}, options.metadata ?? {}, content].map((part) =>
      JSON.stringify(part),
    );
    this.sendFrames(channel, [
      "<IDS|MSG>",
      this.sign(parts, options.key),
      ...parts,
      ...(options.buffers ?? []),
    ]);
    return id;
  }

  sign(parts: readonly (string | Uint8Array)[], key: string = this.#key): string {
    if (key === "") return "";
    const hmac = createHmac("sha256", key);
    for (const part of parts) hmac.update(part);
    return hmac.digest("hex");
  }

  /** Sends frames as they are, good or bad. */
  sendFrames(channel: "shell" | "control" | "stdin", frames: (string | Uint8Array)[]): void {
    this.#sending = this.#sending.then(() => this.#dealers[channel].send(frames));
  }

  /** The first message that matches, received already or to come. */
  wait(matches: (message: Message) => boolean): Promise<Message> {
    const earlier = this.received.find(matches);
    if (earlier) return Promise.resolve(earlier);
    return new Promise((resolve) => this.#waiters.push({ matches, resolve }));
  }

  /** The reply to a request. */
  reply(id: string): Promise<Message> {
    return this.wait(
      ({ channel, parent }) => channel !== "iopub" && channel !== "stdin" && parent.msg_id === id,
    );
  }

  /** iopub messages of a request, so far. */
  published(id: string): Message[] {
    return this.received.filter(({ channel, parent }) => channel === "iopub" && parent.msg_id === id);
  }

  idle(id: string): Promise<Message> {
    return this.wait(
      ({ channel, type, parent, content }) =>
        channel === "iopub" &&
        type === "status" &&
        content.execution_state === "idle" &&
        parent.msg_id === id,
    );
  }

  async request(channel: "shell" | "control", type: string, content: object = {}): Promise<Message> {
    return this.reply(this.send(channel, type, content));
  }

  /** Sends a cell and returns its id. */
  sendCell(code: string, fields: object = {}): string {
    return this.send("shell", "execute_request", {
      code,
      silent: false,
      store_history: true,
      user_expressions: {},
      allow_stdin: false,
      stop_on_error: true,
      ...fields,
    });
  }

  /** The reply and the output of a cell that was sent. */
  async finished(id: string): Promise<Execution> {
    const [reply] = await Promise.all([this.reply(id), this.idle(id)]);
    return { id, reply: reply.content, messages: this.published(id) };
  }

  execute(code: string, fields: object = {}): Promise<Execution> {
    return this.finished(this.sendCell(code, fields));
  }

  /** One heartbeat: the bytes that came back. */
  async beat(bytes: string): Promise<string> {
    await this.#heartbeat.send(bytes);
    return String((await this.#heartbeat.receive())[0]);
  }

  close(): void {
    for (const dealer of Object.values(this.#dealers)) dealer.close();
    this.#iopub.close();
    this.#heartbeat.close();
  }

  async #read(channel: Channel, socket: AsyncIterable<Buffer[]>): Promise<void> {
    for await (const frames of socket) {
      const message = this.#decode(channel, frames);
      this.received.push(message);
      const reached = this.#waiters.filter(({ matches }) => matches(message));
      this.#waiters = this.#waiters.filter((waiter) => !reached.includes(waiter));
      for (const { resolve } of reached) resolve(message);
    }
  }

  #decode(channel: Channel, frames: Buffer[]): Message {
    const at = frames.findIndex((frame) => frame.toString() === "<IDS|MSG>");
    const [signature, ...parts] = frames.slice(at + 1);
    const texts = parts.slice(0, 4).map(String);
    const [header, parent, metadata, content] = texts.map((text) => JSON.parse(text));
    const type = String(header.msg_type);
    const topics = frames.slice(0, at).map(String);
    this.problems.push(...checkHeader(header), ...checkContent(type, content));
    if (String(signature) !== this.sign(texts)) this.problems.push(`${type}: wrong signature`);
    if (channel === "iopub" && topics.length !== 1) this.problems.push(`${type}: ${topics.length} topics`);
    return {
      channel,
      topics,
      type,
      header,
      parentText: texts[1] ?? "",
      parent,
      metadata,
      content,
      buffers: parts.slice(4),
    };
  }
}

/** Text of a stream, as a reader sees it. */
export const textOf = (messages: readonly Message[], name?: "stdout" | "stderr"): string =>
  messages
    .filter(({ type, content }) => type === "stream" && (name === undefined || content.name === name))
    .map(({ content }) => content.text)
    .join("");

/** The `text/plain` of the result of a cell. */
export const resultOf = ({ messages }: Execution): string | undefined =>
  messages.find(({ type }) => type === "execute_result")?.content.data["text/plain"];

/** Types of messages, status messages with their state. */
export const typesOf = (messages: readonly Message[]): string[] =>
  messages.map(({ type, content }) => (type === "status" ? content.execution_state : type));
