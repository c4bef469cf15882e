import { errorText, ShapeError } from "../../errors.js";
import { countBins } from "../basic/histogram.js";
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
import { type Cell, page } from "../layout.js";
import { linearTicks, plainNumber } from "../numbers.js";
import { element, text } from "../svg.js";
import { fontSize, ink, seriesStyles, textColor } from "../theme.js";

/** Activations of each layer by name; with several conditions, `{ "no norm": { layer1: […], … }, "batch norm": … }`. */
export type ActivationsData =
  | Readonly<Record<string, NumberArray>>
  | Readonly<Record<string, Readonly<Record<string, NumberArray>>>>;

export interface ActivationsOptions extends FigureOptions {
  /** Range of the values; default the middle 99 % of all. Values outside are counted in the outermost bins. */
  readonly domain?: readonly [number, number] | undefined;
  readonly xLabel?: string | undefined;
}

const isNumbers = (value: unknown): boolean =>
  Array.isArray(value) ||
  ArrayBuffer.isView(value) ||
  (typeof value === "object" && value !== null && "shape" in value);

/**
 * How the activations of each layer are distributed: a histogram for each layer, first layer on top, conditions side by
 * side on one axis. Dead layers show as a spike at 0, saturated ones as two spikes, healthy ones as a hill.
 *
 * @throws {RangeError} when a layer has no values; {ShapeError} when conditions differ in their layers
 * @example
 * plot.activations({ layer1: [0, 1, 2], layer2: [0, 0, 1] }).svg.includes("mean 1, sd 0.816") // true
 */
export function activations(
  data: ActivationsData,
  options: ActivationsOptions = {},
): Figure<ActivationsData> {
  const settings = readOptions("activations", options, {
    ...frame,
    domain: undefined as readonly [number, number] | undefined,
    xLabel: "activation",
  });
  return new Figure("activations", data, (current) => {
    const { title, width, xLabel } = settings;
    const outer = namedEntries<unknown>("activations", "data", current as Readonly<Record<string, unknown>>);
    const nested = !isNumbers(outer[0]![1]);
    const conditions = (nested ? outer : [["", current]]) as [
      string,
      Readonly<Record<string, NumberArray>>,
    ][];
    const read = conditions.map(([name, layers]) => ({
      name,
      layers: namedEntries("activations", name || "data", layers).map(([layer, values]) => ({
        layer,
        values: toVector("activations", name === "" ? layer : `${name}.${layer}`, values),
      })),
    }));
    const names = read[0]!.layers.map(({ layer }) => layer);
    for (const { name, layers } of read)
      if (layers.map(({ layer }) => layer).join() !== names.join())
        throw new ShapeError(
          errorText(
            "activations",
            `all conditions must have the same layers (${names.join(", ")}), got ${layers.map(({ layer }) => layer).join(", ")} for "${name}"`,
          ),
        );
    const sorted = read.flatMap(({ layers }) => layers.flatMap(({ values }) => values)).sort((a, b) => a - b);
    const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))]!;
    const [low, high] =
      settings.domain ?? (sorted.length > 200 ? [at(0.005), at(0.995)] : [sorted[0]!, sorted.at(-1)!]);
    const domain: readonly [number, number] = low === high ? [low - 1, high + 1] : [low, high];
    const styles = seriesStyles(read.map(({ name }) => name));
    const columnWidth = (width - 20 - 20 * (read.length - 1)) / read.length;
    const row = read.map(
      ({ name, layers }, i): Cell => ({
        title: name === "" ? undefined : name,
        titleColor: textColor(styles[i]!.color),
        panel: layerStack(layers, domain, columnWidth, styles[i]!.color, xLabel, i === 0),
      }),
    );
    const outside = sorted.filter((value) => value < domain[0] || value > domain[1]).length;
    const note =
      outside > 0
        ? `${plainNumber((100 * outside) / sorted.length, 2)} % of the values lie outside and are counted at the edges.`
        : undefined;
    return page({
      width,
      title,
      subtitle: settings.subtitle ?? note,
      rows: [row],
      gap: 20,
      label: `Activations of ${names.join(", ")}`,
    });
  });
}

function layerStack(
  layers: readonly { layer: string; values: readonly number[] }[],
  domain: readonly [number, number],
  width: number,
  color: string,
  xLabel: string,
  named: boolean,
): Panel {
  const left = 4;
  const step = 58;
  const [low, high] = domain;
  const x = (value: number): number => left + ((value - low) / (high - low)) * (width - left - 8);
  const drawn: string[] = [];
  for (const [i, { layer, values }] of layers.entries()) {
    const foot = (i + 1) * step;
    const clipped = values.map((value) => Math.max(low, Math.min(high, value)));
    const { edges, counts } = countBins(clipped, low, high, 36);
    const most = Math.max(...counts);
    for (const [k, count] of counts.entries()) {
      if (count === 0) continue;
      const [from, to] = [Math.max(x(low), x(edges[k]!)), Math.min(x(high), x(edges[k + 1]!))];
      const height = (count / most) * (step - 24);
      drawn.push(
        element("rect", {
          x: from,
          y: foot - height,
          width: Math.max(0.5, to - from - 0.5),
          height,
          fill: color,
          "fill-opacity": 0.75,
        }),
      );
    }
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    drawn.push(element("line", { x1: x(low), x2: x(high), y1: foot, y2: foot, stroke: ink.line }));
    drawn.push(text(left, foot - step + 11, layer, { bold: true, fill: ink.text, size: fontSize.tick }));
    drawn.push(
      text(width - 8, foot - step + 11, `mean ${plainNumber(mean)}, sd ${plainNumber(sd)}`, {
        anchor: "end",
        fill: ink.quiet,
        size: 10.5,
      }),
    );
  }
  const bottom = layers.length * step;
  for (const tick of linearTicks(low, high, Math.floor(width / 70)))
    drawn.push(
      element("line", { x1: x(tick), x2: x(tick), y1: bottom, y2: bottom + 4, stroke: ink.text }),
      text(x(tick), bottom + 13, plainNumber(tick, 3), { anchor: "middle", size: fontSize.tick }),
    );
  if (named) drawn.push(text(width - 8, bottom + 29, xLabel, { anchor: "end", fill: ink.quiet }));
  return { width, height: bottom + 36, content: drawn.join("") };
}
