// Runs the code cells of a notebook in order in a kernel, over the Jupyter protocol, and collects their outputs.

import { type KernelClient, KernelDiedError } from "../../kernel/transport/client.js";
import { type CodeCell, type ErrorOutput, type Notebook, withoutOutputs } from "./notebook.js";
import { applyControlCharacters, OutputCollector } from "./outputs.js";
import { WidgetStates } from "./widgetState.js";

/** What running a notebook needs of a kernel. */
export type CellKernel = Pick<
  KernelClient,
  "info" | "execute" | "interrupt" | "shutdown" | "kill" | "onMessage"
>;

export interface ExecuteNotebookOptions {
  /** Longest time for one cell in milliseconds; then it is interrupted. Default: no limit. */
  readonly timeoutMs?: number;
  /** Go on after a cell that failed. Default false: it is the last one. */
  readonly allowErrors?: boolean;
  /** When aborted, the running cell is interrupted and no other is started. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/** Sent before and after each cell. */
export interface Progress {
  readonly state: "started" | "ended";
  /** 1 for the first cell that runs. */
  readonly position: number;
  readonly total: number;
  /** Position among all cells of the notebook, 0-based. */
  readonly index: number;
}

export interface CellFailure {
  /** Position among all cells of the notebook, 0-based. */
  readonly index: number;
  readonly reason: "error" | "timeout" | "interrupted" | "died";
  /** 1-based line of the cell, when the error names one. */
  readonly line?: number;
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

export interface Execution {
  /** The notebook with its new outputs; cells after the last failure have none. */
  readonly notebook: Notebook;
  readonly failures: readonly CellFailure[];
  /** True when cells were left out because one failed or the run was interrupted. */
  readonly stopped: boolean;
}

/** How long an interrupted cell may take to end before its kernel is killed. */
const interruptGraceMs = 5000;

/**
 * Runs `notebook` in `kernel`; the input is not changed. Cells tagged `raises-exception` may fail, cells tagged
 * `skip-execution` are left out, as in nbclient. A failing cell is a value, not an exception. The kernel is left running.
 */
export async function executeNotebook(
  notebook: Notebook,
  kernel: CellKernel,
  { timeoutMs, allowErrors = false, signal, onProgress = () => {} }: ExecuteNotebookOptions = {},
): Promise<Execution> {
  const result = withoutOutputs(notebook);
  result.metadata = { ...result.metadata, ...kernelMetadata(kernel) };
  const run = new CellRun(kernel, timeoutMs, signal);
  const cells = result.cells.flatMap((cell, index) => (isRunnable(cell) ? [{ cell, index }] : []));
  const failures: CellFailure[] = [];
  let stopped = false;
  for (const [position, { cell, index }] of cells.entries()) {
    if (signal?.aborted) {
      stopped = true;
      break;
    }
    const progress = { position: position + 1, total: cells.length, index };
    onProgress({ state: "started", ...progress });
    const failure = await run.run(cell);
    onProgress({ state: "ended", ...progress });
    if (failure === undefined || (failure.reason === "error" && hasTag(cell, "raises-exception"))) continue;
    failures.push({ index, ...failure });
    stopped = failure.reason === "died" || failure.reason === "interrupted" || !allowErrors;
    if (stopped) break;
  }
  run.end();
  const widgets = run.widgets.metadata();
  if (widgets !== undefined) result.metadata.widgets = widgets;
  for (const { cell } of cells)
    for (const output of cell.outputs)
      if (output.output_type === "stream") output.text = applyControlCharacters(output.text);
  return { notebook: result, failures, stopped };
}

/** One notebook's cells in one kernel: late output of an ended cell still finds its cell. */
class CellRun {
  readonly #kernel: CellKernel;
  readonly #timeoutMs: number | undefined;
  readonly #signal: AbortSignal | undefined;
  readonly #collector = new OutputCollector();
  readonly #ended = new Map<string, CodeCell>();
  readonly widgets: WidgetStates = new WidgetStates();
  readonly end: () => void;

  constructor(kernel: CellKernel, timeoutMs: number | undefined, signal: AbortSignal | undefined) {
    this.#kernel = kernel;
    this.#timeoutMs = timeoutMs;
    this.#signal = signal;
    this.end = kernel.onMessage((message) => {
      this.widgets.receive(message);
      const cell = this.#ended.get(String(message.parentHeader.msg_id));
      if (cell !== undefined)
        this.#collector.apply(cell, { type: message.header.msg_type, content: message.content });
    });
  }

