import { checkNumber, errorText, ShapeError, showShape } from "../../errors.js";
import type { Panel } from "../chart.js";
import { type ColorScale, colorScale } from "../colorScale.js";
import { Figure } from "../figure.js";
import { type FigureOptions, frame, type NumberArray, readOptions, toGrid } from "../input.js";
import { page } from "../layout.js";
import { matrixPanel } from "../matrixPanel.js";
import { extent } from "../numbers.js";
import { arrow, at, element, text } from "../svg.js";
import { ink, roles } from "../theme.js";
import { correlate2d } from "./correlate.js";

export interface ChannelsData {
  /** Shape `[C, H, W]` (or `[1, C, H, W]`). */
  readonly input: NumberArray;
  /** Shape `[outC, C, kH, kW]`. */
  readonly weight: NumberArray;
}

export interface ChannelsOptions extends FigureOptions {
  /** The output channel worked out, from 0; default 0. */
  readonly output?: number | undefined;
  /** Draw below how a true three-dimensional convolution differs: its kernel also moves in depth. Default true. */
  readonly compare3d?: boolean | undefined;
}

type Planes = number[][][];

function toPlanes(
  name: string,
  value: unknown,
  dimensions: number,
): { shape: readonly number[]; planes: Planes } {
  const grid = toGrid("channels", name, value);
  const shape =
    grid.shape.length === dimensions + 1 && grid.shape[0] === 1 && dimensions === 3
      ? grid.shape.slice(1)
      : grid.shape;
  if (shape.length !== dimensions || shape.some((size) => size < 1))
    throw new ShapeError(
      errorText(
        "channels",
        `${name} must have shape ${dimensions === 3 ? "[C, H, W]" : "[outC, C, kH, kW]"}, got ${showShape(grid.shape)}`,
      ),
    );
  const [height, width] = [shape.at(-2)!, shape.at(-1)!];
  const count = shape.slice(0, -2).reduce((product, size) => product * size, 1);
  const planes = Array.from({ length: count }, (_, p) =>
    Array.from({ length: height }, (_, r) =>
      Array.from({ length: width }, (_, c) => grid.data[(p * height + r) * width + c]!),
    ),
  );
  return { shape, planes };
}

/**
 * A convolution over channels: each input plane meets its own kernel plane, the results are added into one output plane,
 * and every further kernel makes a further output plane. `(C, H, W) ∗ (outC, C, kH, kW) → (outC, outH, outW)`.
 *
 * @throws {ShapeError} when the channel counts differ
 * @example
 * plot.channels({ input: [[[1, 2], [3, 4]]], weight: [[[[1]]]] }, { compare3d: false }).size.width // 640
 */
