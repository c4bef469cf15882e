import { checkChoice, checkNumber, errorText, ShapeError } from "../../errors.js";
import { colorBar } from "../colorBar.js";
import { type ColorKind, colorKinds, colorScale } from "../colorScale.js";
import { Figure } from "../figure.js";
import { imagePanel } from "../imagePanel.js";
import { pixelValues, toImages } from "../images.js";
import { type FigureOptions, frame, type NumberArray, readOptions } from "../input.js";
import { page } from "../layout.js";
import { extent } from "../numbers.js";
import { at, text, wrap } from "../svg.js";
import { fontSize } from "../theme.js";

export type ImageInput = NumberArray | readonly NumberArray[];

export interface ImageGridOptions extends FigureOptions {
  /** A line under each image. */
  readonly labels?: readonly (string | number)[] | undefined;
  /** Images in a row; default as many as fit. */
  readonly columns?: number | undefined;
  /** Pixels of an image's longer side; default what the columns allow, at most 96. */
  readonly size?: number | undefined;
  /** Colors of one-channel images; default "gray", "diverging" when there are values on both sides of 0. */
  readonly color?: ColorKind | undefined;
  /** "shared": one range for all images. "each": every image from its own smallest to its largest value. Default "shared". */
  readonly range?: "shared" | "each" | undefined;
  /** Values shown as black and white; default those of the images. */
  readonly domain?: readonly [number, number] | undefined;
  /** Most images drawn; default 100, the subtitle says when there are more. */
  readonly limit?: number | undefined;
}

/**
 * Images in a grid, every pixel with sharp edges.
 *
 * @param images shape `[H, W]`, `[N, H, W]`, `[N, 1, H, W]`, `[N, 3, H, W]`, or a list of such
 * @throws {ShapeError} for another shape, or labels of another number
 * @example
 * plot.imageGrid([[0, 1], [1, 0]]).svg.includes("<image") // true
 */
export function imageGrid(images: ImageInput, options: ImageGridOptions = {}): Figure<ImageInput> {
  const settings = readOptions("imageGrid", options, {
    ...frame,
    labels: undefined as readonly (string | number)[] | undefined,
    columns: undefined as number | undefined,
    size: undefined as number | undefined,
    color: undefined as ColorKind | undefined,
    range: "shared" as "shared" | "each",
    domain: undefined as readonly [number, number] | undefined,
    limit: 100,
  });
  if (settings.color !== undefined) checkChoice("imageGrid", "color", settings.color, colorKinds);
  checkChoice("imageGrid", "range", settings.range, ["shared", "each"]);
  if (settings.columns !== undefined)
    checkNumber("imageGrid", "columns", settings.columns, { integer: true, min: 1, max: 40 });
  if (settings.size !== undefined) checkNumber("imageGrid", "size", settings.size, { min: 4, max: 1000 });
  checkNumber("imageGrid", "limit", settings.limit, { integer: true, min: 1 });
  return new Figure("imageGrid", images, (current) => {
    const all = toImages("imageGrid", "images", current);
    const { labels } = settings;
    if (labels !== undefined && labels.length !== all.length)
      throw new ShapeError(
        errorText(
          "imageGrid",
          `labels must have one entry for each of the ${all.length} images, got ${labels.length}`,
        ),
      );
    const shown = all.slice(0, settings.limit);
    const inner = settings.width - 20;
    const gap = 8;
    const columns =
      settings.columns ??
      Math.min(
        shown.length,
        Math.max(1, Math.floor((inner + gap) / ((settings.size ?? (shown.length > 32 ? 48 : 72)) + gap))),
      );
    const size = settings.size ?? Math.min(96, (inner - gap * (columns - 1)) / columns);
    const domain = settings.domain ?? extent(pixelValues(shown)) ?? [0, 1];
    const kind =
      settings.color ?? (domain[0] < 0 && domain[1] > 0 && shown[0]!.channels === 1 ? "diverging" : "gray");
    const scaleOf = (image: (typeof shown)[number]): ReturnType<typeof colorScale> =>
      settings.range === "shared"
        ? colorScale(kind, ...domain)
        : colorScale(kind, ...(extent(pixelValues([image])) ?? [0, 1]));
    const cells = shown.map((image, i) => {
      const lines = labels === undefined ? [] : wrap(String(labels[i]), size + gap - 2, fontSize.tick);
      const panel = imagePanel(image, size, scaleOf(image), lines.join(" "));
      const written = lines.map((line, k) =>
        text(panel.width / 2, panel.height + 9 + 13 * k, line, { anchor: "middle", size: fontSize.tick }),
      );
      return {
        width: size,
        height: panel.height + 13 * lines.length + (lines.length > 0 ? 2 : 0),
        content: at((size - panel.width) / 2, 0, panel.content, ...written),
      };
    });
    const rows = Array.from({ length: Math.ceil(cells.length / columns) }, (_, r) =>
      cells.slice(r * columns, (r + 1) * columns).map((panel) => ({ panel })),
    );
    const more = shown.length < all.length ? `The first ${shown.length} of ${all.length} images.` : undefined;
    const gridWidth = columns * (size + gap);
    if (kind !== "gray" && settings.range === "shared" && gridWidth + 60 <= inner) {
      const height = Math.max(70, Math.min(160, cells[0]!.height));
      rows[0]!.push({
        panel: { ...colorBar(colorScale(kind, ...domain), height), height: cells[0]!.height },
      });
    }
    const label = `${shown.length} images of ${shown[0]!.height} × ${shown[0]!.width} pixels`;
    return page({
      width: settings.width,
      title: settings.title,
      subtitle: settings.subtitle ?? more,
      rows,
      gap,
      label,
    });
  });
}
