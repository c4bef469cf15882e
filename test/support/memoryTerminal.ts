import type { Terminal } from "../../grader/command/terminal.js";

/** A terminal that keeps what was printed. Its clock advances by 100 ms at each look. */
export class MemoryTerminal implements Terminal {
  output = "";
  errors = "";
  readonly isInteractive: boolean;
  readonly columns = 80;
  #time = 0;

  constructor({ isInteractive = false }: { isInteractive?: boolean } = {}) {
    this.isInteractive = isInteractive;
  }

  out(text: string): void {
    this.output += text;
  }

  err(text: string): void {
    this.errors += text;
  }

  now(): number {
    this.#time += 100;
    return this.#time;
  }
}
