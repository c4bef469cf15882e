import { checkNumber, errorText, ShapeError } from "../../errors.js";
import type { Panel } from "../chart.js";
import { Figure } from "../figure.js";
import { type FigureOptions, frame, type NumberArray, readOptions, toVector } from "../input.js";
import { page } from "../layout.js";
import { plainNumber } from "../numbers.js";
import { element, text } from "../svg.js";
import { ink, roles, textColor } from "../theme.js";
import { subscript, tapColor } from "./cells.js";

export interface ConvPathsData {
  /** The input x, shape `[n]` (or `[1, n]`). */
  readonly input: NumberArray;
  /** The kernel w, shape `[k]` (or `[1, 1, k]`). */
  readonly kernel: NumberArray;
  /** The output gradient δ, shape `[n − k + 1]`. */
  readonly gradient: NumberArray;
  /** Which input or which weight to follow, from 0. Default: one panel for the middle input, one for the middle weight. */
  readonly highlight?: { readonly input: number } | { readonly kernel: number } | undefined;
}

type Highlight = { input: number } | { kernel: number };

/**
 * The paths of a one-dimensional convolution backwards: a line for each product, colored by its weight; the lines through
 * the highlighted input (or weight) are thick, carry their term δ·w (or δ·x), and the terms are added below.
 *
 * `∂L/∂xᵢ = Σₖ δ_{i−k} wₖ` and `∂L/∂wₖ = Σᵢ δᵢ x_{i+k}`, indices from 0.
 *
 * @throws {ShapeError} when the gradient does not have `n − k + 1` values; {RangeError} for an index out of range
 * @example
 * plot.convPaths({ input: [1, 2, 3, 5, 7], kernel: [11, 13, 17], gradient: [100, 10, 1] }).svg.includes("= 1841") // true
 */
export function convPaths(data: ConvPathsData, options: FigureOptions = {}): Figure<ConvPathsData> {
  const settings = readOptions("convPaths", options, { ...frame });
  return new Figure("convPaths", data, (current) => {
    const x = toVector("convPaths", "input", current.input);
    const w = toVector("convPaths", "kernel", current.kernel);
    const delta = toVector("convPaths", "gradient", current.gradient);
    if (delta.length !== x.length - w.length + 1)
      throw new ShapeError(
        errorText(
          "convPaths",
          `gradient must have n − k + 1 = ${x.length - w.length + 1} values, got ${delta.length}`,
          `input [${x.length}], kernel [${w.length}]`,
        ),
      );
    const chosen = current.highlight as Highlight | undefined;
    if (chosen && "input" in chosen)
      checkNumber("convPaths", "highlight.input", chosen.input, { integer: true, min: 0, max: x.length - 1 });
    if (chosen && "kernel" in chosen)
      checkNumber("convPaths", "highlight.kernel", chosen.kernel, {
        integer: true,
        min: 0,
        max: w.length - 1,
      });
    const middle = (values: readonly number[]): number => Math.floor(values.length / 2);
    const shown: Highlight[] = chosen ? [chosen] : [{ input: middle(x) }, { kernel: middle(w) }];
    const width = (settings.width - 20 - 24 * (shown.length - 1)) / shown.length;
    const row = shown.map((highlight) => ({
      title:
        "input" in highlight
          ? `Everything that reaches ${subscript("x", highlight.input + 1)}`
          : `Everything that reaches ${subscript("w", highlight.kernel + 1)}`,
      panel: pathPanel(x, w, delta, highlight, Math.min(width, 460)),
    }));
    const legend = w.map((value, k) => ({
      label: `${subscript("w", k + 1)} = ${plainNumber(value)}`,
      color: tapColor(k),
    }));
    return page({
      width: settings.width,
      title: settings.title,
      subtitle: settings.subtitle,
      legend,
      rows: [row],
      gap: 24,
      label: "Paths from the inputs of a convolution to its outputs",
    });
  });
}

/** The name of the same figure in the list of visuals. */
export const convBackprop1d: typeof convPaths = convPaths;

