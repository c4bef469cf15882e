import { checkNumber, errorText } from "../../errors.js";
import type { Panel } from "../chart.js";
import { colorScale } from "../colorScale.js";
import { Figure } from "../figure.js";
import { type FigureOptions, frame, type NumberArray, readOptions, toMatrix } from "../input.js";
import type { Cell } from "../layout.js";
import { page } from "../layout.js";
import { matrixPanel } from "../matrixPanel.js";
import { extent } from "../numbers.js";
import { element, text, textWidth } from "../svg.js";
import { ink, palette, textColor } from "../theme.js";

/** One layer, first layer first. */
export interface FieldLayer {
  readonly kernelSize: number;
  /** Default 1. */
  readonly stride?: number | undefined;
  /** Default 1. */
  readonly dilation?: number | undefined;
  readonly name?: string | undefined;
}

export interface ReceptiveFieldOptions extends FigureOptions {
  /** Size of the gradient of one output with respect to each input pixel, `[H, W]`: the effective field, drawn beside the boxes. */
  readonly effective?: NumberArray | undefined;
}

/** Inputs that each unit of the deepest layer sees, layer by layer back to the input: units per layer, and their taps. */
export function fieldSizes(layers: readonly FieldLayer[]): { field: number; jump: number }[] {
  let field = 1;
  let jump = 1;
  return layers.map(({ kernelSize, stride = 1, dilation = 1 }) => {
    field += dilation * (kernelSize - 1) * jump;
    jump *= stride;
    return { field, jump };
  });
}

/**
 * How much of the input one output sees. Above: the pyramid of connections below one output, in one dimension. Below:
 * nested boxes, one a layer, and where given the effective field, which is much smaller than the theoretical one.
 *
 * `r ← r + dilation·(k − 1)·j`, `j ← j·stride`, from r = j = 1.
 *
 * @param layers first layer first
 * @throws {RangeError} when there is no layer, or a size is not a whole number of at least 1
 * @example
 * plot.receptiveField([{ kernelSize: 3 }, { kernelSize: 3 }]).svg.includes("5 inputs") // true
 */
export function receptiveField(
  layers: readonly FieldLayer[],
  options: ReceptiveFieldOptions = {},
): Figure<readonly FieldLayer[]> {
  const settings = readOptions("receptiveField", options, {
    ...frame,
    effective: undefined as NumberArray | undefined,
  });
  return new Figure("receptiveField", layers, (current) => {
    if (!Array.isArray(current) || current.length === 0)
      throw new RangeError(
        errorText(
          "receptiveField",
          "layers must have at least one layer {kernelSize, stride, dilation}, got none",
        ),
      );
    for (const [i, layer] of current.entries())
      for (const key of ["kernelSize", "stride", "dilation"] as const)
        checkNumber("receptiveField", `layers[${i}].${key}`, layer[key] ?? 1, { integer: true, min: 1 });
    const { title, subtitle, width } = settings;
    const sizes = fieldSizes(current);
    const last = sizes.at(-1)!.field;
    const rows: Cell[][] = [
      [
        {
          title: `One output of layer ${current.length} sees ${last} inputs`,
          panel: pyramid(current, width - 20),
        },
      ],
    ];
    const boxes: Cell = {
      title: "In two dimensions",
      panel: nestedBoxes(
        current,
        sizes.map(({ field }) => field),
        settings.effective === undefined ? 300 : 260,
      ),
    };
    if (settings.effective === undefined) rows.push([boxes]);
    else {
      const matrix = toMatrix("receptiveField", "effective", settings.effective).map((row) =>
        row.map(Math.abs),
      );
      const scale = colorScale("amount", 0, (extent(matrix.flat()) ?? [0, 1])[1]);
      const cells = matrixPanel(matrix, {
        cellWidth: 200 / Math.max(matrix.length, matrix[0]!.length),
        scale,
        lines: 0,
      });
      const panel = { ...cells, width: 260 };
      rows.push([
        boxes,
        { title: "Effective: size of ∂output/∂input", note: "the middle counts most, the rim hardly", panel },
      ]);
    }
    return page({
      width,
      title,
      subtitle,
      rows,
      gap: 18,
      label: `Receptive field of ${current.length} layers: ${last} inputs`,
    });
  });
}