  async run(cell: CodeCell): Promise<Omit<CellFailure, "index"> | undefined> {
    let request = "";
    const answer = this.#kernel.execute(cell.source, {
      stopOnError: false,
      onMessage: (message) => {
        request = String(message.parentHeader.msg_id);
        this.#collector.apply(cell, { type: message.header.msg_type, content: message.content });
      },
    });
    // after the request is sent: an interrupt that arrives before it would be lost
    const stop = new Stop(this.#kernel, this.#timeoutMs, this.#signal);
    try {
      const reply = await answer;
      if (reply.status !== "aborted") cell.execution_count = reply.execution_count;
      if (reply.status === "ok") return undefined;
      const error = errorOf(cell) ?? noError;
      return failure(stop.reason ?? "error", cell, error, stop.message);
    } catch (error) {
      if (!(error instanceof KernelDiedError)) throw error;
      const output: ErrorOutput = {
        output_type: "error",
        ename: "KernelDied",
        evalue: stop.message ?? error.message,
        traceback: [stop.message ?? error.message],
      };
      cell.outputs.push(output);
      return failure(stop.reason === "interrupted" ? "interrupted" : "died", cell, output, stop.message);
    } finally {
      stop.clear();
      this.#ended.set(request, cell);
    }
  }
}

/** Interrupts a cell that takes too long or that the person at the terminal gave up; kills the kernel when that does not help. */
class Stop {
  reason: "timeout" | "interrupted" | undefined;
  message: string | undefined;
  readonly #kernel: CellKernel;
  readonly #signal: AbortSignal | undefined;
  readonly #limit: NodeJS.Timeout | undefined;
  #grace: NodeJS.Timeout | undefined;
  readonly #onAbort = (): void => this.#stop("interrupted", "interrupted");

  constructor(kernel: CellKernel, timeoutMs: number | undefined, signal: AbortSignal | undefined) {
    this.#kernel = kernel;
    this.#signal = signal;
    if (timeoutMs !== undefined)
      this.#limit = setTimeout(
        () => this.#stop("timeout", `the cell ran longer than ${timeoutMs / 1000} s and was interrupted`),
        timeoutMs,
      );
    if (signal?.aborted) this.#onAbort();
    else signal?.addEventListener("abort", this.#onAbort);
  }

  #stop(reason: "timeout" | "interrupted", message: string): void {
    if (this.reason !== undefined) return;
    this.reason = reason;
    this.message = message;
    this.#grace = setTimeout(() => this.#kernel.kill(), interruptGraceMs);
    // a kernel that dies meanwhile is reported by `execute`
    this.#kernel.interrupt().catch(() => {});
  }

  clear(): void {
    clearTimeout(this.#limit);
    clearTimeout(this.#grace);
    this.#signal?.removeEventListener("abort", this.#onAbort);
  }
}

const noError = { ename: "Error", evalue: "the cell failed and the kernel did not say why", traceback: [] };

function errorOf(cell: CodeCell): ErrorOutput | undefined {
  return cell.outputs.findLast((output): output is ErrorOutput => output.output_type === "error");
}

function failure(
  reason: CellFailure["reason"],
  cell: CodeCell,
  { ename, evalue, traceback }: Pick<ErrorOutput, "ename" | "evalue" | "traceback">,
  message: string | undefined,
): Omit<CellFailure, "index"> {
  const line = lineOf(traceback.join("\n"), cell.execution_count);
  return { reason, ...(line !== undefined && { line }), ename, evalue: message ?? evalue, traceback };
}

/** The first line of this cell that a traceback names, as `In[3]:7:1`. */
function lineOf(traceback: string, count: number | null): number | undefined {
  const found = new RegExp(`\\bIn ?\\[${count}\\]:(\\d+)`).exec(traceback);
  return found === null ? undefined : Number(found[1]);
}

function isRunnable(cell: Notebook["cells"][number]): cell is CodeCell {
  return cell.cell_type === "code" && cell.source.trim() !== "" && !hasTag(cell, "skip-execution");
}

function hasTag(cell: CodeCell, tag: string): boolean {
  return Array.isArray(cell.metadata.tags) && cell.metadata.tags.includes(tag);
}

function kernelMetadata(kernel: CellKernel): Notebook["metadata"] {
  return {
    kernelspec: { name: "gradbook", display_name: "TypeScript (gradbook)", language: "typescript" },
    language_info: kernel.info.language_info,
  };
}
