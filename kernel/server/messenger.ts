// The way out: replies, publications and questions, signed and handed to the sockets. Text of streams is joined on the
// way: 100,000 calls of console.log become a few hundred messages. Whatever else is published waits for the joined text,
// so nothing overtakes it.
import type { IncomingMessage, MessageCodec } from "../wire/frames.js";
import type { ErrorReply, InputRequest, Json, Publications, Replies } from "../wire/messages.js";
import { checkContent } from "../wire/schema.js";
import type { Log } from "./log.js";

export interface Request extends IncomingMessage {
  readonly channel: "shell" | "control";
}

/** Hands frames to a socket; never fails. */
export type Send = (
  channel: "shell" | "control" | "stdin" | "iopub",
  frames: readonly (Uint8Array | string)[],
) => void;

export type StreamName = "stdout" | "stderr";

interface Joined {
  readonly name: StreamName;
  readonly parent: Uint8Array | undefined;
  readonly texts: string[];
  length: number;
}

export interface MessengerOptions {
  readonly codec: MessageCodec;
  readonly send: Send;
  readonly log: Log;
  /** Checks every message against the protocol and logs what is wrong. Default false. */
  readonly checks?: boolean;
}

/** Text of one stream is joined for this long, or up to this many UTF-16 units. */
const joinMs = 10;
const joinUnits = 65_536;

export class Messenger {
  readonly #codec: MessageCodec;
  readonly #send: Send;
  readonly #log: Log;
  readonly #checks: boolean;
  #joined: Joined | null = null;
  #timer: NodeJS.Timeout | null = null;

  constructor({ codec, send, log, checks = false }: MessengerOptions) {
    this.#codec = codec;
    this.#send = send;
    this.#log = log;
    this.#checks = checks;
  }

  reply<K extends keyof Replies>(request: Request, type: K, content: Replies[K] | ErrorReply): void {
    this.#check(type, content);
    const { identities, headerBytes: parent } = request;
    this.#send(request.channel, this.#codec.encode({ identities, type, parent, content }).frames);
  }

  /** @param parent header bytes of the request that this belongs to */
  publish<K extends keyof Publications>(
    type: K,
    parent: Uint8Array | undefined,
    content: Publications[K],
    metadata: Json = {},
    buffers: readonly Uint8Array[] = [],
  ): void {
    this.flush();
    this.#publish(type, type, parent, content, metadata, buffers);
  }

  /** Publishes text, a moment later and together with what follows it. */
  stream(name: StreamName, text: string, parent: Uint8Array | undefined): void {
    if (text === "") return;
    if (this.#joined && (this.#joined.name !== name || this.#joined.parent !== parent)) this.flush();
    this.#joined ??= { name, parent, texts: [], length: 0 };
    this.#joined.texts.push(text);
    this.#joined.length += text.length;
    if (this.#joined.length >= joinUnits) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), joinMs);
  }

  /** Publishes the text that is being joined. */
  flush(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const joined = this.#joined;
    this.#joined = null;
    if (!joined) return;
    const { name, parent, texts } = joined;
    this.#publish("stream", `stream.${name}`, parent, { name, text: texts.join("") });
  }

  /** Greets a new subscriber of iopub: from here on it misses nothing. */
  welcome(topic: Uint8Array): void {
    const content = { subscription: Buffer.from(topic).toString("utf8") };
    this.flush();
    const { frames } = this.#codec.encode({ identities: [topic], type: "iopub_welcome", content });
    this.#send("iopub", frames);
  }

  /** Asks the client that sent `request`, and nobody else. Returns the id of the question. */
  ask(request: Request, content: InputRequest): string {
    this.flush();
    this.#check("input_request", content);
    const { identities, headerBytes: parent } = request;
    const { frames, id } = this.#codec.encode({ identities, type: "input_request", parent, content });
    this.#send("stdin", frames);
    return id;
  }

  #publish(
    type: string,
    topic: string,
    parent: Uint8Array | undefined,
    content: object,
    metadata: Json = {},
    buffers: readonly Uint8Array[] = [],
  ): void {
    this.#check(type, content);
    const { frames } = this.#codec.encode({
      identities: [topic],
      type,
      content,
      metadata,
      buffers,
      ...(parent && { parent }),
    });
    this.#send("iopub", frames);
  }

  #check(type: string, content: object): void {
    if (!this.#checks) return;
    for (const problem of checkContent(type, JSON.parse(JSON.stringify(content))))
      this.#log(`protocol: ${problem}`);
  }
}