/** Units of each layer as dots; those below the middle output are joined to it. */
function pyramid(layers: readonly FieldLayer[], width: number): Panel {
  // Positions of the units that matter, in input pixels relative to the center, layer by layer from the top.
  const { jump } = fieldSizes(layers).at(-1)!;
  let units = [0];
  let unitJump = jump;
  const levels: { positions: number[]; jump: number }[] = [{ positions: [0], jump }];
  const links: [number, number][][] = [];
  for (const { kernelSize, stride = 1, dilation = 1 } of [...layers].reverse()) {
    const below = unitJump / stride;
    const joined: [number, number][] = [];
    for (const unit of units)
      for (let k = 0; k < kernelSize; k++)
        joined.push([unit, unit + (k - (kernelSize - 1) / 2) * dilation * below]);
    links.push(joined);
    units = [...new Set(joined.map(([, position]) => position))].sort((a, b) => a - b);
    unitJump = below;
    levels.push({ positions: units, jump: below });
  }
  const reach = Math.max(...levels.at(-1)!.positions.map(Math.abs)) + 2;
  const left = 150;
  const x = (position: number): number => left + ((position + reach) / (2 * reach)) * (width - left - 60);
  const step = 46;
  const drawn: string[] = [];
  for (const [level, joined] of links.entries())
    for (const [above, below] of joined)
      drawn.push(
        element("line", {
          x1: x(above),
          y1: 16 + level * step,
          x2: x(below),
          y2: 16 + (level + 1) * step,
          stroke: palette[(layers.length - 1 - level) % palette.length]!,
          "stroke-opacity": 0.55,
        }),
      );
  for (const [level, { positions, jump: distance }] of levels.entries()) {
    const y = 16 + level * step;
    const spacing = (x(distance) - x(0)) * 0.8;
    const radius = Math.max(1.2, Math.min(5, spacing / 2));
    for (const position of positions)
      drawn.push(
        element("circle", {
          cx: x(position),
          cy: y,
          r: radius,
          fill: ink.paper,
          stroke: ink.text,
          "stroke-width": Math.min(1.2, radius / 2),
        }),
      );
    const layer = layers[layers.length - 1 - level];
    const details =
      layer === undefined
        ? ""
        : `k ${layer.kernelSize}${(layer.stride ?? 1) > 1 ? `, stride ${layer.stride}` : ""}${(layer.dilation ?? 1) > 1 ? `, dilation ${layer.dilation}` : ""}`;
    const name = layer === undefined ? "input" : (layer.name ?? `layer ${layers.length - level}`);
    const color =
      layer === undefined ? ink.text : textColor(palette[(layers.length - 1 - level) % palette.length]!);
    drawn.push(
      text(0, y - (details === "" ? 0 : 6), name, { bold: true, fill: color }),
      text(0, y + 8, details, { size: 10.5, fill: ink.quiet }),
    );
    drawn.push(text(width, y, String(positions.length), { anchor: "end", fill: ink.quiet }));
  }
  drawn.push(text(width, 0, "units", { anchor: "end", size: 10.5, fill: ink.quiet }));
  return { width, height: 30 + layers.length * step, content: drawn.join("") };
}

/** Squares of each layer's field around one input pixel, the sizes named at the right. */
function nestedBoxes(layers: readonly FieldLayer[], fields: readonly number[], width: number): Panel {
  const largest = fields.at(-1)!;
  const side = 190;
  const zoom = side / largest;
  const drawn: string[] = [];
  for (let i = layers.length - 1; i >= 0; i--) {
    const size = fields[i]! * zoom;
    const color = palette[i % palette.length]!;
    const edge = (side - size) / 2 + 4;
    drawn.push(
      element("rect", {
        x: edge,
        y: edge,
        width: size,
        height: size,
        fill: color,
        "fill-opacity": 0.12,
        stroke: color,
        "stroke-width": 1.5,
      }),
    );
  }
  const names = layers.map((layer, i) => `${layer.name ?? `layer ${i + 1}`}: ${fields[i]} × ${fields[i]}`);
  const labels = names.map((name, i) =>
    text(side + 18, 12 + (layers.length - 1 - i) * 17, name, {
      fill: textColor(palette[i % palette.length]!),
      bold: true,
    }),
  );
  drawn.push(
    element("rect", {
      x: (side - zoom) / 2 + 4,
      y: (side - zoom) / 2 + 4,
      width: Math.max(1.5, zoom),
      height: Math.max(1.5, zoom),
      fill: ink.text,
    }),
  );
  // bold letters are about a tenth wider than textWidth says
  const needed = side + 18 + 1.1 * Math.max(...names.map((name) => textWidth(name)));
  return { width: Math.max(width, needed), height: side + 10, content: [...drawn, ...labels].join("") };
}