function pathPanel(
  x: readonly number[],
  w: readonly number[],
  delta: readonly number[],
  highlight: Highlight,
  width: number,
): Panel {
  const radius = 17;
  const step = Math.max(46, 250 / x.length);
  const top = 40;
  const left = 30;
  const right = width - 34;
  const height = top + step * (x.length - 1) + radius;
  const inputY = (i: number): number => top + i * step;
  const outputY = (i: number): number =>
    top + ((x.length - 1) / 2) * step + (i - (delta.length - 1) / 2) * step * 1.25;
  const isOn = (i: number, k: number): boolean =>
    "input" in highlight ? i + k === highlight.input : k === highlight.kernel;
  const terms: { term: string; product: string; value: number }[] = [];
  const lines: string[] = [];
  const labels: string[] = [];
  for (const pass of [false, true])
    for (const [i, d] of delta.entries())
      for (const [k, weight] of w.entries()) {
        if (isOn(i, k) !== pass) continue;
        const [x1, y1, x2, y2] = [left + radius, inputY(i + k), right - radius, outputY(i)];
        lines.push(
          element("line", {
            x1,
            y1,
            x2,
            y2,
            stroke: tapColor(k),
            "stroke-width": pass ? 3.5 : 1.5,
            "stroke-opacity": pass ? 1 : 0.3,
          }),
        );
        if (!pass) continue;
        const [factor, value] =
          "input" in highlight ? [subscript("w", k + 1), weight] : [subscript("x", i + k + 1), x[i + k]!];
        terms.push({
          term: `${subscript("δ", i + 1)}·${factor}`,
          product: `${plainNumber(d, 4)}·${plainNumber(value, 4)}`,
          value: d * value,
        });
        const t = "input" in highlight ? 0.62 : 0.5;
        labels.push(
          text(x1 + (x2 - x1) * t, y1 + (y2 - y1) * t - 2, terms.at(-1)!.term, {
            anchor: "middle",
            bold: true,
            size: 13,
            halo: ink.paper,
            fill: textColor(tapColor(k)),
          }),
        );
      }
  const node = (
    cx: number,
    cy: number,
    value: number,
    name: string,
    side: "start" | "end",
    isChosen: boolean,
  ): string =>
    element("circle", {
      cx,
      cy,
      r: radius,
      fill: isChosen ? "#fff3d6" : ink.paper,
      stroke: isChosen ? ink.text : ink.line,
      "stroke-width": isChosen ? 2.5 : 1.2,
    }) +
    text(cx, cy, plainNumber(value, 4), { anchor: "middle", size: 13, bold: isChosen }) +
    text(side === "start" ? cx + radius + 3 : cx - radius - 3, cy, name, { anchor: side, fill: ink.quiet });
  const nodes = [
    ...x.map((value, i) =>
      node(
        left,
        inputY(i),
        value,
        subscript("x", i + 1),
        "end",
        "input" in highlight && highlight.input === i,
      ),
    ),
    ...delta.map((value, i) => node(right, outputY(i), value, subscript("δ", i + 1), "start", false)),
  ];
  const total = terms.reduce((sum, { value }) => sum + value, 0);
  const target =
    "input" in highlight
      ? `∂L/∂${subscript("x", highlight.input + 1)}`
      : `∂L/∂${subscript("w", highlight.kernel + 1)}`;
  const foot = [
    text(0, height + 24, `${target} = ${terms.map(({ term }) => term).join(" + ")}`, { size: 13 }),
    text(0, height + 44, `= ${terms.map(({ product }) => product).join(" + ")} = ${plainNumber(total, 6)}`, {
      size: 13,
      bold: true,
      fill: textColor(roles.highlight),
    }),
  ];
  const heads = [
    text(left, 8, "input", { anchor: "middle", fill: ink.quiet }),
    text(right, 8, "gradient of the output", { anchor: "end", fill: ink.quiet }),
  ];
  return { width, height: height + 56, content: [...heads, ...lines, ...nodes, ...labels, ...foot].join("") };
}
