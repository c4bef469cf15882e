// Numbers in boxes: how the diagrams of convolution write a signal, a kernel, a gradient.

import { plainNumber } from "../numbers.js";
import { element, text } from "../svg.js";
import { ink, textOn } from "../theme.js";

export interface CellStyle {
  readonly fill?: string;
  readonly stroke?: string;
  readonly strokeWidth?: number;
  readonly opacity?: number;
  readonly dashed?: boolean;
}

export interface CellRowOptions {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly height?: number;
  readonly style?: (index: number) => CellStyle;
  readonly textSize?: number;
  /** Quiet names below the cells, such as x₁. */
  readonly names?: ((index: number) => string) | undefined;
}

const subscripts = "₀₁₂₃₄₅₆₇₈₉";
/** `x₁₂` for ("x", 12). */
export function subscript(letter: string, index: number): string {
  return letter + [...String(index)].map((digit) => subscripts[Number(digit)]!).join("");
}

/** A row of boxes with a number in each; NaN leaves a box empty. */
export function cellRow(values: readonly number[], options: CellRowOptions): string {
  const {
    x,
    y,
    size,
    height = size,
    style = (): CellStyle => ({}),
    names,
    textSize = Math.min(13, size * 0.42),
  } = options;
  return values
    .map((value, i) => {
      const { fill = ink.paper, stroke = ink.line, strokeWidth = 1, opacity, dashed } = style(i);
      const left = x + i * size;
      const box = element("rect", {
        x: left,
        y,
        width: size,
        height,
        fill,
        stroke,
        "stroke-width": strokeWidth,
        "fill-opacity": opacity,
        "stroke-dasharray": dashed ? "3,2" : undefined,
      });
      const number = Number.isNaN(value)
        ? ""
        : text(left + size / 2, y + height / 2, plainNumber(value, 3), {
            size: textSize,
            anchor: "middle",
            fill: opacity !== undefined && opacity < 0.6 ? ink.text : textOn(fill),
          });
      const name = names
        ? text(left + size / 2, y + height + 9, names(i), { size: 10.5, anchor: "middle", fill: ink.quiet })
        : "";
      return box + number + name;
    })
    .join("");
}

/** A grid of boxes with numbers. */
export function cellGrid(
  values: readonly (readonly number[])[],
  options: Omit<CellRowOptions, "style" | "names"> & { style?: (row: number, column: number) => CellStyle },
): string {
  const { style, ...rest } = options;
  return values
    .map((row, r) =>
      cellRow(row, {
        ...rest,
        y: options.y + r * options.size,
        ...(style && { style: (c: number) => style(r, c) }),
      }),
    )
    .join("");
}

/** Colors of kernel taps, the same for a tap wherever it is used. */
export const tapColors: readonly string[] = [
  "#0072B2",
  "#E69F00",
  "#009E73",
  "#CC79A7",
  "#D55E00",
  "#56B4E9",
  "#7A5195",
];
export function tapColor(index: number): string {
  return tapColors[index % tapColors.length]!;
}
