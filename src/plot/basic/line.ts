import { checkBoolean, checkChoice } from "../../errors.js";
import { chart, loadPlot, paddedDomain, withOverlay } from "../chart.js";
import { Figure } from "../figure.js";
import { type FigureOptions, frame, indices, type NumberArray, readOptions, toVector } from "../input.js";
import { endLabelMargin, endLabels } from "../labels.js";
import { page } from "../layout.js";
import { type Point, thin } from "../series.js";
import { seriesStyles } from "../theme.js";

/** y values, or x and y values of one line. */
export type LineInput = NumberArray | { readonly x: NumberArray; readonly y: NumberArray };
/** One line, or several by name. */
export type LineData = LineInput | Readonly<Record<string, LineInput>>;

export interface LineOptions extends FigureOptions {
  readonly xLabel?: string | undefined;
  readonly yLabel?: string | undefined;
  /** Default "linear". */
  readonly xScale?: "linear" | "log" | undefined;
  /** Default "linear". */
  readonly yScale?: "linear" | "log" | undefined;
  readonly xDomain?: readonly [number, number] | undefined;
  readonly yDomain?: readonly [number, number] | undefined;
  /** A dot at each value; default true up to 30 values. */
  readonly dots?: boolean | undefined;
  readonly height?: number | undefined;
}

const isNumbers = (value: object): boolean =>
  Array.isArray(value) || ArrayBuffer.isView(value) || "shape" in value;

/** @throws {TypeError} or {RangeError} when a line has no numbers or its x and y differ in length */
export function readLines(where: string, data: LineData): { name: string; points: Point[] }[] {
  const one = (name: string, input: LineInput): { name: string; points: Point[] } => {
    const named = (key: string): string => (name === "" ? key : `${name}.${key}`);
    const pair =
      typeof input === "object" && input !== null && !isNumbers(input)
        ? (input as { x: NumberArray; y: NumberArray })
        : undefined;
    const y = toVector(where, named("y"), pair ? pair.y : input, { allowNonFinite: true });
    const x = pair ? toVector(where, named("x"), pair.x, { length: y.length, like: "y" }) : indices(y.length);
    return { name, points: y.map((value, i): Point => [x[i]!, value]) };
  };
  const isOne =
    typeof data !== "object" ||
    data === null ||
    isNumbers(data) ||
    ("x" in data && "y" in data && isNumbers(data.x as object));
  if (isOne) return [one("", data as LineInput)];
  const entries = Object.entries(data as Record<string, LineInput>);
  if (entries.length === 0) return [one("", [])];
  return entries.map(([name, input]) => one(name, input));
}

/**
 * Lines against x, named at their ends. Values that are not finite leave a gap.
 *
 * @param data y values (x is then 0, 1, 2, …), `{x, y}`, or several of either by name
 * @example
 * plot.line({ square: { x: [0, 1, 2], y: [0, 1, 4] } }, { xLabel: "x", yLabel: "y" }).size.width // 640
 */
export function line(data: LineData, options: LineOptions = {}): Figure<LineData> {
  const settings = readOptions("line", options, {
    ...frame,
    xLabel: "x",
    yLabel: "y",
    xScale: "linear" as "linear" | "log",
    yScale: "linear" as "linear" | "log",
    xDomain: undefined as readonly [number, number] | undefined,
    yDomain: undefined as readonly [number, number] | undefined,
    dots: undefined as boolean | undefined,
    height: 300,
  });
  for (const key of ["xScale", "yScale"] as const) checkChoice("line", key, settings[key], ["linear", "log"]);
  if (settings.dots !== undefined) checkBoolean("line", "dots", settings.dots);
  return new Figure("line", data, (current) => {
    const { title, subtitle, width, height, xLabel, yLabel, xScale, yScale } = settings;
    const lines = readLines("line", current);
    const styles = seriesStyles(lines.map(({ name }) => name));
    const Plot = loadPlot();
    const drawable = lines.map(({ points }) =>
      thin(
        points.map(([x, y]): Point => [x, yScale === "log" && y <= 0 ? Number.NaN : y]),
        500,
      ),
    );
    const marks = drawable.flatMap((points, i) => {
      const at = points as [number, number][];
      const { color, dash } = styles[i]!;
      const path = Plot.line(at, { x: "0", y: "1", stroke: color, strokeWidth: 2, strokeDasharray: dash });
      return (settings.dots ?? points.length <= 30)
        ? [path, Plot.dot(at, { x: "0", y: "1", fill: color, r: 3 })]
        : [path];
    });
    const names = lines.map(({ name }) => name);
    const labeled = names.some((name) => name !== "");
    const panel = chart({
      width: width - 20,
      height,
      ...(labeled && { marginRight: endLabelMargin(names) }),
      x: {
        label: xLabel,
        scale: xScale,
        domain:
          settings.xDomain ??
          paddedDomain(
            drawable.flatMap((points) => points.map(([x]) => x)),
            0.01,
            xScale,
          ),
        grid: false,
      },
      y: {
        label: yLabel,
        scale: yScale,
        domain:
          settings.yDomain ??
          paddedDomain(
            drawable.flatMap((points) => points.map(([, y]) => y)),
            0.05,
            yScale,
          ),
      },
      marks,
    });
    const ends = drawable.flatMap((points, i) => {
      const end = points.findLast(([, y]) => Number.isFinite(y));
      return end && names[i] !== ""
        ? [{ label: names[i]!, x: panel.x(end[0]), y: panel.y(end[1]), color: styles[i]!.color }]
        : [];
    });
    const label = `${yLabel} against ${xLabel}${labeled ? `: ${names.join(", ")}` : ""}`;
    return page({
      width,
      title,
      subtitle,
      rows: [[{ panel: withOverlay(panel, endLabels(panel, ends)) }]],
      label,
    });
  });
}
