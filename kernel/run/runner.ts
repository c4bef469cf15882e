// PARENT side. Runs cells in the session process, interrupts them, and replaces a session that ended.
import { setImmediate as nextTurn } from "node:timers/promises";
import { InterruptLadder, type LadderTimes } from "./interruptLadder.js";
import type { CellError, FromSession, InputAnswer, MimeBundle, Payload, ToSession } from "./messages.js";
import { type SessionExit, SessionProcess } from "./sessionProcess.js";

export type RunRequest = Omit<Extract<ToSession, { op: "run" }>, "op">;
export type CommRequest = Omit<Extract<ToSession, { op: "comm" }>, "op">;

/** What a session says while it runs: everything but how a cell ended. */
export type OutputFrame = Exclude<FromSession, { t: "ready" | "done" | "failed" }>;

export type Outcome =
  | { readonly ok: true; readonly result?: MimeBundle; readonly payload: readonly Payload[] }
  | {
      readonly ok: false;
      readonly error: CellError;
      /** The session ended with the cell: no variable is left. */
      readonly sessionEnded: boolean;
    };

export interface RunnerEvents {
  output(frame: OutputFrame): void;
  native(name: "stdout" | "stderr", text: string): void;
  /** Called before the outcome of the cell that ran, if one did. */
  sessionEnded(error: CellError, wasRunning: boolean): void;
}

/** What the server needs of a runner; tests pass another. */
export interface Runner {
  attach(events: RunnerEvents): void;
  run(request: RunRequest): Promise<Outcome>;
  comm(request: CommRequest): Promise<Outcome>;
  answerInput(answer: InputAnswer): void;
  /** Stops what runs now; does nothing when nothing does. */
  interrupt(): void;
  kill(): void;
}

export const interrupted: CellError = {
  ename: "KeyboardInterrupt",
  evalue: "Interrupted",
  traceback: ["KeyboardInterrupt: Interrupted"],
};

interface Running {
  readonly cell: number;
  /** Sent to the session. Before that an interrupt is remembered: a signal would end a process that is still starting. */
  isSent: boolean;
  isInterrupted: boolean;
  readonly resolve: (outcome: Outcome) => void;
}

export interface SessionRunnerOptions {
  readonly log?: (text: string) => void;
  readonly args?: readonly string[];
  readonly times?: LadderTimes;
}

export class SessionRunner implements Runner {
  readonly #log: (text: string) => void;
  readonly #args: readonly string[] | undefined;
  readonly #ladder: InterruptLadder;
  #events: RunnerEvents | null = null;
  #session: SessionProcess | null;
  #running: Running | null = null;
  #isKilled = false;

  constructor({ log = () => {}, args, times = {} }: SessionRunnerOptions = {}) {
    this.#log = log;
    this.#args = args;
    this.#ladder = new InterruptLadder(
      {
        signal: () => this.#session?.command("s"),
        flag: () => this.#session?.command("i"),
        terminate: () => this.#session?.command("t"),
        kill: () => this.#session?.kill(),
      },
      times,
    );
    this.#session = this.#start();
  }

  attach(events: RunnerEvents): void {
    this.#events = events;
  }

  run(request: RunRequest): Promise<Outcome> {
    return this.#send({ op: "run", ...request });
  }

  comm(request: CommRequest): Promise<Outcome> {
    return this.#send({ op: "comm", ...request });
  }

  answerInput(answer: InputAnswer): void {
    this.#session?.answerInput(answer);
  }

  interrupt(): void {
    if (!this.#running) return;
    this.#running.isInterrupted = true;
    if (this.#running.isSent) this.#ladder.climb();
  }

  kill(): void {
    this.#isKilled = true;
    this.#ladder.stop();
    this.#session?.kill();
  }

  async #send(message: ToSession): Promise<Outcome> {
    if (this.#running) throw new Error("bug: the session runs one thing at a time");
    const outcome = new Promise<Outcome>((resolve) => {
      this.#running = { cell: message.cell, isSent: false, isInterrupted: false, resolve };
    });
    const running = this.#running as unknown as Running;
    this.#session ??= this.#start();
    const session = this.#session;
    // when it ends before it is ready, #ended has given the outcome
    if (await session.ready) {
      if (running.isInterrupted) this.#finish({ ok: false, error: interrupted, sessionEnded: false });
      else {
        running.isSent = true;
        session.send(message);
      }
    }
    return outcome;
  }

  #start(): SessionProcess {
    const session: SessionProcess = new SessionProcess({
      log: this.#log,
      ...(this.#args && { args: this.#args }),
      listener: {
        frame: (frame) => void this.#receive(frame),
        native: (name, text) => this.#events?.native(name, text),
        ended: (exit) => this.#ended(session, exit),
      },
    });
    return session;
  }

  async #receive(frame: FromSession): Promise<void> {
    if (frame.t === "ready") return;
    if (frame.t !== "done" && frame.t !== "failed") {
      this.#events?.output(frame);
      return;
    }
    const running = this.#running;
    if (running?.cell !== frame.cell) return;
    this.#ladder.stop();
    // native output has its own pipes: what the cell wrote there before it ended is read in the next turn
    await nextTurn();
    await nextTurn();
    if (this.#running !== running) return;
    if (frame.t === "failed") this.#finish({ ok: false, error: frame.error, sessionEnded: false });
    else
      this.#finish({
        ok: true,
        payload: frame.payload,
        ...(frame.result && { result: frame.result }),
      });
  }

  #finish(outcome: Outcome): void {
    const running = this.#running;
    this.#running = null;
    this.#ladder.stop();
    running?.resolve(outcome);
  }

  #ended(session: SessionProcess, exit: SessionExit): void {
    if (this.#session !== session || this.#isKilled) return;
    const wasReady = session.ready;
    this.#session = null;
    const error = deathOf(exit);
    const wasRunning = this.#running !== null;
    // a session that cannot even start is started again by the next cell only, not for ever
    void wasReady.then((isReady) => {
      if (isReady && !this.#isKilled) this.#session ??= this.#start();
    });
    this.#events?.sessionEnded(error, wasRunning);
    if (wasRunning) this.#finish({ ok: false, error, sessionEnded: true });
  }
}

/** Why a session ended, as the error of the cell that ran. */
function deathOf({ code, signal, stderr }: SessionExit): CellError {
  if (/heap out of memory/.test(stderr)) {
    const evalue =
      "The session process ran out of memory. All variables are lost; the session was restarted. " +
      "The limit is Node's: start the kernel with NODE_OPTIONS=--max-old-space-size=MEGABYTES to raise it.";
    return { ename: "OutOfMemory", evalue, traceback: [`OutOfMemory: ${evalue}`] };
  }
  const how = signal ? `signal ${signal}` : code === null ? "it could not be started" : `exit code ${code}`;
  const evalue = `The session process ended (${how}). All variables are lost; the session was restarted.`;
  const words = stderr.trim();
  return {
    ename: "SessionDied",
    evalue,
    traceback: [`SessionDied: ${evalue}`, ...(words === "" ? [] : words.split("\n").slice(-20))],
  };
}
