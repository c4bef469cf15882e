/** The text and table forms of a tensor. Numbers of one tensor share one format, long tensors are cut in the middle. */
import type { Dtype, Numbers } from "../engine/engine.js";
import { type Shape, sizeOf } from "./shape.js";

/** Tensors with more elements are cut; of a cut dimension this many are shown at each end. */
const LONGEST = 1000;
const EDGE = 3;

/** Formats every shown number the same way, so that columns line up. */
function makeFormat(shown: readonly number[]): (value: number) => string {
  const finite = shown.filter(Number.isFinite);
  const sizes = finite.filter((value) => value !== 0).map(Math.abs);
  const largest = Math.max(0, ...sizes);
  const smallest = Math.min(Infinity, ...sizes);
  const special = (value: number): string => (Number.isNaN(value) ? "NaN" : value > 0 ? "Inf" : "-Inf");
  if (finite.every(Number.isInteger) && largest < 1e8) {
    return (value) => (Number.isFinite(value) ? String(value) : special(value));
  }
  if (largest >= 1e6 || smallest < 1e-4) {
    return (value) => (Number.isFinite(value) ? value.toExponential(4) : special(value));
  }
  return (value) => (Number.isFinite(value) ? value.toFixed(4) : special(value));
}

/** Indices of a dimension that are shown; -1 stands for the gap. */
function shownIndices(count: number, isCut: boolean): number[] {
  const all = Array.from({ length: count }, (_, i) => i);
  return isCut && count > 2 * EDGE ? [...all.slice(0, EDGE), -1, ...all.slice(count - EDGE)] : all;
}

function shownValues(shape: Shape, values: Numbers, isCut: boolean): number[] {
  const result: number[] = [];
  const visit = (dim: number, start: number, size: number): void => {
    if (dim === shape.length) {
      result.push(values[start] as number);
      return;
    }
    const step = size / (shape[dim] as number);
    for (const i of shownIndices(shape[dim] as number, isCut))
      if (i >= 0) visit(dim + 1, start + i * step, step);
  };
  visit(0, 0, values.length);
  return result;
}

function header(shape: Shape, dtype: Dtype, requiresGrad: boolean): string {
  const parts = [`[${shape.join(", ")}]`, dtype, ...(requiresGrad ? ["requiresGrad"] : [])];
  return `Tensor ${parts.join(" ")}`;
}

/**
 * `Tensor [2, 2] float32`, then the numbers in brackets, one row of the last dimension a line.
 *
 * @param values row-major, as many as the shape has elements
 */
export function tensorText(shape: Shape, dtype: Dtype, values: Numbers, requiresGrad: boolean): string {
  const isCut = sizeOf(shape) > LONGEST;
  const shown = shownValues(shape, values, isCut);
  const format = makeFormat(shown);
  const width = Math.max(0, ...shown.map((value) => format(value).length));
  const head = header(shape, dtype, requiresGrad);
  if (shape.length === 0) return `${head} ${format(values[0] as number)}`;
  const body = (dim: number, start: number, size: number, indent: string): string => {
    const count = shape[dim] as number;
    const step = count === 0 ? 0 : size / count;
    const isLast = dim === shape.length - 1;
    const items = shownIndices(count, isCut).map((i) => {
      if (i < 0) return "...";
      return isLast
        ? format(values[start + i] as number).padStart(width)
        : body(dim + 1, start + i * step, step, `${indent} `);
    });
    const gap = isLast ? ", " : `,${"\n".repeat(shape.length - dim - 1)}${indent} `;
    return `[${items.join(gap)}]`;
  };
  return `${head}\n${body(0, 0, values.length, "")}`;
}

/** A table: rows are the last dimension but one, columns the last; more dimensions give one table for each leading index. */
export function tensorHtml(shape: Shape, dtype: Dtype, values: Numbers, requiresGrad: boolean): string {
  const isCut = sizeOf(shape) > LONGEST;
  const format = makeFormat(shownValues(shape, values, isCut));
  const head = `<div><code>${header(shape, dtype, requiresGrad)}</code></div>`;
  if (shape.length === 0) return `${head}<code>${format(values[0] as number)}</code>`;
  const columns = shape[shape.length - 1] as number;
  const rows = shape.length > 1 ? (shape[shape.length - 2] as number) : 1;
  const cell = (text: string): string => `<td style="text-align:right">${text}</td>`;
  const row = (start: number): string =>
    shownIndices(columns, isCut)
      .map((j) => cell(j < 0 ? "…" : format(values[start + j] as number)))
      .join("");
  const table = (start: number, label: string): string => {
    const lines = shownIndices(rows, isCut).map(
      (i) => `<tr>${i < 0 ? `<td colspan="${columns}">…</td>` : row(start + i * columns)}</tr>`,
    );
    const caption = label === "" ? "" : `<caption>${label}</caption>`;
    return `<table style="font-family:monospace">${caption}<tbody>${lines.join("")}</tbody></table>`;
  };
  const leading = shape.slice(0, -2);
  if (leading.length === 0) return head + table(0, "");
  const matrices = sizeOf(leading);
  const shown = shownIndices(matrices, isCut || matrices > 2 * EDGE).map((m) => {
    if (m < 0) return "<div>…</div>";
    const label: number[] = [];
    for (let i = leading.length - 1, rest = m; i >= 0; i--) {
      label.unshift(rest % (leading[i] as number));
      rest = Math.floor(rest / (leading[i] as number));
    }
    return table(m * rows * columns, `[${label.join(", ")}, :, :]`);
  });
  return head + shown.join("");
}
