// PARENT side: asks the compile process. Compiling is a pure function of what is sent, so a process that ended or hangs
// is replaced and its requests are sent again.
import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { CompileOperation, CompileOperations, FromCompiler } from "./messages.js";

/** What can be asked; each answer is a promise. */
export type CompileService = {
  [K in CompileOperation]: (
    ...args: Parameters<CompileOperations[K]>
  ) => Promise<ReturnType<CompileOperations[K]>>;
} & {
  /** Ends a conversion that runs; its promise is rejected. */
  interrupt(): void;
  kill(): void;
};

/** A request that got no answer: too slow, ended twice with the process, or interrupted. */
export class CompileError extends Error {
  override readonly name: string = "CompileError";
}

interface Request {
  readonly id: number;
  readonly op: CompileOperation;
  readonly args: readonly unknown[];
  sent: number;
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
}

export interface CompileProcessOptions {
  readonly log?: (text: string) => void;
  /** Arguments of Node that start the process, best first: when one ends before it is ready, the next is used from then on. */
  readonly commands?: readonly (readonly string[])[];
  /** How long one request may take, counted from when the process can work on it. Default 60 s for a cell, 10 s for the rest. */
  readonly limits?: { readonly convertMs: number; readonly otherMs: number };
}

/**
 * Asks glibc for pages of 2 MB: a snapshot is read into a buffer of its own size, and fetching it in pages of 4 KB takes a fifth
 * to a third of the start. Other C libraries and systems ignore the setting.
 */
const largePages: Readonly<Record<string, string>> = { GLIBC_TUNABLES: "glibc.malloc.hugetlb=1" };

const compilerEntry = (): string => fileURLToPath(new URL("./compilerMain.js", import.meta.url));

/** Version of TypeScript in cells, without asking the compile process, which may still be starting. */
export const typescriptVersion = (): string =>
  createRequire(import.meta.url)("typescript/package.json").version as string;

export class CompileProcess implements CompileService {
  readonly #log: (text: string) => void;
  readonly #limits: { readonly convertMs: number; readonly otherMs: number };
  #commands: readonly (readonly string[])[];
  #child: ChildProcess | null = null;
  #isReady = false;
  /** A request that was given up waits in the pipe of the process that is starting. */
  #isOutdated = false;
  #stderr = "";
  #lastId = 0;
  /** Oldest first: the process works on the first one. */
  readonly #pending = new Map<number, Request>();
  #timer: NodeJS.Timeout | null = null;
  /** The request whose time runs. */
  #timed: Request | null = null;
  #failedStarts = 0;
  #isKilled = false;

  constructor({
    log = () => {},
    commands = [[compilerEntry()]],
    limits = { convertMs: 60_000, otherMs: 10_000 },
  }: CompileProcessOptions = {}) {
    this.#log = log;
    this.#commands = commands;
    this.#limits = limits;
    this.#start();
  }

  convert: CompileService["convert"] = (...args) => this.#ask("convert", args);
  complete: CompileService["complete"] = (...args) => this.#ask("complete", args);
  inspect: CompileService["inspect"] = (...args) => this.#ask("inspect", args);
  isComplete: CompileService["isComplete"] = (...args) => this.#ask("isComplete", args);
  version: CompileService["version"] = () => this.#ask("version", []);

  interrupt(): void {
    const first = this.#first();
    if (first?.op === "convert") this.#giveUp(first, "interrupted");
  }

  kill(): void {
    this.#isKilled = true;
    this.#stopTimer();
    this.#child?.kill("SIGKILL");
  }

