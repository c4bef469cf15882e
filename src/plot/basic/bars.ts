import { checkBoolean } from "../../errors.js";
import type { Panel } from "../chart.js";
import { Figure } from "../figure.js";
import {
  type FigureOptions,
  frame,
  type NumberArray,
  namedEntries,
  readOptions,
  toVector,
} from "../input.js";
import { page } from "../layout.js";
import { linearTicks, plainNumber } from "../numbers.js";
import { element, text, textWidth } from "../svg.js";
import { fontSize, ink, seriesStyles } from "../theme.js";

/** A value, or several measurements of it (seeds, folds). */
export type BarData = Readonly<Record<string, number | NumberArray>>;

export interface BarsOptions extends FigureOptions {
  /** What the length means, with unit; default "value". */
  readonly xLabel?: string | undefined;
  /** Name of a bar to color; the others are gray. Default: each bar in its own color. */
  readonly highlight?: string | undefined;
  /** A vertical line with a name, such as the noise floor or chance. */
  readonly reference?: { readonly value: number; readonly label: string } | undefined;
  /** Show the mean as a dot with its standard deviation, not a bar from 0: for values whose 0 means nothing. Default false. */
  readonly dotsOnly?: boolean | undefined;
}

export interface BarPanelOptions {
  readonly width: number;
  readonly xLabel: string;
  readonly highlight?: string | undefined;
  readonly reference?: { readonly value: number; readonly label: string } | undefined;
  readonly dotsOnly?: boolean | undefined;
  /** Common axis of several panels. */
  readonly domain?: readonly [number, number] | undefined;
  /** Common pixels for names (left) and written values (right) of several panels. */
  readonly margins?: { readonly left: number; readonly right: number } | undefined;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
/** Sample standard deviation, n − 1 in the denominator. */
const deviation = (values: readonly number[]): number => {
  const center = mean(values);
  return Math.sqrt(
    values.reduce((sum, value) => sum + (value - center) ** 2, 0) / Math.max(1, values.length - 1),
  );
};

/** Where the drawing of the measurements ends: the largest, or the end of the bar of one standard deviation. */
export function highest(values: readonly number[]): number {
  return Math.max(mean(values) + (values.length > 1 ? deviation(values) : 0), ...values);
}

/** The mean, with its standard deviation when there are several measurements. */
function writtenValue(values: readonly number[]): string {
  if (values.length === 1) return plainNumber(values[0]!);
  return `${plainNumber(mean(values))} ± ${plainNumber(deviation(values), 2)}`;
}

/** Pixels that names and written values need. */
export function barMargins(bars: readonly { name: string; values: readonly number[] }[]): {
  left: number;
  right: number;
} {
  const left = 10 + Math.max(...bars.map(({ name }) => textWidth(name)));
  return { left, right: 16 + Math.max(...bars.map(({ values }) => textWidth(writtenValue(values)))) };
}

/** Horizontal bars with names on the left, measurements as dots and the mean written at the end. */
export function barPanel(
  bars: readonly { name: string; values: readonly number[] }[],
  options: BarPanelOptions,
): Panel {
  const { width, xLabel, highlight, reference, dotsOnly = false } = options;
  const all = [...bars.flatMap(({ values }) => values), ...(reference ? [reference.value] : [])];
  const [least, most] = options.domain ?? [Math.min(...all), Math.max(...all)];
  const [low, high] =
    dotsOnly || options.domain
      ? [least - (options.domain ? 0 : (most - least || 1) * 0.08), most]
      : [Math.min(0, least), Math.max(0, most)];
  const written = bars.map(({ values }) => writtenValue(values));
  const { left, right } = options.margins ?? barMargins(bars);
  const span = high - low || 1;
  const x = (value: number): number => left + ((value - low) / span) * (width - left - right);
  const top = reference ? 20 : 4;
  const step = 26;
  const bottom = top + bars.length * step + 4;
  const styles = seriesStyles(bars.map(({ name }) => name));
  const drawn: string[] = [];
  for (const tick of linearTicks(low, high, Math.max(2, Math.floor((width - left - right) / 70)))) {
    drawn.push(element("line", { x1: x(tick), x2: x(tick), y1: top, y2: bottom, stroke: ink.faint }));
    drawn.push(text(x(tick), bottom + 10, plainNumber(tick, 4), { anchor: "middle", size: fontSize.tick }));
  }
  for (const [i, { name, values }] of bars.entries()) {
    const y = top + i * step + step / 2 + 2;
    const color =
      highlight === undefined ? styles[i]!.color : name === highlight ? styles[i]!.color : ink.line;
    const center = mean(values);
    drawn.push(text(left - 8, y, name, { anchor: "end", bold: name === highlight }));
    if (dotsOnly) {
      const sd = values.length > 1 ? deviation(values) : 0;
      if (sd > 0)
        drawn.push(
          element("line", {
            x1: x(center - sd),
            x2: x(center + sd),
            y1: y,
            y2: y,
            stroke: color,
            "stroke-width": 5,
            "stroke-opacity": 0.3,
          }),
        );
      drawn.push(element("circle", { cx: x(center), cy: y, r: 4.5, fill: color }));
    } else
      drawn.push(
        element("rect", {
          x: Math.min(x(0), x(center)),
          y: y - 8,
          width: Math.abs(x(center) - x(0)),
          height: 16,
          fill: color,
          "fill-opacity": values.length > 1 ? 0.55 : 0.9,
        }),
      );
    if (values.length > 1)
      for (const value of values)
        drawn.push(
          element("circle", {
            cx: x(value),
            cy: y,
            r: 2.2,
            fill: dotsOnly ? color : ink.text,
            "fill-opacity": 0.7,
          }),
        );
    const end = dotsOnly ? highest(values) : Math.max(center, ...values);
    drawn.push(text(x(end) + 7, y, written[i]!, { fill: ink.text }));
  }
  if (!dotsOnly) drawn.push(element("line", { x1: x(0), x2: x(0), y1: top, y2: bottom, stroke: ink.line }));
  if (reference) {
    const at = x(reference.value);
    drawn.push(
      element("line", {
        x1: at,
        x2: at,
        y1: top - 4,
        y2: bottom,
        stroke: ink.text,
        "stroke-dasharray": "4,3",
      }),
    );
    const anchor = at > width * 0.6 ? "end" : "start";
    drawn.push(
      text(at + (anchor === "end" ? -4 : 4), 8, `${reference.label} ${plainNumber(reference.value)}`, {
        anchor,
        fill: ink.quiet,
      }),
    );
  }
  drawn.push(text(width - right, bottom + 26, xLabel, { anchor: "end", fill: ink.quiet }));
  return { width, height: bottom + 36, content: drawn.join("") };
}

/**
 * Values by name as horizontal bars. Several measurements of one value are drawn as dots on their mean, which is
 * written with its standard deviation (n − 1).
 *
 * @param data number or list of measurements by name
 * @throws {RangeError} when there is no bar, or a value is not finite
 * @example
 * plot.bars({ dense: 4353, convolution: 160 }, { xLabel: "parameters" }).svg.includes("4353") // true
 */
export function bars(data: BarData, options: BarsOptions = {}): Figure<BarData> {
  const settings = readOptions("bars", options, {
    ...frame,
    xLabel: "value",
    highlight: undefined as string | undefined,
    reference: undefined as { readonly value: number; readonly label: string } | undefined,
    dotsOnly: false,
  });
  checkBoolean("bars", "dotsOnly", settings.dotsOnly);
  return new Figure("bars", data, (current) => {
    const { title, subtitle, width, ...rest } = settings;
    const entries = namedEntries("bars", "data", current).map(([name, value]) => ({
      name,
      values: toVector("bars", name, typeof value === "number" ? [value] : value),
    }));
    return page({
      width,
      title,
      subtitle,
      rows: [[{ panel: barPanel(entries, { ...rest, width: width - 20 }) }]],
      label: `${settings.xLabel} of ${entries.map(({ name }) => name).join(", ")}`,
    });
  });
}
