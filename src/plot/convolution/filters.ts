import { checkNumber, errorText, ShapeError, showShape } from "../../errors.js";
import type { Panel } from "../chart.js";
import { colorBar } from "../colorBar.js";
import { colorScale } from "../colorScale.js";
import { Figure } from "../figure.js";
import { imagePanel } from "../imagePanel.js";
import type { PlotImage } from "../images.js";
import { type FigureOptions, frame, type Grid, type NumberArray, readOptions, toGrid } from "../input.js";
import { page } from "../layout.js";
import { extent } from "../numbers.js";
import { at, text } from "../svg.js";
import { ink } from "../theme.js";

export interface FiltersOptions extends FigureOptions {
  /** Pixels of one plane; default what fits, at most 64. */
  readonly size?: number | undefined;
}

export interface FeatureMapsOptions extends FigureOptions {
  /** Which sample of a batch; default 0. */
  readonly sample?: number | undefined;
  /** Maps in a row; default 8. */
  readonly columns?: number | undefined;
}

/** Plane `index` of the last two axes. */
function planeOf({ shape, data }: Grid, index: number): PlotImage {
  const [height, width] = [shape.at(-2)!, shape.at(-1)!];
  return {
    height,
    width,
    channels: 1,
    value: (row, column) => data[(index * height + row) * width + column]!,
  };
}

/**
 * The kernels of a convolution layer: a column for each output channel, a row for each input channel. Blue weights are
 * negative, red ones positive, white is 0; one range for all.
 *
 * @param weight shape `[outC, C, kH, kW]`, `[outC, kH, kW]` or `[kH, kW]`
 * @throws {ShapeError} for another shape
 * @example
 * plot.filters([[[[1, -1], [0, 2]]]]).svg.includes("filter 0") // true
 */
export function filters(weight: NumberArray, options: FiltersOptions = {}): Figure<NumberArray> {
  const settings = readOptions("filters", options, { ...frame, size: undefined as number | undefined });
  if (settings.size !== undefined) checkNumber("filters", "size", settings.size, { min: 4, max: 400 });
  return new Figure("filters", weight, (current) => {
    const { title, width } = settings;
    const grid = toGrid("filters", "weight", current);
    const { shape } = grid;
    if (shape.length < 2 || shape.length > 4 || shape.includes(0))
      throw new ShapeError(
        errorText("filters", `weight must have shape [outC, C, kH, kW], got ${showShape(shape)}`),
      );
    const outputs = shape.length >= 3 ? shape[0]! : 1;
    const inputs = shape.length === 4 ? shape[1]! : 1;
    const scale = colorScale("diverging", ...(extent(Array.from(grid.data)) ?? [0, 1]));
    const left = inputs > 1 ? 34 : 0;
    const room = width - 20 - 70 - left;
    const perRow = Math.min(
      outputs,
      inputs > 1 ? outputs : 8,
      Math.max(1, Math.floor(room / ((settings.size ?? 18) + 8))),
    );
    const size = settings.size ?? Math.min(64, room / perRow - 8);
    const block = (from: number): Panel => {
      const drawn: string[] = [];
      const count = Math.min(perRow, outputs - from);
      for (let o = 0; o < count; o++) {
        const x = left + o * (size + 8);
        drawn.push(
          text(x + size / 2, 7, size >= 46 ? `filter ${from + o}` : String(from + o), {
            anchor: "middle",
            size: 10.5,
            fill: ink.quiet,
          }),
        );
        for (let c = 0; c < inputs; c++)
          drawn.push(
            at(
              x,
              16 + c * (size + 6),
              imagePanel(
                planeOf(grid, (from + o) * inputs + c),
                size,
                scale,
                `filter ${from + o}, channel ${c}`,
              ).content,
            ),
          );
      }
      if (inputs > 1)
        for (let c = 0; c < inputs; c++)
          drawn.push(
            text(left - 8, 16 + c * (size + 6) + size / 2, `c ${c}`, {
              anchor: "end",
              size: 10.5,
              fill: ink.quiet,
            }),
          );
      return { width: left + perRow * (size + 8), height: 16 + inputs * (size + 6), content: drawn.join("") };
    };
    const rows = Array.from({ length: Math.ceil(outputs / perRow) }, (_, r) => [
      { panel: block(r * perRow) },
    ]);
    rows[0]!.push({ panel: colorBar(scale, Math.max(90, rows[0]![0]!.panel.height), { label: "weight" }) });
    const subtitle =
      settings.subtitle ??
      `${outputs} filter${outputs === 1 ? "" : "s"} over ${inputs} channel${inputs === 1 ? "" : "s"}, ${shape.at(-2)} × ${shape.at(-1)}`;
    return page({ width, title, subtitle, rows, label: "Filters" });
  });
}

/**
 * What each channel of a layer says about one sample: one map a channel, all in one range, so that silent channels look silent.
 *
 * @param activations shape `[C, H, W]` or `[N, C, H, W]`
 * @param options.sample which of the N; default 0
 * @throws {ShapeError} for another shape
 * @example
 * plot.featureMaps([[[0, 1], [2, 3]]]).svg.includes("map 0") // true
 */
export function featureMaps(activations: NumberArray, options: FeatureMapsOptions = {}): Figure<NumberArray> {
  const settings = readOptions("featureMaps", options, { ...frame, sample: 0, columns: 8 });
  checkNumber("featureMaps", "columns", settings.columns, { integer: true, min: 1, max: 32 });
  return new Figure("featureMaps", activations, (current) => {
    const { title, subtitle, width, sample } = settings;
    const grid = toGrid("featureMaps", "activations", current);
    const { shape } = grid;
    if (shape.length < 3 || shape.length > 4 || shape.includes(0))
      throw new ShapeError(
        errorText(
          "featureMaps",
          `activations must have shape [C, H, W] or [N, C, H, W], got ${showShape(shape)}`,
        ),
      );
    const samples = shape.length === 4 ? shape[0]! : 1;
    checkNumber("featureMaps", "sample", sample, { integer: true, min: 0, max: samples - 1 });
    const count = shape.at(-3)!;
    const plane = shape.at(-2)! * shape.at(-1)!;
    const values = Array.from({ length: count * plane }, (_, i) => grid.data[sample * count * plane + i]!);
    const [low, high] = extent(values) ?? [0, 1];
    const scale = colorScale(low < 0 ? "diverging" : "sequential", Math.min(0, low), high);
    const columns = Math.min(settings.columns, count);
    const size = Math.min(110, (width - 20 - 70) / columns - 8);
    const cells = Array.from({ length: count }, (_, c) => {
      const image = imagePanel(planeOf(grid, sample * count + c), size, scale, `map ${c}`);
      const name = text(size / 2, image.height + 9, `map ${c}`, {
        anchor: "middle",
        size: 10.5,
        fill: ink.quiet,
      });
      return { panel: { width: size, height: image.height + 16, content: image.content + name } };
    });
    const rows: { panel: Panel }[][] = Array.from({ length: Math.ceil(count / columns) }, (_, r) =>
      cells.slice(r * columns, (r + 1) * columns),
    );
    rows[0]!.push({
      panel: {
        ...colorBar(scale, Math.max(80, size), { label: "activation" }),
        height: rows[0]![0]!.panel.height,
      },
    });
    return page({ width, title, subtitle, rows, gap: 8, label: `${count} feature maps` });
  });
}
