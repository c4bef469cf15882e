import { errorText, ShapeError } from "../../errors.js";
import { histogramPanel } from "../basic/histogram.js";
import { type ChartPanel, chart, loadPlot, type Panel } from "../chart.js";
import { colorScale } from "../colorScale.js";
import { Figure } from "../figure.js";
import { imagePanel } from "../imagePanel.js";
import { type PlotImage, pixelValues, toImages } from "../images.js";
import { type FigureOptions, frame, type NumberArray, readOptions, toMatrix, toVector } from "../input.js";
import { type Cell, page } from "../layout.js";
import { extent, fixedNumber } from "../numbers.js";
import { element, text } from "../svg.js";
import { ink, palette, roles, textColor } from "../theme.js";

export interface MixGridData {
  /** The images after mixing, in any form that `imageGrid` takes. */
  readonly images: NumberArray | readonly NumberArray[];
  /** Their soft labels, shape `[N, classes]`. */
  readonly labels: NumberArray;
  /** A line over each image, such as "λ = 0.3". */
  readonly captions?: readonly string[] | undefined;
  /** Many draws of λ, to be shown as a histogram. */
  readonly lambda?: NumberArray | undefined;
  /** The same λ after clipping the box at the border (CutMix). */
  readonly adjustedLambda?: NumberArray | undefined;
  /** Density of λ: values at `x`, both lists of one length. */
  readonly density?: { readonly x: NumberArray; readonly y: NumberArray } | undefined;
}

export interface MixGridOptions extends FigureOptions {
  /** Names of the classes; default their numbers. */
  readonly classes?: readonly string[] | undefined;
  /** Images in a row; default up to 6. */
  readonly columns?: number | undefined;
}

/**
 * Mixed images with their soft labels as bars under each: mixup, CutMix, cutout. Optionally how λ is distributed below.
 *
 * @param data.labels shape `[N, classes]`; classes with less than 1 % are not drawn
 * @throws {ShapeError} when labels do not have a row for each image
 * @example
 * plot.mixGrid({ images: [[[0, 1], [1, 0]]], labels: [[0.4, 0.6]] }, { classes: ["cat", "dog"] }).svg.includes("dog 0.60") // true
 */
export function mixGrid(data: MixGridData, options: MixGridOptions = {}): Figure<MixGridData> {
  const settings = readOptions("mixGrid", options, {
    ...frame,
    classes: undefined as readonly string[] | undefined,
    columns: undefined as number | undefined,
  });
  return new Figure("mixGrid", data, (current) => {
    const { title, subtitle, width, classes } = settings;
    const images = toImages("mixGrid", "images", current.images);
    const labels = toMatrix("mixGrid", "labels", current.labels);
    if (labels.length !== images.length)
      throw new ShapeError(
        errorText(
          "mixGrid",
          `labels must have one row for each image (${images.length}), got ${labels.length}`,
        ),
      );
    if (current.captions && current.captions.length !== images.length)
      throw new ShapeError(
        errorText(
          "mixGrid",
          `captions must have one line for each image (${images.length}), got ${current.captions.length}`,
        ),
      );
    const columns = settings.columns ?? Math.min(6, images.length);
    const size = Math.min(130, (width - 20 - 12 * (columns - 1)) / columns);
    const [low, high] = extent(pixelValues(images)) ?? [0, 1];
    const nameOf = (k: number): string => classes?.[k] ?? `class ${k}`;
    const cells = images.map(
      (image, i): Cell => ({
        title: current.captions?.[i],
        panel: mixedPanel(image, labels[i]!, size, [low, high], nameOf),
      }),
    );
    const rows: Cell[][] = Array.from({ length: Math.ceil(cells.length / columns) }, (_, r) =>
      cells.slice(r * columns, (r + 1) * columns),
    );
    const below: Cell[] = [];
    const count = [current.lambda, current.density].filter(Boolean).length;
    const panelWidth = (width - 20 - 12 * (count - 1)) / Math.max(1, count);
    if (current.density)
      below.push({ title: "Density of λ", panel: densityPanel(current.density, panelWidth) });
    if (current.lambda) {
      const samples = [{ name: "λ drawn", values: toVector("mixGrid", "lambda", current.lambda) }];
      if (current.adjustedLambda)
        samples.push({
          name: "λ after clipping",
          values: toVector("mixGrid", "adjustedLambda", current.adjustedLambda),
        });
      const note = samples
        .map(
          ({ name, values }) =>
            `${name}: mean ${fixedNumber(values.reduce((sum, value) => sum + value, 0) / values.length, 3)}`,
        )
        .join("; ");
      below.push({
        title: samples.length === 2 ? "λ drawn (blue) and after clipping (orange)" : "λ drawn",
        note,
        panel: histogramPanel(samples, {
          width: panelWidth,
          height: 170,
          xLabel: "λ",
          domain: [0, 1],
          bins: 20,
        }),
      });
    }
    if (below.length > 0) rows.push(below);
    return page({
      width,
      title,
      subtitle,
      rows,
      label: `${images.length} mixed images with soft labels`,
    });
  });
}

/** The image, and a bar for each class that it carries. */
function mixedPanel(
  image: PlotImage,
  label: readonly number[],
  size: number,
  domain: readonly [number, number],
  nameOf: (k: number) => string,
): Panel {
  const picture = imagePanel(image, size, colorScale("gray", domain[0], domain[1]));
  const shares = label
    .map((share, k) => ({ share, k }))
    .filter(({ share }) => share >= 0.01)
    .sort((a, b) => b.share - a.share)
    .slice(0, 3);
  const bars = shares.map(({ share, k }, i) => {
    const y = picture.height + 8 + i * 24;
    const color = palette[k % palette.length]!;
    return (
      element("rect", { x: 0, y: y + 13, width: size, height: 6, fill: ink.faint }) +
      element("rect", {
        x: 0,
        y: y + 13,
        width: Math.max(0, Math.min(1, share)) * size,
        height: 6,
        fill: color,
      }) +
      text(0, y + 5, `${nameOf(k)} ${fixedNumber(share, 2)}`, { fill: textColor(color), size: 11 })
    );
  });
  return {
    width: size,
    height: picture.height + 8 + 24 * Math.max(1, shares.length),
    content: picture.content + bars.join(""),
  };
}

function densityPanel(density: { x: NumberArray; y: NumberArray }, width: number): ChartPanel {
  const x = toVector("mixGrid", "density.x", density.x);
  const y = toVector("mixGrid", "density.y", density.y, {
    length: x.length,
    like: "density.x",
    allowNonFinite: true,
  });
  // The density of Beta(α, α) with α < 1 has poles at 0 and 1: the axis follows the middle.
  const sorted = y.filter(Number.isFinite).sort((a, b) => a - b);
  const top = Math.max(1, 3 * (sorted[Math.floor(sorted.length / 2)] ?? 1));
  const Plot = loadPlot();
  const points = x.map((value, i) => ({ x: value, y: Math.min(2 * top, y[i]!) }));
  return chart({
    width,
    height: 185,
    x: { label: "λ", domain: [0, 1], grid: false },
    y: { label: "density", domain: [0, top] },
    marks: [
      Plot.areaY(points, { x: "x", y: "y", fill: roles.train, fillOpacity: 0.25 }),
      Plot.lineY(points, { x: "x", y: "y", stroke: roles.train, strokeWidth: 2 }),
    ],
  });
}
