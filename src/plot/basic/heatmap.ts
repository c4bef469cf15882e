import { checkBoolean, checkChoice, errorText, ShapeError } from "../../errors.js";
import { colorBar } from "../colorBar.js";
import { type ColorKind, colorKinds, colorScale } from "../colorScale.js";
import { Figure } from "../figure.js";
import { type FigureOptions, frame, type NumberArray, readOptions, toMatrix } from "../input.js";
import { page } from "../layout.js";
import { cellNumber, matrixPanel } from "../matrixPanel.js";
import { extent, linearTicks } from "../numbers.js";
import { at, element, text, textWidth } from "../svg.js";
import { fontSize, ink } from "../theme.js";

export interface HeatmapOptions extends FigureOptions {
  /** Names of the rows, from the top; default their indices. */
  readonly rows?: readonly (string | number)[] | undefined;
  /** Names of the columns; default their indices. */
  readonly columns?: readonly (string | number)[] | undefined;
  readonly xLabel?: string | undefined;
  readonly yLabel?: string | undefined;
  /** What the colors mean, with unit; default "value". */
  readonly colorLabel?: string | undefined;
  /** Default "diverging" when there are values on both sides of 0, else "sequential". */
  readonly color?: ColorKind | undefined;
  /** Range of the colors; default that of the values. */
  readonly domain?: readonly [number, number] | undefined;
  /** Write the numbers into the cells; default true up to 150 cells. */
  readonly numbers?: boolean | undefined;
  /** Row and column of a cell to frame, such as the best of a search. */
  readonly mark?: readonly [row: number, column: number] | undefined;
  /** Pixels of a cell's height; default chosen to fit. */
  readonly cellHeight?: number | undefined;
}

/**
 * A matrix as colors, with its numbers when they fit. Values that are not finite are magenta.
 *
 * @param values shape `[rows, columns]`
 * @throws {ShapeError} when names and rows or columns differ in number
 * @example
 * plot.heatmap([[1, 2], [3, 4]]).svg.includes(">4<") // true
 */
export function heatmap(values: NumberArray, options: HeatmapOptions = {}): Figure<NumberArray> {
  const settings = readOptions("heatmap", options, {
    ...frame,
    rows: undefined as readonly (string | number)[] | undefined,
    columns: undefined as readonly (string | number)[] | undefined,
    xLabel: "column",
    yLabel: "row",
    colorLabel: "value",
    color: undefined as ColorKind | undefined,
    domain: undefined as readonly [number, number] | undefined,
    numbers: undefined as boolean | undefined,
    mark: undefined as readonly [number, number] | undefined,
    cellHeight: undefined as number | undefined,
  });
  if (settings.color !== undefined) checkChoice("heatmap", "color", settings.color, colorKinds);
  if (settings.numbers !== undefined) checkBoolean("heatmap", "numbers", settings.numbers);
  return new Figure("heatmap", values, (current) => {
    const matrix = toMatrix("heatmap", "values", current, { allowNonFinite: true });
    const [rowCount, columnCount] = [matrix.length, matrix[0]!.length];
    const names = (
      given: readonly (string | number)[] | undefined,
      count: number,
      what: string,
    ): string[] => {
      if (given !== undefined && given.length !== count)
        throw new ShapeError(
          errorText(
            "heatmap",
            `${what} must have one name for each of the ${count} ${what}, got ${given.length}`,
          ),
        );
      return Array.from({ length: count }, (_, i) => String(given?.[i] ?? i));
    };
    const rowNames = names(settings.rows, rowCount, "rows");
    const columnNames = names(settings.columns, columnCount, "columns");
    const [low, high] = settings.domain ?? extent(matrix.flat()) ?? [0, 1];
    const scale = colorScale(settings.color ?? (low < 0 && high > 0 ? "diverging" : "sequential"), low, high);
    const left = 24 + Math.max(...rowNames.map((name) => textWidth(name, fontSize.tick)));
    const top = settings.yLabel === "" ? 4 : 22;
    const room = settings.width - 20 - left - 80;
    const cellWidth = Math.min(64, room / columnCount);
    const cellHeight = settings.cellHeight ?? Math.max(3, Math.min(cellWidth, 40, 400 / rowCount));
    const showNumbers =
      settings.numbers ?? (rowCount * columnCount <= 150 && cellWidth >= 24 && cellHeight >= 14);
    const cells = matrixPanel(matrix, {
      cellWidth,
      cellHeight,
      scale,
      show: showNumbers ? cellNumber : undefined,
      label: "cells",
    });
    const drawn = [at(left, top, cells.content)];
    const every = (count: number, size: number, need: number): Set<number> =>
      new Set(
        size >= need
          ? Array.from({ length: count }, (_, i) => i)
          : linearTicks(0, count - 1, Math.max(2, (count * size) / need)).filter(Number.isInteger),
      );
    const shownRows = every(rowCount, cellHeight, 14);
    const widest = Math.max(...columnNames.map((name) => textWidth(name, fontSize.tick)));
    const shownColumns = every(columnCount, cellWidth, widest + 4);
    for (const [r, name] of rowNames.entries())
      if (shownRows.has(r))
        drawn.push(
          text(left - 6, top + (r + 0.5) * cellHeight, name, { anchor: "end", size: fontSize.tick }),
        );
    for (const [c, name] of columnNames.entries())
      if (shownColumns.has(c))
        drawn.push(
          text(left + (c + 0.5) * cellWidth, top + cells.height + 12, name, {
            anchor: "middle",
            size: fontSize.tick,
          }),
        );
    drawn.push(
      text(2, top - 13, settings.yLabel, { fill: ink.quiet }),
      text(left + cells.width, top + cells.height + 29, settings.xLabel, { anchor: "end", fill: ink.quiet }),
    );
    if (settings.mark) {
      const [r, c] = settings.mark;
      drawn.push(
        element("rect", {
          x: left + c * cellWidth - 1,
          y: top + r * cellHeight - 1,
          width: cellWidth + 1,
          height: cellHeight + 1,
          fill: "none",
          stroke: ink.text,
          "stroke-width": 2.5,
        }),
      );
    }
    const panel = { width: left + cells.width, height: top + cells.height + 38, content: drawn.join("") };
    const bar = colorBar(scale, Math.max(70, Math.min(220, cells.height + 28)), {
      label: settings.colorLabel,
    });
    const label = `Heat map, ${rowCount} rows, ${columnCount} columns, ${settings.colorLabel} from ${cellNumber(low)} to ${cellNumber(high)}`;
    return page({
      width: settings.width,
      title: settings.title,
      subtitle: settings.subtitle,
      rows: [[{ panel }, { panel: bar }]],
      gap: 14,
      label,
    });
  });
}
