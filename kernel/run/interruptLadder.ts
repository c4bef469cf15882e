// PARENT side. Ways to stop a cell, gentlest first; each is tried only while the same cell is still running.
// All but the last keep the variables.

export interface Rungs {
  /** Stops synchronous code of the cell and a pending await. */
  signal(): void;
  /** Stops loops of cell code wherever they run: after an await, in timers, in promise jobs. */
  flag(): void;
  /** Stops promise jobs of library code. */
  terminate(): void;
  /** Ends the process. */
  kill(): void;
}

export interface LadderTimes {
  readonly flagMs?: number;
  readonly terminateMs?: number;
  readonly killMs?: number;
}

export class InterruptLadder {
  readonly #rungs: Rungs;
  readonly #steps: readonly (readonly [number, keyof Rungs])[];
  #timers: NodeJS.Timeout[] | null = null;

  /** @param times milliseconds after the interrupt; default 100, 2000, 5000 */
  constructor(rungs: Rungs, { flagMs = 100, terminateMs = 2000, killMs = 5000 }: LadderTimes = {}) {
    this.#rungs = rungs;
    this.#steps = [
      [flagMs, "flag"],
      [terminateMs, "terminate"],
      [killMs, "kill"],
    ];
  }

  /** Starts climbing. Called again while climbing, it repeats the first rung and does not start over. */
  climb(): void {
    this.#rungs.signal();
    this.#timers ??= this.#steps.map(([ms, rung]) => setTimeout(() => this.#rungs[rung](), ms));
  }

  /** The cell ended: nothing more is tried. */
  stop(): void {
    for (const timer of this.#timers ?? []) clearTimeout(timer);
    this.#timers = null;
  }
}