  #ask<K extends CompileOperation>(
    op: K,
    args: Parameters<CompileOperations[K]>,
  ): Promise<ReturnType<CompileOperations[K]>> {
    return new Promise((resolve, reject) => {
      const request: Request = { id: ++this.#lastId, op, args, sent: 0, resolve, reject };
      this.#pending.set(request.id, request);
      if (this.#child) this.#send(request);
      else this.#start();
      this.#watchFirst();
    });
  }

  #send(request: Request): void {
    request.sent++;
    this.#child?.send({ id: request.id, op: request.op, args: request.args });
  }

  #start(): void {
    const args = this.#commands[0] ?? [compilerEntry()];
    this.#isReady = false;
    this.#isOutdated = false;
    this.#stderr = "";
    const child = spawn(process.execPath, args, {
      stdio: ["ignore", "ignore", "pipe", "ipc"],
      env: { ...largePages, ...process.env },
      windowsHide: true,
      // a group of its own: Ctrl-C in a terminal must not reach it
      detached: process.platform !== "win32",
    });
    this.#child = child;
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-4096);
      this.#log(`compiler: ${text.trimEnd()}`);
    });
    // an unhandled "error" event would end the supervisor
    for (const emitter of [child, child.stderr])
      emitter?.on("error", (error: Error) => this.#log(`compiler: ${error.message}`));
    child.on("message", (message) => this.#receive(child, message as FromCompiler));
    child.on("exit", (code, signal) => this.#ended(child, signal ? `signal ${signal}` : `exit code ${code}`));
    child.on("error", (error) => {
      if (child.pid === undefined) this.#ended(child, error.message);
    });
    // they wait in the pipe: the first cell is there when the process has started
    for (const request of this.#pending.values()) this.#send(request);
  }

  #receive(child: ChildProcess, message: FromCompiler): void {
    if (child !== this.#child) return;
    if ("ready" in message) {
      this.#log("compiler: ready");
      this.#isReady = true;
      this.#failedStarts = 0;
      if (this.#isOutdated) child.kill("SIGKILL");
    } else {
      const request = this.#pending.get(message.id);
      this.#pending.delete(message.id);
      if (message.ok) request?.resolve(message.value as never);
      else request?.reject(new CompileError(message.message));
    }
    this.#watchFirst();
  }

  #ended(child: ChildProcess, how: string): void {
    if (child !== this.#child || this.#isKilled) return;
    this.#log(`compiler: ended, ${how}`);
    this.#child = null;
    this.#stopTimer();
    if (!this.#isReady) {
      // it has seen none of them
      for (const request of this.#pending.values()) request.sent = 0;
      if (this.#commands.length > 1) this.#commands = this.#commands.slice(1);
      else if (++this.#failedStarts >= 3) {
        // the next request tries again
        this.#failedStarts = 0;
        this.#rejectAll(`the compile process cannot be started (${how})\n${this.#stderr.trim()}`);
        return;
      }
    }
    const twice = [...this.#pending.values()].filter((request) => request.sent >= 2);
    for (const request of twice) {
      this.#pending.delete(request.id);
      request.reject(new CompileError(`the compile process ended twice at this request (${how})`));
    }
    this.#start();
  }

  #rejectAll(reason: string): void {
    const requests = [...this.#pending.values()];
    this.#pending.clear();
    for (const request of requests) request.reject(new CompileError(reason));
  }

  /** Rejects the request that the process works on, and replaces the process. The others are sent to the new one. */
  #giveUp(request: Request, reason: string): void {
    this.#pending.delete(request.id);
    request.reject(new CompileError(reason));
    for (const other of this.#pending.values()) other.sent = 0;
    // a process that ends before it is ready would count as one that cannot be started
    if (this.#isReady) this.#child?.kill("SIGKILL");
    else this.#isOutdated = true;
  }

  #first(): Request | undefined {
    return this.#pending.values().next().value;
  }

  /** The time of a request counts from when it is the oldest: those behind it only wait. */
  #watchFirst(): void {
    const first = this.#first();
    if (first && first === this.#timed) return;
    this.#stopTimer();
    if (!first || !this.#isReady) return;
    this.#timed = first;
    const limit = first.op === "convert" ? this.#limits.convertMs : this.#limits.otherMs;
    this.#timer = setTimeout(() => {
      this.#giveUp(first, `${first.op} must end within ${limit / 1000} s; its types may be too deep`);
    }, limit);
  }

  #stopTimer(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#timed = null;
  }
}
