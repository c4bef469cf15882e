// The kernel as its clients see it: which request is handled by what, and busy and idle around every one of them.
// Runs in the supervisor, which never compiles and never runs user code: so it always answers.
import { setTimeout as delay } from "node:timers/promises";
import type { CompileService } from "../compile/compileService.js";
import type { CellError, CommKind } from "../run/messages.js";
import type { Runner } from "../run/runner.js";
import type { IncomingMessage, MessageCodec } from "../wire/frames.js";
import type { ExecuteReply, KernelInfoReply, Replies } from "../wire/messages.js";
import {
  readCommInfoRequest,
  readCompleteRequest,
  readExecuteRequest,
  readHistoryRequest,
  readInspectRequest,
  readIsCompleteRequest,
  readShutdownRequest,
} from "../wire/requests.js";
import { Cells } from "./cells.js";
import { Comms } from "./comms.js";
import { complete, isComplete } from "./completion.js";
import { CellExecutor } from "./executeCell.js";
import { ExecuteQueue } from "./executeQueue.js";
import type { History } from "./history.js";
import { inspect } from "./inspection.js";
import type { Log } from "./log.js";
import { Messenger, type Request, type Send } from "./messenger.js";
import { Output } from "./output.js";
import { Stdin } from "./stdin.js";

export interface KernelOptions {
  readonly compile: CompileService;
  readonly runner: Runner;
  readonly codec: MessageCodec;
  readonly send: Send;
  readonly history: History;
  readonly info: KernelInfoReply;
  /** Answer to the deprecated connect_request. */
  readonly ports: Readonly<Record<string, number>>;
  readonly log: Log;
  /** Ends the process after all messages have left. */
  readonly exit: () => void;
  readonly checks?: boolean;
  /** Text of one cell beyond this is dropped; see output.ts. */
  readonly textLimit?: number;
}

interface Handler {
  /** false: it runs user code and waits in the queue for its turn. */
  readonly mayRunDuringExecution: boolean;
  handle(request: Request): void | Promise<void>;
}

/** Requests that are on the wire when a cell fails arrive within this time; see kernel.#execute. */
const arrivalMs = 10;

export class Kernel {
  readonly #options: KernelOptions;
  readonly #messenger: Messenger;
  readonly #cells: Cells = new Cells();
  readonly #comms: Comms;
  readonly #stdin: Stdin;
  readonly #executor: CellExecutor;
  readonly #queue: ExecuteQueue = new ExecuteQueue((request) => this.#runQueued(request));
  readonly #handlers: Readonly<Record<string, Handler>>;
  #isEnding = false;

