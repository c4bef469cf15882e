// A matrix as colored cells: heat maps, filters, weight matrices, confusion matrices.

import type { Panel } from "./chart.js";
import type { ColorScale } from "./colorScale.js";
import { plainNumber } from "./numbers.js";
import { raster } from "./raster.js";
import { element, text } from "./svg.js";
import { fontSize, ink, textOn } from "./theme.js";

export interface MatrixOptions {
  readonly cellWidth: number;
  readonly cellHeight?: number;
  readonly scale: ColorScale;
  /** Text in the cells: a function, or nothing. */
  readonly show?: ((value: number, row: number, column: number) => string) | undefined;
  readonly textSize?: number;
  /** White lines between the cells, pixels; default 1 for cells of at least 12 pixels, else 0. */
  readonly lines?: number;
  readonly label?: string;
}

/** Cells above this number are drawn as one image; so are cells without lines, between which the paper would shine through. */
const mostRectangles = 900;

/** The cells alone, from (0, 0). */
export function matrixPanel(values: readonly (readonly number[])[], options: MatrixOptions): Panel {
  const {
    cellWidth,
    cellHeight = cellWidth,
    scale,
    show,
    textSize = Math.min(fontSize.label, cellHeight * 0.5),
    label,
  } = options;
  const rows = values.length;
  const columns = values[0]!.length;
  const width = columns * cellWidth;
  const height = rows * cellHeight;
  const lines = options.lines ?? (Math.min(cellWidth, cellHeight) >= 12 ? 1 : 0);
  const drawn: string[] = [];
  if ((lines === 0 || rows * columns > mostRectangles) && !show)
    drawn.push(
      raster(columns, rows, (r, c) => scale.rgb(values[r]![c]!), {
        x: 0,
        y: 0,
        width,
        height,
        ...(label !== undefined && { label }),
      }),
    );
  else
    for (const [r, row] of values.entries())
      for (const [c, value] of row.entries()) {
        const fill = scale.hex(value);
        drawn.push(
          element("rect", {
            x: c * cellWidth,
            y: r * cellHeight,
            width: cellWidth - lines,
            height: cellHeight - lines,
            fill,
          }),
        );
        if (show) {
          const x = (c + 0.5) * cellWidth - lines / 2;
          const y = (r + 0.5) * cellHeight - lines / 2;
          drawn.push(text(x, y, show(value, r, c), { size: textSize, anchor: "middle", fill: textOn(fill) }));
        }
      }
  const border = element("rect", {
    x: -0.25,
    y: -0.25,
    width: width - lines + 0.5,
    height: height - lines + 0.5,
    fill: "none",
    stroke: ink.line,
    "stroke-width": 0.5,
  });
  return { width, height, content: element("g", { "aria-label": label }, ...drawn) + border };
}

/** Numbers for cells: short enough for the cell's width. */
export function cellNumber(value: number): string {
  return plainNumber(value, Math.abs(value) >= 100 ? 3 : 2);
}
