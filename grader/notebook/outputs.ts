// From the messages a kernel sends while cells run to the outputs a notebook stores, merged as Jupyter front ends merge them:
// consecutive text of one stream is one output, a display can be updated later by its id, `clear_output` empties the cell.

import type { CodeCell, Metadata, MimeBundle, Output } from "./notebook.js";

/** A message of the kernel's iopub channel; the content's fields depend on `type`. */
export interface OutputMessage {
  readonly type: string;
  readonly content: Readonly<Record<string, unknown>>;
}

/** Collects the outputs of a notebook's cells. One collector serves the whole notebook: an update may concern an earlier cell. */
export class OutputCollector {
  readonly #displays = new Map<string, Set<{ data: MimeBundle; metadata: Metadata }>>();
  readonly #clearsBeforeNext = new WeakSet<CodeCell>();

  /** Applies one message to `cell`, the cell whose request caused it. */
  apply(cell: CodeCell, message: OutputMessage): void {
    const { type, content } = message;
    if (type === "clear_output") this.#clear(cell, content.wait === true);
    else if (type === "update_display_data") this.#update(content);
    else this.#append(cell, type, content);
  }

  #append(cell: CodeCell, type: string, content: OutputMessage["content"]): void {
    const output = outputOf(type, content);
    if (output === undefined) return;
    if (this.#clearsBeforeNext.delete(cell)) cell.outputs.length = 0;
    const last = cell.outputs.at(-1);
    if (output.output_type === "stream" && last?.output_type === "stream" && last.name === output.name) {
      last.text += output.text;
      return;
    }
    cell.outputs.push(output);
    const id = displayId(content);
    if (
      id !== undefined &&
      (output.output_type === "display_data" || output.output_type === "execute_result")
    ) {
      const known = this.#displays.get(id) ?? new Set();
      this.#displays.set(id, known.add(output));
    }
  }

  #clear(cell: CodeCell, wait: boolean): void {
    if (wait) {
      this.#clearsBeforeNext.add(cell);
      return;
    }
    this.#clearsBeforeNext.delete(cell);
    cell.outputs.length = 0;
  }

  #update(content: OutputMessage["content"]): void {
    for (const output of this.#displays.get(displayId(content) ?? "") ?? []) {
      output.data = { ...(content.data as MimeBundle) };
      output.metadata = { ...((content.metadata ?? {}) as Metadata) };
    }
  }
}

/**
 * What a terminal shows after `text`: "\r" goes back to the start of the line and what follows overwrites it, "\b" goes back
 * one character. A progress bar that was printed a thousand times becomes its last state.
 */
export function applyControlCharacters(text: string): string {
  if (!/[\r\b]/.test(text)) return text;
  return text
    .replace(/\r+\n/g, "\n")
    .split("\n")
    .map((line) => (/[\r\b]/.test(line) ? overwrite(line) : line))
    .join("\n");
}

function overwrite(line: string): string {
  const shown: string[] = [];
  let column = 0;
  for (const character of line) {
    if (character === "\r") column = 0;
    else if (character === "\b") column = Math.max(0, column - 1);
    else shown[column++] = character;
  }
  return shown.join("");
}

function outputOf(type: string, content: OutputMessage["content"]): Output | undefined {
  switch (type) {
    case "stream":
      return {
        output_type: "stream",
        name: content.name === "stderr" ? "stderr" : "stdout",
        text: String(content.text),
      };
    case "display_data":
      return { output_type: "display_data", ...bundleOf(content) };
    case "execute_result":
      return {
        output_type: "execute_result",
        execution_count: content.execution_count as number,
        ...bundleOf(content),
      };
    case "error":
      return {
        output_type: "error",
        ename: String(content.ename),
        evalue: String(content.evalue),
        traceback: (content.traceback as string[]).map(String),
      };
    default:
      return undefined;
  }
}

function bundleOf(content: OutputMessage["content"]): { data: MimeBundle; metadata: Metadata } {
  return {
    data: { ...(content.data as MimeBundle) },
    metadata: { ...((content.metadata ?? {}) as Metadata) },
  };
}

function displayId(content: OutputMessage["content"]): string | undefined {
  const id = (content.transient as { display_id?: unknown } | undefined)?.display_id;
  return typeof id === "string" ? id : undefined;
}
