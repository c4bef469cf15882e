// The line that says how far training is: a display that changes in place in a notebook, a line on a terminal, nothing
// elsewhere.
import type { History } from "./history.js";

/** The kernel's side of live output: see the package's notes on `Symbol.for("Jupyter.output")`. */
interface JupyterOutput {
  display(bundle: Readonly<Record<string, string>>, options?: { readonly displayId?: string }): void;
  update(displayId: string, bundle: Readonly<Record<string, string>>): void;
  /** Throws when the user has asked to stop; kernels that have another way to stop a loop lack it. */
  checkInterrupt?(): void;
}

/** What training needs of its surroundings. */
export interface Environment {
  /** Milliseconds from any start. */
  now(): number;
  /** Throws when the user has asked to stop. */
  checkInterrupt(): void;
  /** Shows a state of the run; `isLast` once, at the end. Null where nobody is watching. */
  readonly show: ((text: string, fraction: number, isLast: boolean) => void) | null;
}

const escapeHtml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

let displays = 0;

function notebookLine(output: JupyterOutput): Environment["show"] {
  const displayId = `gradbook-progress-${++displays}-${Math.random().toString(36).slice(2)}`;
  let isShown = false;
  return (text, fraction, isLast) => {
    const bar = isLast
      ? ""
      : `<progress value="${fraction.toFixed(4)}" max="1" style="width:12em"></progress> `;
    const bundle = { "text/plain": text, "text/html": `<div>${bar}<code>${escapeHtml(text)}</code></div>` };
    if (isShown) output.update(displayId, bundle);
    else output.display(bundle, { displayId });
    isShown = true;
  };
}

function terminalLine(stream: NodeJS.WriteStream): Environment["show"] {
  return (text, _fraction, isLast) => {
    // Back to the start of the line, erase it, write.
    stream.write(`\r\u001b[K${text.slice(0, (stream.columns ?? 80) - 1)}${isLast ? "\n" : ""}`);
  };
}

/** The real surroundings: a notebook when a cell is running, otherwise the terminal when there is one. */
export function currentEnvironment(): Environment {
  const output = (globalThis as { readonly [key: symbol]: unknown })[Symbol.for("Jupyter.output")] as
    | JupyterOutput
    | undefined;
  return {
    now: () => performance.now(),
    checkInterrupt: () => output?.checkInterrupt?.(),
    show:
      output !== undefined
        ? notebookLine(output)
        : process.stderr.isTTY
          ? terminalLine(process.stderr)
          : null,
  };
}

/** Steps done and to do, for the text of the line. */
export interface Position {
  readonly step: number;
  readonly totalSteps: number;
  readonly epoch: number;
  readonly loss: number;
  /** Milliseconds since the start. */
  readonly elapsed: number;
}

/** `Adam: step 1200 of 3000, epoch 38.4, loss 0.01234, validation 0.01411, 2 s left` */
export function progressText(history: History, { step, totalSteps, epoch, loss, elapsed }: Position): string {
  const validation = history.epochs.at(-1)?.validationLoss;
  const left = step === 0 ? Number.NaN : (elapsed / step) * (totalSteps - step);
  const parts = [`step ${step} of ${totalSteps}`, `epoch ${epoch.toFixed(1)}`, `loss ${loss.toPrecision(4)}`];
  if (validation !== undefined) parts.push(`validation ${validation.toPrecision(4)}`);
  if (step < totalSteps && Number.isFinite(left)) parts.push(`${Math.ceil(left / 1000)} s left`);
  return `${history.name}: ${parts.join(", ")}`;
}
