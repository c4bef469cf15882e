import { showShape } from "../errors.js";

/** One layer of a {@link ModuleSummary}. */
export interface SummaryRow {
  /** Property path in the model: `layers.0`. */
  readonly path: string;
  /** Name and settings: `Linear(1, 64)`. */
  readonly layer: string;
  readonly outputShape: readonly number[];
  /** Numbers that are trained. */
  readonly parameters: number;
}

const escapeHtml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** The layers of a model for one input shape, in the order they run. Displays itself as a table. */
export class ModuleSummary {
  readonly model: string;
  readonly inputShape: readonly number[];
  readonly outputShape: readonly number[];
  readonly rows: readonly SummaryRow[];
  /** Numbers that are trained, each shared one counted once. */
  readonly totalParameters: number;

  constructor(
    model: string,
    inputShape: readonly number[],
    outputShape: readonly number[],
    rows: readonly SummaryRow[],
    totalParameters: number,
  ) {
    this.model = model;
    this.inputShape = inputShape;
    this.outputShape = outputShape;
    this.rows = rows;
    this.totalParameters = totalParameters;
  }

  #cells(): string[][] {
    const count = (n: number): string => n.toLocaleString("en-US");
    return [
      ["path", "layer", "output", "parameters"],
      ["", "input", showShape(this.inputShape), ""],
      ...this.rows.map((row) => [row.path, row.layer, showShape(row.outputShape), count(row.parameters)]),
      ["", "total", "", count(this.totalParameters)],
    ];
  }

  /** A table with one line a layer; numbers are right-aligned. */
  toString(): string {
    const cells = this.#cells();
    const widths = [0, 1, 2, 3].map((column) => Math.max(...cells.map((row) => row[column]!.length)));
    const lines = cells.map((row) =>
      row
        .map((cell, column) => (column === 3 ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!)))
        .join("  ")
        .trimEnd(),
    );
    return [this.model, ...lines].join("\n");
  }

  [Symbol.for("Jupyter.display")](): { "text/plain": string; "text/html": string } {
    const [head, ...body] = this.#cells().map((row) => row.map(escapeHtml));
    const line = (row: string[], tag: string): string =>
      `<tr>${row.map((cell, column) => `<${tag} style="text-align:${column === 3 ? "right" : "left"}">${cell}</${tag}>`).join("")}</tr>`;
    const table = `<table><caption>${escapeHtml(this.model)}</caption><thead>${line(head!, "th")}</thead><tbody>${body.map((row) => line(row, "td")).join("")}</tbody></table>`;
    return { "text/plain": this.toString(), "text/html": table };
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}
