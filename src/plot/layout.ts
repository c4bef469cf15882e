// Panels in rows under a title: the page of every figure.

import type { Panel } from "./chart.js";
import { type LegendItem, legend } from "./labels.js";
import { at, svgDocument, text, wrap } from "./svg.js";
import { fontSize, ink } from "./theme.js";

export interface Cell {
  readonly panel: Panel;
  /** Bold line above the panel. */
  readonly title?: string | undefined;
  /** Quiet line below the title. */
  readonly note?: string | undefined;
  readonly titleColor?: string | undefined;
}

export interface Page {
  readonly width: number;
  readonly title?: string | undefined;
  readonly subtitle?: string | undefined;
  readonly legend?: readonly LegendItem[];
  readonly rows: readonly (readonly Cell[])[];
  /** Sentences below the panels. */
  readonly caption?: string | undefined;
  /** Pixels between panels; default 12. */
  readonly gap?: number;
  /** Name for screen readers when there is no title. */
  readonly label: string;
}

const margin = 10;

/** A standalone SVG document with the panels in rows, each row centered when `width` leaves room. */
export function page(options: Page): string {
  const { title, subtitle, rows, caption, gap = 12, label } = options;
  const rowWidth = (row: readonly Cell[]): number =>
    row.reduce((sum, cell) => sum + cell.panel.width, 0) + gap * (row.length - 1);
  const inner = Math.max(options.width - 2 * margin, ...rows.map(rowWidth));
  const drawn: string[] = [];
  let y = margin;
  const lines = (content: string, size: number, style: { fill: string; bold?: boolean }): void => {
    for (const line of wrap(content, inner, size)) {
      drawn.push(text(margin, y + size * 0.55, line, { size, ...style }));
      y += size * 1.3;
    }
  };
  if (title !== undefined) {
    lines(title, fontSize.title, { fill: ink.text, bold: true });
    y += 2;
  }
  if (subtitle !== undefined && subtitle !== "") {
    lines(subtitle, fontSize.subtitle, { fill: ink.quiet });
    y += 2;
  }
  if (options.legend && options.legend.length > 0) {
    const keys = legend(options.legend, inner);
    drawn.push(at(margin, y + 4, keys.content));
    y += keys.height + 6;
  }
  for (const row of rows) {
    const size = fontSize.label + 0.5;
    const wrapped = row.map((cell) => ({
      title: cell.title === undefined ? [] : wrap(cell.title, cell.panel.width, size * 1.03),
      note: cell.note === undefined ? [] : wrap(cell.note, cell.panel.width, fontSize.tick),
    }));
    const heads = wrapped.map(({ title, note }) =>
      title.length + note.length === 0 ? 0 : title.length * 16 + note.length * 15 + 4,
    );
    const head = Math.max(...heads);
    let x = margin;
    for (const [i, cell] of row.entries()) {
      const { title: titles, note: notes } = wrapped[i]!;
      let top = y + 8;
      for (const line of titles) {
        drawn.push(text(x, top, line, { size, bold: true, fill: cell.titleColor ?? ink.text }));
        top += 16;
      }
      for (const line of notes) {
        drawn.push(text(x, top, line, { size: fontSize.tick, fill: ink.quiet }));
        top += 15;
      }
      drawn.push(at(x, y + head, cell.panel.content));
      x += cell.panel.width + gap;
    }
    y += head + Math.max(...row.map((cell) => cell.panel.height)) + gap;
  }
  if (caption !== undefined && caption !== "") lines(caption, fontSize.subtitle, { fill: ink.quiet });
  else y -= gap;
  return svgDocument(
    inner + 2 * margin,
    Math.ceil(y + margin),
    [title, subtitle].filter(Boolean).join(". ") || label,
    drawn.join(""),
  );
}
