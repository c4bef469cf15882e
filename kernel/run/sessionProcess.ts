// PARENT side. One session process: its pipes, its frames, its end. The child side is sessionMain.ts.
import { type ChildProcess, spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { LineReader } from "./lines.js";
import type { FromSession, InputAnswer, ToSession } from "./messages.js";

export interface SessionExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The last 4 KB of native standard error: V8 and native modules say there why they ended. */
  readonly stderr: string;
}

export interface SessionListener {
  frame(frame: FromSession): void;
  /** Text that child processes and native code wrote to file descriptor 1 or 2. */
  native(name: "stdout" | "stderr", text: string): void;
  /** Called once, after the last frame. */
  ended(exit: SessionExit): void;
}

export interface SessionOptions {
  readonly listener: SessionListener;
  readonly log: (text: string) => void;
  /** Node's own options, then the entry. */
  readonly args?: readonly string[];
}

/** The session's thread uses the inspector, and Node announces at exit that it waits for it. */
const inspectorNotice = /Waiting for the debugger to disconnect\.\.\.\n/g;

/**
 * glibc gives large blocks back to the system when they are freed, and every page of the next array is fetched anew: results of some MB
 * cost twice the time of computing them, and on virtual machines up to twenty times. Other C libraries ignore these settings.
 */
const keepsFreedMemory: Readonly<Record<string, string>> = {
  MALLOC_MMAP_THRESHOLD_: String(2 ** 30),
  MALLOC_TRIM_THRESHOLD_: String(2 ** 30),
};

const sessionEntry = (): string => fileURLToPath(new URL("./sessionMain.js", import.meta.url));

export class SessionProcess {
  /** Whether it became ready: false when it ended before. */
  readonly ready: Promise<boolean>;
  readonly #child: ChildProcess;
  readonly #listener: SessionListener;
  readonly #log: (text: string) => void;
  #becomesReady: (isReady: boolean) => void = () => {};
  #stderr = "";
  #isEnded = false;

  constructor({ listener, log, args = [sessionEntry()] }: SessionOptions) {
    this.#listener = listener;
    this.#log = log;
    this.ready = new Promise((resolve) => {
      this.#becomesReady = resolve;
    });
    this.#child = spawn(process.execPath, args, {
      stdio: ["ignore", "pipe", "pipe", "pipe", "pipe", "pipe", "ipc"],
      env: { ...keepsFreedMemory, ...process.env },
      windowsHide: true,
      // A group of its own: Ctrl-C in a terminal must not reach it, and its child processes can be interrupted and ended with it.
      detached: process.platform !== "win32",
    });
    this.#listen();
  }

  send(message: ToSession): void {
    if (this.#child.connected) this.#child.send(message);
  }

  answerInput(answer: InputAnswer): void {
    this.#write(4, `${JSON.stringify(answer)}\n`);
  }

  /** "s" stops synchronous code or a pending await, "i" raises the flag that loops read, "t" terminates what runs. */
  command(letter: "s" | "i" | "t"): void {
    this.#write(5, letter);
  }

  kill(): void {
    const { pid } = this.#child;
    try {
      if (pid !== undefined && process.platform !== "win32") process.kill(-pid, "SIGKILL");
    } catch {
      // the group is gone, or never was
    }
    this.#child.kill("SIGKILL");
  }

  #write(descriptor: 4 | 5, text: string): void {
    (this.#child.stdio as unknown as Writable[])[descriptor]!.write(text);
  }

  #listen(): void {
    const child = this.#child;
    const [, stdout, stderr, frames] = child.stdio as unknown as Readable[];
    const lines = new LineReader();
    frames!.on("data", (piece: Buffer) => {
      for (const line of lines.push(piece)) this.#receive(line);
    });
    stdout!.setEncoding("utf8").on("data", (text: string) => this.#listener.native("stdout", text));
    stderr!.setEncoding("utf8").on("data", (text: string) => {
      const own = text.replace(inspectorNotice, "");
      this.#stderr = (this.#stderr + own).slice(-4096);
      if (own !== "") this.#listener.native("stderr", own);
    });
    // a killed child resets its pipes, and one unhandled "error" event would end the supervisor
    for (const emitter of [child, ...child.stdio])
      emitter?.on("error", (error: Error) => this.#log(`session: ${error.message}`));
    child.on("close", (code, signal) => this.#end(code, signal));
    // a process that the cell started may hold the pipes open for ever
    child.on("exit", (code, signal) => setTimeout(() => this.#end(code, signal), 300));
    // "close" does not come when the program could not be started
    child.on("error", () => {
      if (child.pid === undefined) this.#end(null, null);
    });
  }

  #receive(line: string): void {
    let frame: FromSession;
    try {
      frame = JSON.parse(line);
    } catch {
      this.#log(`session: a frame must be JSON, got ${line.slice(0, 100)}`);
      return;
    }
    if (frame.t === "ready") this.#becomesReady(true);
    else this.#listener.frame(frame);
  }

  #end(code: number | null, signal: NodeJS.Signals | null): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#log(`session: ended, exit code ${code}, signal ${signal}`);
    this.#becomesReady(false);
    this.#listener.ended({ code, signal, stderr: this.#stderr });
  }
}