  constructor(options: KernelOptions) {
    this.#options = options;
    const { compile, runner, history, codec, send, log, checks = false, textLimit } = options;
    this.#messenger = new Messenger({ codec, send, log, checks });
    this.#comms = new Comms(this.#messenger);
    this.#stdin = new Stdin({
      messenger: this.#messenger,
      answer: (answer) => runner.answerInput(answer),
    });
    const output = new Output({
      messenger: this.#messenger,
      cells: this.#cells,
      comms: this.#comms,
      stdin: this.#stdin,
      ...(textLimit !== undefined && { textLimit }),
    });
    this.#executor = new CellExecutor({ compile, runner, messenger: this.#messenger, output, history });
    this.#handlers = this.#makeHandlers();
    runner.attach({
      output: (frame) => output.frame(frame),
      native: (name, text) => output.native(name, text),
      sessionEnded: (error, wasRunning) => this.#sessionEnded(error, wasRunning),
    });
  }

  /** Says that the kernel is there. Called once, when the sockets are bound. */
  announce(): void {
    this.#messenger.publish("status", undefined, { execution_state: "starting" });
  }

  /** A message on shell or control. */
  receive(channel: "shell" | "control", message: IncomingMessage): void {
    const request: Request = { ...message, channel };
    const type = message.header.msg_type;
    const handler = Object.hasOwn(this.#handlers, type) ? this.#handlers[type] : undefined;
    this.#options.log(`${channel}: ${type}${handler ? "" : " is not known and is ignored"}`);
    if (!handler || this.#isEnding) return;
    if (handler.mayRunDuringExecution) void this.#answer(request, handler);
    else this.#queue.push(request);
  }

  receiveStdin(message: IncomingMessage): void {
    this.#stdin.receive(message);
  }

  subscribed(topic: Uint8Array): void {
    this.#messenger.welcome(topic);
  }

  /** Stops what runs now; its cell ends with KeyboardInterrupt. Nothing happens when nothing runs. */
  interrupt(): void {
    if (!this.#queue.running) return;
    if (!this.#stdin.interrupt()) this.#executor.interrupt();
  }

  #makeHandlers(): Record<string, Handler> {
    const { compile, history, info, ports } = this.#options;
    const atOnce = <K extends keyof Replies>(
      type: K,
      answer: (request: Request) => Replies[K] | Promise<Replies[K]>,
    ): Handler => ({
      mayRunDuringExecution: true,
      handle: async (request) => this.#messenger.reply(request, type, await answer(request)),
    });
    const inQueue = (handle: Handler["handle"]): Handler => ({ mayRunDuringExecution: false, handle });
    const comm = inQueue((request) => this.#comm(request));
    const declarations = (): string => this.#executor.declarations;
    return {
      execute_request: inQueue((request) => this.#execute(request)),
      comm_open: comm,
      comm_msg: comm,
      comm_close: comm,
      kernel_info_request: atOnce("kernel_info_reply", () => info),
      complete_request: atOnce("complete_reply", ({ content }) =>
        complete(compile, declarations(), readCompleteRequest(content)),
      ),
      inspect_request: atOnce("inspect_reply", ({ content }) =>
        inspect(compile, declarations(), readInspectRequest(content)),
      ),
      is_complete_request: atOnce("is_complete_reply", ({ content }) =>
        isComplete(compile, readIsCompleteRequest(content).code),
      ),
      history_request: atOnce("history_reply", ({ content }) => ({
        status: "ok",
        history: history.query(readHistoryRequest(content)),
      })),
      comm_info_request: atOnce("comm_info_reply", ({ content }) => ({
        status: "ok",
        comms: this.#comms.info(readCommInfoRequest(content).target_name),
      })),
      connect_request: atOnce("connect_reply", () => ({ status: "ok", ...ports })),
      interrupt_request: atOnce("interrupt_reply", () => {
        this.interrupt();
        return { status: "ok" };
      }),
      debug_request: atOnce("debug_reply", () => ({})),
      shutdown_request: { mayRunDuringExecution: true, handle: (request) => this.#shutdown(request) },
    };
  }

  /** The one path that every request takes: busy, its work, its reply, idle. */
  async #answer(request: Request, handler: Handler): Promise<void> {
    this.#status("busy", request);
    try {
      await handler.handle(request);
    } catch (error) {
      this.#refuse(request, error as Error);
    } finally {
      this.#status("idle", request);
    }
    const { running } = this.#queue;
    // a front end shows the last status it saw: without this a completion makes a busy kernel look idle
    if (running && running !== request && request.channel === "shell") this.#status("busy", running);
    if (request.header.msg_type === "shutdown_request") this.#options.exit();
  }

  async #runQueued(request: Request): Promise<void> {
    const handler = this.#handlers[request.header.msg_type];
    if (handler) await this.#answer(request, handler);
    for (const skipped of this.#aborted.splice(0)) {
      this.#status("busy", skipped);
      this.#messenger.reply(skipped, "execute_reply", {
        status: "aborted",
        execution_count: this.#executor.executionCount,
      });
      this.#status("idle", skipped);
    }
  }

  /** Cells that are skipped because the one before them failed. */
  readonly #aborted: Request[] = [];

  async #execute(request: Request): Promise<void> {
    const content = readExecuteRequest(request.content);
    const cell = this.#cells.add(request, { silent: content.silent, allowStdin: content.allow_stdin });
    let reply: ExecuteReply;
    try {
      reply = await this.#executor.execute(cell, content);
    } finally {
      this.#stdin.forget();
    }
    if (reply.status === "error" && content.stop_on_error) {
      // Cells that were sent together with this one must be skipped, also those that are still in the socket. But a client
      // that waits for the reply and then sends the next cell means it to run: so they are taken before the reply leaves.
      await delay(arrivalMs);
      this.#aborted.push(...this.#queue.takeCells());
    }
    this.#messenger.reply(request, "execute_reply", reply);
  }

  async #comm(request: Request): Promise<void> {
    const { header, content, buffers } = request;
    const kind = header.msg_type as CommKind;
    if (!this.#comms.fromFrontEnd(kind, content)) {
      this.#options.log(`shell: ${kind} without comm_id is ignored`);
      return;
    }
    const cell = this.#cells.add(request, { silent: false, allowStdin: false });
    const outcome = await this.#options.runner.comm({
      cell: cell.id,
      kind,
      content,
      buffers: buffers.map((buffer) => Buffer.from(buffer).toString("base64")),
      // a slider that is dragged sends more values than can be drawn
      more: this.#queue.next?.header.msg_type === "comm_msg",
    });
    if (!outcome.ok)
      this.#messenger.stream("stderr", `${outcome.error.traceback.join("\n")}\n`, request.headerBytes);
  }

  #shutdown(request: Request): void {
    const { restart } = readShutdownRequest(request.content);
    this.#isEnding = true;
    this.#messenger.reply(request, "shutdown_reply", { status: "ok", restart });
    this.#messenger.publish("shutdown_reply", request.headerBytes, { status: "ok", restart });
  }

  #sessionEnded(error: CellError, wasRunning: boolean): void {
    this.#executor.forget();
    this.#stdin.forget();
    const parent = this.#cells.last?.request.headerBytes;
    this.#comms.closeAll(parent);
    if (wasRunning) return;
    this.#messenger.stream("stderr", `${error.ename}: ${error.evalue}\n`, parent);
  }

  #refuse(request: Request, error: Error): void {
    const { msg_type: type } = request.header;
    this.#options.log(`${type}: ${error.stack}`);
    if (!type.endsWith("_request")) return;
    const { name: ename, message: evalue } = error;
    const content = { status: "error", ename, evalue, traceback: [`${ename}: ${evalue}`] } as const;
    if (type === "execute_request") {
      const execution_count = this.#executor.executionCount;
      this.#messenger.publish("error", request.headerBytes, { ename, evalue, traceback: content.traceback });
      this.#messenger.reply(request, "execute_reply", { ...content, execution_count });
    } else this.#messenger.reply(request, type.replace("_request", "_reply") as keyof Replies, content);
  }

  #status(execution_state: "busy" | "idle", request: Request): void {
    this.#messenger.publish("status", request.headerBytes, { execution_state });
  }
}
