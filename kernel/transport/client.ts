// The other end of the protocol: starts a kernel and speaks to it. For the grader, the lab and `gradbook run`.
import { randomUUID } from "node:crypto";
import { type IncomingMessage, MessageCodec, WireError } from "../wire/frames.js";
import type { ExecuteReply, Json, KernelInfoReply } from "../wire/messages.js";
import { ClientSockets, type RequestChannel } from "./clientSockets.js";
import {
  type KernelCommand,
  type KernelExit,
  type KernelProcess,
  startKernelProcess,
} from "./kernelProcess.js";

export interface StartKernelOptions extends KernelCommand {
  /** How the kernelspec wants to be interrupted. Default "message". */
  readonly interruptMode?: "message" | "signal";
  /** How long the kernel may take until it answers. Default 60,000. */
  readonly startTimeoutMs?: number;
  /** Whether what is executed goes into the user's history on disk. Default false. */
  readonly keepsHistory?: boolean;
}

export interface ExecuteOptions {
  /** Called for each iopub message of this cell, in order, until it is idle. */
  readonly onMessage?: (message: IncomingMessage) => void;
  /** Answers `input()`. Without it `input()` throws in the cell. */
  readonly onInput?: (prompt: string, password: boolean) => Promise<string>;
  readonly silent?: boolean;
  readonly storeHistory?: boolean;
  /** Default true: cells that are already queued are aborted when this one fails. */
  readonly stopOnError?: boolean;
  readonly userExpressions?: Readonly<Record<string, string>>;
  /** Goes into the metadata of the request, for example the id of the cell. */
  readonly metadata?: Json;
}

/** The kernel ended, or did not start. `exit` says how. */
export class KernelDiedError extends Error {
  override readonly name: string = "KernelDiedError";
  readonly exit: KernelExit;
  constructor(exit: KernelExit) {
    const how = exit.signal ? `signal ${exit.signal}` : `exit code ${exit.code}`;
    const words = exit.stderr.trim();
    super(`kernel: must stay alive, got ${how}${words === "" ? "" : `\n${words}`}`);
    this.exit = exit;
  }
}

interface Execution {
  readonly options: ExecuteOptions;
  reply?: ExecuteReply;
  isIdle: boolean;
  readonly resolve: (reply: ExecuteReply) => void;
  readonly reject: (error: Error) => void;
}

