// One request that runs user code at a time, in the order they came: cells and comm messages, whose handlers are user code.
import type { Request } from "./messenger.js";

export class ExecuteQueue {
  readonly #run: (request: Request) => Promise<void>;
  #waiting: Request[] = [];
  #running: Request | null = null;

  /** @param run must not reject */
  constructor(run: (request: Request) => Promise<void>) {
    this.#run = run;
  }

  /** The request that runs now. */
  get running(): Request | null {
    return this.#running;
  }

  /** The request that runs next. */
  get next(): Request | null {
    return this.#waiting[0] ?? null;
  }

  push(request: Request): void {
    this.#waiting.push(request);
    if (!this.#running) void this.#runAll();
  }

  /** Takes the cells out that wait; comm messages stay. */
  takeCells(): Request[] {
    const isCell = (request: Request): boolean => request.header.msg_type === "execute_request";
    const cells = this.#waiting.filter(isCell);
    this.#waiting = this.#waiting.filter((request) => !isCell(request));
    return cells;
  }

  async #runAll(): Promise<void> {
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      this.#running = next;
      await this.#run(next);
      this.#running = null;
    }
  }
}
