import { checkNumber, errorText } from "../../errors.js";
import type { Panel } from "../chart.js";
import { Figure } from "../figure.js";
import { type FigureOptions, frame, readOptions } from "../input.js";
import { type Cell, page } from "../layout.js";
import { element, text } from "../svg.js";
import { ink, palette } from "../theme.js";

/** Numbers of samples, channels and positions (height times width). */
export interface NormalizationShape {
  readonly samples: number;
  readonly channels: number;
  readonly positions: number;
}

export interface NormalizationAxesOptions extends FigureOptions {
  /** Groups of channels for group normalization; default 2. Must divide the channels. */
  readonly groups?: number | undefined;
}

type Method = {
  readonly name: string;
  readonly note: string;
  readonly isOn: (n: number, c: number) => boolean;
};

/**
 * Over which values each normalization takes its mean and variance: the tensor [N, C, H·W] as a block of cells, the cells
 * that share one mean in color. Batch normalization mixes samples, the other three do not.
 *
 * @param shape default 4 samples, 6 channels, 5 positions; each at most 8
 * @throws {RangeError} when groups do not divide the channels
 * @see Wu and He 2018, arXiv:1803.08494
 * @example
 * plot.normalizationAxes().size.width // 640
 */
export function normalizationAxes(
  shape: NormalizationShape = { samples: 4, channels: 6, positions: 5 },
  options: NormalizationAxesOptions = {},
): Figure<NormalizationShape> {
  const settings = readOptions("normalizationAxes", options, { ...frame, groups: 2 });
  checkNumber("normalizationAxes", "groups", settings.groups, { integer: true, min: 1 });
  return new Figure("normalizationAxes", shape, (current) => {
    const { title, subtitle, width, groups } = settings;
    for (const key of ["samples", "channels", "positions"] as const)
      checkNumber("normalizationAxes", key, current[key], { integer: true, min: 1, max: 8 });
    const { samples, channels, positions } = current;
    if (channels % groups !== 0)
      throw new RangeError(
        errorText("normalizationAxes", `groups must divide the channels (${channels}), got ${groups}`),
      );
    const size = channels / groups;
    const methods: Method[] = [
      {
        name: "Batch",
        note: `one channel, all samples: ${samples * positions} values`,
        isOn: (_, c) => c === 0,
      },
      {
        name: "Layer",
        note: `one sample, all channels: ${channels * positions} values`,
        isOn: (n) => n === 0,
      },
      {
        name: "Instance",
        note: `one sample, one channel: ${positions} values`,
        isOn: (n, c) => n === 0 && c === 0,
      },
      {
        name: "Group",
        note: `one sample, ${size} of ${channels} channels: ${size * positions} values`,
        isOn: (n, c) => n === 0 && c < size,
      },
    ];
    const columns = width >= 600 ? 4 : 2;
    const panelWidth = (width - 20 - 14 * (columns - 1)) / columns;
    const cells = methods.map(
      (method, i): Cell => ({
        title: method.name,
        note: method.note,
        panel: block(current, method.isOn, panelWidth, palette[i]!),
      }),
    );
    const rows: Cell[][] = [];
    for (let r = 0; r < cells.length; r += columns) rows.push(cells.slice(r, r + columns));
    return page({
      width,
      title,
      subtitle: subtitle ?? "Colored cells share one mean and one variance.",
      rows,
      gap: 14,
      label: "Axes of batch, layer, instance and group normalization",
    });
  });
}

/** A block in oblique projection: samples to the right, positions down, channels into the depth. */
function block(
  shape: NormalizationShape,
  isOn: (n: number, c: number) => boolean,
  width: number,
  color: string,
): Panel {
  const { samples, channels, positions } = shape;
  const cell = Math.min(22, (width - 10) / (samples + 0.5 * channels + 0.6));
  const [dx, dy] = [cell * 0.5, cell * 0.38];
  const [left, top] = [14, 16 + channels * dy];
  const corner = (n: number, c: number, p: number): string =>
    `${(left + n * cell + c * dx).toFixed(1)},${(top + p * cell - c * dy).toFixed(1)}`;
  const drawn: string[] = [];
  const face = (points: string[], on: boolean, shade: number): void => {
    drawn.push(
      element("polygon", {
        points: points.join(" "),
        fill: on ? color : ink.paper,
        "fill-opacity": on ? shade : 1,
        stroke: ink.line,
        "stroke-width": 0.7,
      }),
    );
  };
  // Front: first channel. Top: first position. Right: last sample.
  for (let n = 0; n < samples; n++)
    for (let p = 0; p < positions; p++)
      face(
        [corner(n, 0, p), corner(n + 1, 0, p), corner(n + 1, 0, p + 1), corner(n, 0, p + 1)],
        isOn(n, 0),
        0.85,
      );
  for (let n = 0; n < samples; n++)
    for (let c = 0; c < channels; c++)
      face(
        [corner(n, c, 0), corner(n + 1, c, 0), corner(n + 1, c + 1, 0), corner(n, c + 1, 0)],
        isOn(n, c),
        0.6,
      );
  for (let c = 0; c < channels; c++)
    for (let p = 0; p < positions; p++)
      face(
        [
          corner(samples, c, p),
          corner(samples, c + 1, p),
          corner(samples, c + 1, p + 1),
          corner(samples, c, p + 1),
        ],
        isOn(samples - 1, c),
        0.45,
      );
  const bottom = top + positions * cell;
  drawn.push(
    text(left + (samples * cell) / 2, bottom + 11, "N samples", {
      anchor: "middle",
      size: 10.5,
      fill: ink.quiet,
    }),
  );
  drawn.push(
    text(6, top + (positions * cell) / 2, "H·W", {
      anchor: "middle",
      size: 10.5,
      fill: ink.quiet,
      rotate: -90,
    }),
  );
  drawn.push(
    text(left + channels * dx - 4, 8, "C channels", { anchor: "middle", size: 10.5, fill: ink.quiet }),
  );
  return { width, height: bottom + 20, content: drawn.join("") };
}
