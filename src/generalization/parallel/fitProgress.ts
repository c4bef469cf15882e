// Progress of many fits, shown where the program runs: a display that is updated in place in a notebook, a line that is
// overwritten on a terminal, nothing elsewhere.

/** What the notebook kernel offers while a cell runs. */
interface NotebookOutput {
  display(bundle: Record<string, unknown>, options?: { displayId?: string }): void;
  update(displayId: string, bundle: Record<string, unknown>): void;
  /** Throws when the user has asked to stop. */
  checkInterrupt?(): void;
}

/** Shows how far a function is, and ends the work when the user has asked to stop. */
export interface FitProgress {
  /** Fits done and to do, of the present part. */
  readonly update: (done: number, total: number, threads: number) => void;
  /** Says that a part is over. */
  readonly endPart: () => void;
  /** Says that the work is over. */
  readonly end: () => void;
}

/** Work that is over sooner leaves no line: a reader does not need one, and a saved notebook would keep it. */
const quietMs = 1000;

let displays = 0;

const inWords = (ms: number): string =>
  ms < 60_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 60_000)} min`;

/**
 * @param parts how many times the fits are made, with other values each time: a sweep has one line for all of them
 * @param now milliseconds from any start
 */
export function fitProgress(
  name: string,
  parts: number = 1,
  now: () => number = () => performance.now(),
): FitProgress {
  const started = now();
  const output = (globalThis as Record<symbol, unknown>)[Symbol.for("Jupyter.output")] as
    | NotebookOutput
    | undefined;
  const id = `gradbook-fits-${process.pid}-${displays++}`;
  let partsDone = 0;
  let shown = false;
  const show = (text: string): void => {
    if (output) {
      const bundle = { "text/plain": text };
      if (shown) output.update(id, bundle);
      else output.display(bundle, { displayId: id });
    } else if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
    shown = true;
  };
  /** @param share of the work that is done, 0 to 1 */
  const report = (place: string, share: number): void => {
    output?.checkInterrupt?.();
    const elapsed = now() - started;
    if (elapsed < quietMs) return;
    const left = share > 0 ? `, about ${inWords((elapsed / share) * (1 - share))} left` : "";
    show(`${name}: ${place}, ${inWords(elapsed)}${left}`);
  };
  const position = (): string => `${Math.min(partsDone + 1, parts)} of ${parts}`;
  return {
    update: (done, total, threads) => {
      const where = threads > 1 ? ` on ${threads} threads` : "";
      const fits = `${done} of ${total} fits${where}`;
      report(parts > 1 ? `${position()}, ${fits}` : fits, (partsDone + done / total) / parts);
    },
    endPart: () => {
      partsDone++;
      if (partsDone < parts) report(position(), partsDone / parts);
    },
    end: () => {
      if (!shown) return;
      show(`${name}: finished in ${inWords(now() - started)}`);
      if (!output && process.stderr.isTTY) process.stderr.write("\n");
    },
  };
}
