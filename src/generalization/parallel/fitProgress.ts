// Progress of many fits, shown where the program runs: a display that is updated in place in a notebook, a line that is
// overwritten on a terminal, nothing elsewhere.

/** What the notebook kernel offers while a cell runs. */
interface NotebookOutput {
  display(bundle: Record<string, unknown>, options?: { displayId?: string }): void;
  update(displayId: string, bundle: Record<string, unknown>): void;
  /** Throws when the user has asked to stop. */
  checkInterrupt?(): void;
}

/** Shows how far a function is, silent until it is first told, and ends the work when the user has asked to stop. */
export interface FitProgress {
  readonly update: (done: number, total: number, threads: number) => void;
  /** Says that the work is over. */
  readonly end: () => void;
}

let displays = 0;

const clock = (ms: number): string =>
  ms < 60_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 60_000)} min`;

export function fitProgress(name: string): FitProgress {
  const started = performance.now();
  const output = (globalThis as Record<symbol, unknown>)[Symbol.for("Jupyter.output")] as
    | NotebookOutput
    | undefined;
  const id = `gradbook-fits-${process.pid}-${displays++}`;
  let shown = false;
  let last = "";
  const show = (text: string): void => {
    last = text;
    if (output) {
      const bundle = { "text/plain": text };
      if (shown) output.update(id, bundle);
      else output.display(bundle, { displayId: id });
    } else if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
    shown = true;
  };
  return {
    update: (done, total, threads) => {
      output?.checkInterrupt?.();
      const elapsed = performance.now() - started;
      const left = done > 0 ? `, about ${clock((elapsed / done) * (total - done))} left` : "";
      const where = threads > 1 ? ` on ${threads} threads` : "";
      show(`${name}: ${done} of ${total} fits${where}, ${clock(elapsed)}${left}`);
    },
    end: () => {
      if (!shown) return;
      show(`${last.replace(/: .*/, "")}: finished in ${clock(performance.now() - started)}`);
      if (!output && process.stderr.isTTY) process.stderr.write("\n");
    },
  };
}