interface Pending {
  readonly resolve: (message: IncomingMessage) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Starts a kernel and waits until it answers on shell and on iopub.
 *
 * @throws {KernelDiedError} when it ends before it answers, or does not answer in time
 */
export async function startKernel(options: StartKernelOptions = {}): Promise<KernelClient> {
  const { interruptMode = "message", startTimeoutMs = 60_000, keepsHistory = false, ...command } = options;
  const env = keepsHistory ? command.env : { GRADBOOK_HISTORY: "off", ...command.env };
  const kernel = await startKernelProcess({ ...command, ...(env && { env }) });
  const client = new KernelClient(kernel, interruptMode);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`kernel: must answer within ${startTimeoutMs / 1000} s, got silence`)),
      startTimeoutMs,
    );
  });
  try {
    await Promise.race([client.connect(), late]);
    return client;
  } catch (error) {
    client.kill();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** A running kernel. Make one with {@link startKernel}. */
export class KernelClient {
  readonly process: KernelProcess;
  /** Resolves when the kernel's process ended, wanted or not. */
  readonly exited: Promise<KernelExit>;
  readonly #interruptMode: "message" | "signal";
  readonly #codec: MessageCodec;
  readonly #sockets: ClientSockets;
  readonly #pending = new Map<string, Pending>();
  readonly #executions = new Map<string, Execution>();
  readonly #listeners = new Set<(message: IncomingMessage) => void>();
  #info: KernelInfoReply | null = null;
  #exit: KernelExit | null = null;

  constructor(kernel: KernelProcess, interruptMode: "message" | "signal") {
    this.process = kernel;
    this.#interruptMode = interruptMode;
    this.#codec = new MessageCodec({ key: kernel.connection.key, session: randomUUID(), username: "client" });
    this.#sockets = new ClientSockets(kernel.connection);
    this.#sockets.listen((channel, frames) => this.#receive(channel, frames));
    this.exited = kernel.exited.then((exit) => this.#ended(exit));
  }

  /** What the kernel said about itself. */
  get info(): KernelInfoReply {
    if (!this.#info) throw new Error("bug: the kernel has not answered yet");
    return this.#info;
  }

  /** Waits for the first answer. A kernel's messages are lost to a subscriber that arrived too late, so it is asked until one arrives. */
  async connect(): Promise<void> {
    const heard = new Promise<void>((resolve) => {
      const stop = this.onMessage(() => {
        stop();
        resolve();
      });
    });
    const again = setInterval(() => void this.request("shell", "kernel_info_request").catch(() => {}), 500);
    try {
      const reply = await this.request("shell", "kernel_info_request");
      this.#info = reply.content as unknown as KernelInfoReply;
      await Promise.race([heard, this.exited.then((exit) => Promise.reject(new KernelDiedError(exit)))]);
    } finally {
      clearInterval(again);
    }
  }

  /** Calls `listener` with every iopub message, late output included. Returns the function that ends it. */
  onMessage(listener: (message: IncomingMessage) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Runs one cell. Resolves with its reply when the kernel is idle again: by then `onMessage` has seen all its output.
   * A cell that fails resolves too, with `status: "error"`.
   *
   * @throws {KernelDiedError} when the kernel ends meanwhile
   */
  execute(code: string, options: ExecuteOptions = {}): Promise<ExecuteReply> {
    const { silent = false, storeHistory = !silent, stopOnError = true, userExpressions = {} } = options;
    const content = {
      code,
      silent,
      store_history: storeHistory,
      user_expressions: userExpressions,
      allow_stdin: options.onInput !== undefined,
      stop_on_error: stopOnError,
    };
    return new Promise((resolve, reject) => {
      if (this.#exit) return reject(new KernelDiedError(this.#exit));
      const id = this.send("shell", "execute_request", content, options.metadata);
      this.#executions.set(id, { options, isIdle: false, resolve, reject });
    });
  }

  /** Sends a request and resolves with its reply. */
  request(channel: "shell" | "control", type: string, content: Json = {}): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      if (this.#exit) return reject(new KernelDiedError(this.#exit));
      this.#pending.set(this.send(channel, type, content), { resolve, reject });
    });
  }

  /** Sends a message and returns its id; for messages without a reply, such as those of comms. */
  send(
    channel: RequestChannel,
    type: string,
    content: Json,
    metadata: Json = {},
    buffers: readonly Uint8Array[] = [],
  ): string {
    const { frames, id } = this.#codec.encode({ identities: [], type, content, metadata, buffers });
    this.#sockets.send(channel, frames);
    return id;
  }

  /** Stops the running cell; its `execute` resolves with an error. Nothing happens when no cell runs. */
  async interrupt(): Promise<void> {
    if (this.#interruptMode === "signal") this.process.kill("SIGINT");
    else await this.request("control", "interrupt_request");
  }

  /** Ends the kernel: asks it, and kills it when it has not ended after `graceMs`. */
  async shutdown({ graceMs = 3000 }: { graceMs?: number } = {}): Promise<void> {
    if (!this.#exit) {
      this.send("control", "shutdown_request", { restart: false });
      const timer = setTimeout(() => this.kill(), graceMs);
      await this.exited;
      clearTimeout(timer);
    }
  }

  kill(): void {
    this.process.kill("SIGKILL");
  }

  #ended(exit: KernelExit): KernelExit {
    this.#exit = exit;
    this.#sockets.close();
    const error = new KernelDiedError(exit);
    for (const { reject } of [...this.#pending.values(), ...this.#executions.values()]) reject(error);
    this.#pending.clear();
    this.#executions.clear();
    return exit;
  }

  #receive(channel: RequestChannel | "iopub", frames: Buffer[]): void {
    let message: IncomingMessage;
    try {
      message = this.#codec.decode(frames);
    } catch (error) {
      // not from our kernel
      if (error instanceof WireError) return;
      throw error;
    }
    const parent = String(message.parentHeader.msg_id);
    if (channel === "iopub") this.#published(parent, message);
    else if (channel === "stdin") this.#asked(parent, message);
    else this.#replied(parent, message);
  }

  #published(parent: string, message: IncomingMessage): void {
    for (const listener of this.#listeners) listener(message);
    const execution = this.#executions.get(parent);
    if (!execution) return;
    try {
      execution.options.onMessage?.(message);
    } catch (error) {
      // the caller's mistake is the caller's to see; reading must go on
      execution.reject(error as Error);
    }
    if (message.header.msg_type === "status" && message.content.execution_state === "idle") {
      execution.isIdle = true;
      this.#finish(parent, execution);
    }
  }

  #replied(parent: string, message: IncomingMessage): void {
    this.#pending.get(parent)?.resolve(message);
    this.#pending.delete(parent);
    const execution = this.#executions.get(parent);
    if (!execution || message.header.msg_type !== "execute_reply") return;
    execution.reply = message.content as unknown as ExecuteReply;
    this.#finish(parent, execution);
  }

  #finish(id: string, { reply, isIdle, resolve }: Execution): void {
    if (!reply || !isIdle) return;
    this.#executions.delete(id);
    resolve(reply);
  }

  #asked(parent: string, message: IncomingMessage): void {
    const execution = this.#executions.get(parent);
    if (!execution?.options.onInput || message.header.msg_type !== "input_request") return;
    const { prompt, password } = message.content;
    execution.options.onInput(String(prompt), password === true).then(
      (value) => this.send("stdin", "input_reply", { value }),
      (error: Error) => {
        void this.interrupt().catch(() => {});
        execution.reject(error);
      },
    );
  }
}
