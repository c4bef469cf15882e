// Progress of a running notebook: on a screen one line that changes in place, in a log one line per cell.

import { basename } from "node:path";
import type { Progress } from "../notebook/execute.js";
import { formatDuration, type Terminal } from "./terminal.js";

/** Reports the cells of one notebook. Call {@link end} when it is over: it removes the changing line. */
export class ProgressLine {
  readonly #terminal: Terminal;
  readonly #name: string;
  readonly #start: number;
  #cellStart: number;
  #current: Progress | undefined;
  readonly #timer: NodeJS.Timeout | undefined;

  constructor(terminal: Terminal, path: string) {
    this.#terminal = terminal;
    this.#name = basename(path);
    this.#start = terminal.now();
    this.#cellStart = this.#start;
    if (!terminal.isInteractive) return;
    this.#show("starting the kernel");
    this.#timer = setInterval(() => this.#redraw(), 200);
    this.#timer.unref();
  }

  report(progress: Progress): void {
    const now = this.#terminal.now();
    if (progress.state === "started") {
      this.#cellStart = now;
      this.#current = progress;
      if (this.#terminal.isInteractive) this.#redraw();
    } else if (!this.#terminal.isInteractive) {
      const { position, total } = progress;
      this.#terminal.err(
        `${this.#name}: cell ${position}/${total}  ${formatDuration(now - this.#cellStart)}  (total ${formatDuration(now - this.#start)})\n`,
      );
    }
  }

  /** Removes the changing line; returns the time since the start in milliseconds. */
  end(): number {
    clearInterval(this.#timer);
    if (this.#terminal.isInteractive) this.#terminal.err("\r\u001b[K");
    return this.#terminal.now() - this.#start;
  }

  #redraw(): void {
    if (this.#current === undefined) return;
    const { position, total } = this.#current;
    const now = this.#terminal.now();
    this.#show(
      `cell ${position}/${total}  ${formatDuration(now - this.#cellStart)}  (total ${formatDuration(now - this.#start)})`,
    );
  }

  #show(text: string): void {
    this.#terminal.err(`\r\u001b[K${`${this.#name}: ${text}`.slice(0, this.#terminal.columns - 1)}`);
  }
}