export function channels(data: ChannelsData, options: ChannelsOptions = {}): Figure<ChannelsData> {
  const settings = readOptions("channels", options, { ...frame, output: 0, compare3d: true });
  return new Figure("channels", data, (current) => {
    const { title, width, output: chosen } = settings;
    const input = toPlanes("input", current.input, 3);
    const weight = toPlanes("weight", current.weight, 4);
    const [channelCount, outputCount] = [input.shape[0]!, weight.shape[0]!];
    if (weight.shape[1] !== channelCount)
      throw new ShapeError(
        errorText(
          "channels",
          `weight must have one plane for each input channel (${channelCount}), got ${weight.shape[1]}`,
          `input ${showShape(input.shape)}, weight ${showShape(weight.shape)}`,
        ),
      );
    checkNumber("channels", "output", chosen, { integer: true, min: 0, max: outputCount - 1 });
    const kernelOf = (o: number, c: number): number[][] => weight.planes[o * channelCount + c]!;
    const partsOf = (o: number): Planes => input.planes.map((plane, c) => correlate2d(plane, kernelOf(o, c)));
    const parts = partsOf(chosen);
    const outputs = Array.from({ length: outputCount }, (_, o) =>
      partsOf(o).reduce((sum, part) => sum.map((row, r) => row.map((value, k) => value + part[r]![k]!))),
    );
    const scaleOf = (planes: Planes): ColorScale =>
      colorScale("diverging", ...(extent(planes.flat(2)) ?? [0, 1]));
    const [inputScale, weightScale, partScale, outputScale] = [
      scaleOf(input.planes),
      scaleOf(weight.planes),
      scaleOf(parts),
      scaleOf(outputs),
    ];
    const size = Math.min(84, 300 / channelCount);
    const place = (values: number[][], scale: ColorScale, box: number): Panel =>
      matrixPanel(values, { cellWidth: box / Math.max(values.length, values[0]!.length), scale, lines: 0 });
    const kernelSize = Math.max(22, size * 0.45);
    const [kernelX, partX, sumX, outX] = [150, 262, 398, 470];
    const rowHeight = size + 14;
    const top = 24;
    const middle = top + (channelCount * rowHeight - 14) / 2;
    const drawn: string[] = [];
    for (let c = 0; c < channelCount; c++) {
      const y = top + c * rowHeight;
      const center = y + size / 2;
      drawn.push(
        at(40, y, place(input.planes[c]!, inputScale, size).content),
        text(34, center, `c = ${c}`, { anchor: "end", fill: ink.quiet }),
      );
      drawn.push(
        text(137, center, "∗", { anchor: "middle", size: 18 }),
        at(kernelX, center - kernelSize / 2, place(kernelOf(chosen, c), weightScale, kernelSize).content),
      );
      drawn.push(
        arrow(kernelX + kernelSize + 12, center, partX - 8, center),
        at(partX, y, place(parts[c]!, partScale, size).content),
      );
      drawn.push(arrow(partX + size + 8, center, sumX - 16, middle + (center - middle) * 0.12));
    }
    drawn.push(
      element("circle", {
        cx: sumX,
        cy: middle,
        r: 14,
        fill: ink.paper,
        stroke: ink.text,
        "stroke-width": 1.5,
      }),
      text(sumX, middle, "Σ", { anchor: "middle", size: 16 }),
    );
    drawn.push(arrow(sumX + 16, middle, outX - 8, middle));
    const outSize = Math.min(110, 150);
    for (let o = Math.min(outputCount, 4) - 1; o >= 0; o--) {
      const index = (chosen + o) % outputCount;
      const shift = o * 14;
      const x = outX + shift;
      const y = middle - outSize / 2 - shift;
      drawn.push(at(x, y, place(outputs[index]!, outputScale, outSize).content));
      if (o === 0)
        drawn.push(
          element("rect", {
            x: x - 1.5,
            y: y - 1.5,
            width: outSize + 3,
            height: outSize + 3,
            fill: "none",
            stroke: roles.highlight,
            "stroke-width": 2,
          }),
        );
    }
    const [outH, outW] = [outputs[0]!.length, outputs[0]![0]!.length];
    const heads: [number, string][] = [
      [40, "input planes"],
      [kernelX, `kernel ${chosen}`],
      [partX, "one each"],
    ];
    for (const [x, head] of heads) drawn.push(text(x, 8, head, { fill: ink.quiet }));
    drawn.push(
      text(
        outX,
        middle + outSize / 2 + 14,
        outputCount === 1 ? "the output plane" : `output ${chosen} of ${outputCount}`,
        { fill: ink.quiet },
      ),
    );
    const height = Math.max(top + channelCount * rowHeight, middle + outSize / 2 + 26);
    const subtitle =
      settings.subtitle ??
      `input ${showShape(input.shape)}, weight ${showShape(weight.shape)}, output ${showShape([outputCount, outH, outW])}`;
    const rows = [[{ panel: { width: 600, height, content: drawn.join("") } as Panel }]];
    if (settings.compare3d) rows.push([{ panel: movingCube(Math.max(5, channelCount), 3) }]);
    return page({ width, title, subtitle, rows, label: "Convolution over channels" });
  });
}

/** Three moments of conv3d (the kernel moves in depth too) beside conv2d, whose kernel has the depth of the input. */
function movingCube(depth: number, kernelDepth: number): Panel {
  const [side, shiftX, shiftY] = [46, 15, 8];
  const stack = (x: number, from: number, count: number): string => {
    const slices: string[] = [];
    for (let d = depth - 1; d >= 0; d--) {
      const isOn = d >= from && d < from + count;
      const [left, top] = [x + d * shiftX, 36 + (depth - 1 - d) * shiftY];
      slices.push(
        element("rect", {
          x: left,
          y: top,
          width: side,
          height: side,
          fill: ink.paper,
          "fill-opacity": 0.6,
          stroke: ink.line,
        }),
      );
      const window = { x: left + 6, y: top + 8, width: 22, height: 22 };
      if (isOn)
        slices.push(
          element("rect", {
            ...window,
            fill: roles.validation,
            "fill-opacity": 0.85,
            stroke: ink.text,
            "stroke-width": 0.75,
          }),
        );
    }
    return slices.join("");
  };
  const step = side + depth * shiftX + 14;
  const bottom = 36 + (depth - 1) * shiftY + side;
  const frames = [0, Math.floor((depth - kernelDepth) / 2), depth - kernelDepth];
  const second = step + 30;
  const drawn = [
    text(0, 6, "conv2d", { bold: true }),
    text(0, 22, "kernel as deep as the input", { size: 10.5, fill: ink.quiet }),
    stack(0, 0, depth),
    text(0, bottom + 12, "moves in 2 directions", { size: 10.5, fill: ink.quiet }),
    text(second, 6, "conv3d", { bold: true }),
    text(second, 22, "a kernel with a depth of its own moves in 3 directions", {
      size: 10.5,
      fill: ink.quiet,
    }),
    ...frames.map((from, i) => stack(second + i * step, from, kernelDepth)),
    ...frames.map((from, i) =>
      text(second + i * step, bottom + 12, `depth ${from} to ${from + kernelDepth - 1}`, {
        size: 10.5,
        fill: ink.quiet,
      }),
    ),
  ];
  return { width: 620, height: bottom + 20, content: drawn.join("") };
}
