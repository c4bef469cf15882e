// What a notebook file holds, format 4.5, in memory: every multi-line text is one string.
// The names with underscores are the format's own.
// Source: https://nbformat.readthedocs.io/en/latest/format_description.html

export type Metadata = Record<string, unknown>;

/** A value in several forms, keyed by MIME type; text forms are strings, JSON forms any JSON value. */
export type MimeBundle = Record<string, unknown>;

export interface StreamOutput {
  output_type: "stream";
  name: "stdout" | "stderr";
  text: string;
}
export interface DisplayData {
  output_type: "display_data";
  data: MimeBundle;
  metadata: Metadata;
}
export interface ExecuteResult {
  output_type: "execute_result";
  execution_count: number | null;
  data: MimeBundle;
  metadata: Metadata;
}
export interface ErrorOutput {
  output_type: "error";
  ename: string;
  evalue: string;
  traceback: string[];
}
export type Output = StreamOutput | DisplayData | ExecuteResult | ErrorOutput;

interface CellBase {
  /** 1 to 64 characters of `A-Z a-z 0-9 - _`, unique in the notebook. */
  id: string;
  metadata: Metadata;
  source: string;
}
export interface CodeCell extends CellBase {
  cell_type: "code";
  execution_count: number | null;
  outputs: Output[];
}
export interface TextCell extends CellBase {
  cell_type: "markdown" | "raw";
  attachments?: Record<string, MimeBundle>;
}
export type Cell = CodeCell | TextCell;

export interface Notebook {
  nbformat: 4;
  nbformat_minor: number;
  metadata: Metadata;
  cells: Cell[];
}

/** MIME types whose value is JSON, not text, on disk and in memory. */
export function isJsonMime(type: string): boolean {
  return type === "application/json" || type.endsWith("+json");
}

/** A copy of `notebook` without outputs, execution counts and the state of widgets, which is an output too. */
export function withoutOutputs(notebook: Notebook): Notebook {
  const copy = structuredClone(notebook);
  delete copy.metadata.widgets;
  for (const cell of copy.cells) {
    if (cell.cell_type !== "code") continue;
    cell.outputs = [];
    cell.execution_count = null;
  }
  return copy;
}
