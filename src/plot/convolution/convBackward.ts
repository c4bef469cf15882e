import { errorText, ShapeError } from "../../errors.js";
import type { Panel } from "../chart.js";
import { Figure } from "../figure.js";
import { type FigureOptions, frame, type NumberArray, readOptions, toVector } from "../input.js";
import type { Cell } from "../layout.js";
import { page } from "../layout.js";
import { plainNumber } from "../numbers.js";
import { text } from "../svg.js";
import { ink, roles, textColor } from "../theme.js";
import { type CellStyle, cellRow, tapColor } from "./cells.js";
import { correlate1d } from "./correlate.js";

export interface ConvBackwardData {
  /** Shape `[n]`. */
  readonly input: NumberArray;
  /** Shape `[k]`. */
  readonly kernel: NumberArray;
  /** Gradient of the output, shape `[n − k + 1]`. */
  readonly gradient: NumberArray;
  /** What autograd found for the input, `[n]`; its largest difference to the convolution is written down. */
  readonly inputGradient?: NumberArray | undefined;
  /** What autograd found for the kernel, `[k]`. */
  readonly weightGradient?: NumberArray | undefined;
}

/**
 * The gradient of a convolution is a convolution, in three steps with numbers: forward; backward to the input (the kernel
 * turned over slides along δ, which gets k − 1 zeros on both sides); backward to the kernel (δ slides along the input).
 *
 * @throws {ShapeError} when lengths do not fit: gradient n − k + 1, inputGradient n, weightGradient k
 * @example
 * plot.convBackward({ input: [1, 2, 3, 5, 7], kernel: [11, 13, 17], gradient: [100, 10, 1] }).svg.includes(">1841<") // true
 */
export function convBackward(data: ConvBackwardData, options: FigureOptions = {}): Figure<ConvBackwardData> {
  const settings = readOptions("convBackward", options, { ...frame });
  return new Figure("convBackward", data, (current) => {
    const { title, subtitle, width } = settings;
    const x = toVector("convBackward", "input", current.input);
    const w = toVector("convBackward", "kernel", current.kernel);
    const delta = toVector("convBackward", "gradient", current.gradient);
    const outputs = x.length - w.length + 1;
    if (delta.length !== outputs)
      throw new ShapeError(
        errorText(
          "convBackward",
          `gradient must have n − k + 1 = ${outputs} values, got ${delta.length}`,
          `input [${x.length}], kernel [${w.length}]`,
        ),
      );
    const zeros = new Array<number>(w.length - 1).fill(0);
    const padded = [...zeros, ...delta, ...zeros];
    const flipped = [...w].reverse();
    const dx = correlate1d(padded, flipped);
    const dw = correlate1d(x, delta);
    const difference = (name: string, value: NumberArray | undefined, ours: readonly number[]): string => {
      if (value === undefined) return "";
      const theirs = toVector("convBackward", name, value, { length: ours.length, like: "the result" });
      return `, largest difference to autograd: ${plainNumber(Math.max(...ours.map((v, i) => Math.abs(v - theirs[i]!))), 2)}`;
    };
    const inner = width - 20;
    const blue = (): CellStyle => ({ fill: "#e8f1f8" });
    const orange = (): CellStyle => ({ fill: "#fbe3d6", stroke: roles.highlight });
    const tap =
      (turned: boolean) =>
      (i: number): CellStyle => ({
        fill: tapColor(turned ? w.length - 1 - i : i),
        opacity: 0.35,
        stroke: tapColor(turned ? w.length - 1 - i : i),
      });
    const rows: Cell[][] = [
      [
        {
          title: "Forward: the kernel slides along the input",
          note: "o = x ⋆ w",
          panel: slide(
            { name: "x", values: x, style: blue },
            { name: "w", values: w, style: tap(false) },
            { name: "o", values: correlate1d(x, w), style: () => ({}) },
            inner,
            Math.floor((outputs - 1) / 2),
          ),
        },
      ],
      [
        {
          title: `To the input: the kernel, turned over, slides along δ with ${w.length - 1} zeros on each side`,
          note: `∂L/∂x, a full convolution δ ∗ w${difference("inputGradient", current.inputGradient, dx)}`,
          panel: slide(
            {
              name: "δ",
              values: padded,
              style: (i) =>
                i < zeros.length || i >= zeros.length + outputs
                  ? { fill: "#f3f4f6", dashed: true }
                  : orange(),
            },
            { name: "w turned", values: flipped, style: tap(true) },
            { name: "∂L/∂x", values: dx, style: () => ({}) },
            inner,
            Math.floor((x.length - 1) / 2),
          ),
        },
      ],
      [
        {
          title: "To the kernel: δ slides along the input",
          note: `∂L/∂w, a correlation x ⋆ δ${difference("weightGradient", current.weightGradient, dw)}`,
          panel: slide(
            { name: "x", values: x, style: blue },
            { name: "δ", values: delta, style: orange },
            { name: "∂L/∂w", values: dw, style: tap(false) },
            inner,
            Math.floor((w.length - 1) / 2),
          ),
        },
      ],
    ];
    return page({
      width,
      title,
      subtitle,
      rows,
      gap: 16,
      label: "The gradient of a convolution is a convolution",
    });
  });
}

interface Strip {
  readonly name: string;
  readonly values: readonly number[];
  readonly style: (index: number) => CellStyle;
}

/** A long strip, the short one under its window at `position`, and the results with that one framed and worked out. */
function slide(long: Strip, short: Strip, result: Strip, width: number, position: number): Panel {
  const left = 66;
  const cell = Math.min(46, (width - left - 24) / (long.values.length + result.values.length + 1.6));
  const height = Math.min(30, cell);
  const gap = left + long.values.length * cell + cell * 0.4;
  const named = ({ name }: Strip, x: number, y: number): string =>
    text(x, y + height / 2, name, { anchor: "end", fill: ink.quiet });
  const framed =
    (strip: Strip) =>
    (i: number): CellStyle =>
      i === position ? { ...strip.style(i), stroke: ink.text, strokeWidth: 2.2 } : strip.style(i);
  const resultLeft = gap + cell * 1.2 + 20;
  const products = short.values.map(
    (value, k) => `${plainNumber(long.values[position + k]!, 4)}·${plainNumber(value, 4)}`,
  );
  const drawn = [
    named(long, left - 8, 2),
    cellRow(long.values, { x: left, y: 2, size: cell, height, style: long.style }),
    named(short, left - 8, height + 8),
    cellRow(short.values, {
      x: left + position * cell,
      y: height + 8,
      size: cell,
      height,
      style: short.style,
    }),
    text(resultLeft - 8, height / 2 + 2, `${result.name} =`, { anchor: "end", fill: ink.quiet }),
    cellRow(result.values, { x: resultLeft, y: 2, size: cell, height, style: framed(result) }),
    products.length <= 6
      ? text(
          width,
          height * 1.5 + 8,
          `position ${position + 1}: ${products.join(" + ")} = ${plainNumber(result.values[position]!, 6)}`,
          { size: 11, anchor: "end", fill: textColor(roles.highlight), bold: true },
        )
      : "",
  ];
  return { width, height: 2 * height + 14, content: drawn.join("") };
}
