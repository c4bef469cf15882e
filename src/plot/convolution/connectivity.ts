import { errorText, ShapeError, showShape } from "../../errors.js";
import type { Panel } from "../chart.js";
import { type ColorScale, colorScale } from "../colorScale.js";
import { Figure } from "../figure.js";
import { type FigureOptions, frame, type NumberArray, readOptions, toMatrix } from "../input.js";
import { page } from "../layout.js";
import { matrixPanel } from "../matrixPanel.js";
import { extent } from "../numbers.js";
import { at, element, text } from "../svg.js";
import { ink } from "../theme.js";

export interface ConnectivityData {
  /** Weight matrix of a fully connected layer, shape `[outputs, inputs]`. */
  readonly dense: NumberArray;
  /** The matrix of a convolution, as from `conv.toeplitz`: zeros off the band, the kernel along it. Same number of columns. */
  readonly toeplitz: NumberArray;
}

/**
 * A fully connected layer beside a convolution: both as networks and as matrices, the color is the weight. In the
 * convolution the same color returns along the band: one weight, used at every position; white cells are connections
 * that do not exist.
 *
 * @throws {ShapeError} when the two have different numbers of inputs
 * @example
 * plot.connectivity({ dense: [[1, 2], [3, 4]], toeplitz: [[5, 6]] }).svg.includes("4 weights") // true
 */
export function connectivity(data: ConnectivityData, options: FigureOptions = {}): Figure<ConnectivityData> {
  const settings = readOptions("connectivity", options, { ...frame });
  return new Figure("connectivity", data, (current) => {
    const { title, subtitle, width } = settings;
    const dense = toMatrix("connectivity", "dense", current.dense);
    const toeplitz = toMatrix("connectivity", "toeplitz", current.toeplitz);
    if (dense[0]!.length !== toeplitz[0]!.length)
      throw new ShapeError(
        errorText(
          "connectivity",
          "dense and toeplitz must have the same number of columns (inputs), got different numbers",
          `dense ${showShape([dense.length, dense[0]!.length])}, toeplitz ${showShape([toeplitz.length, toeplitz[0]!.length])}`,
        ),
      );
    const [low, high] = extent([...dense.flat(), ...toeplitz.flat()]) ?? [0, 1];
    const scale = colorScale("diverging", low, high);
    const panelWidth = (width - 20 - 40) / 2;
    const distinct = new Set(toeplitz.flat().filter((value) => value !== 0)).size;
    const connections = toeplitz.flat().filter((value) => value !== 0).length;
    const row = [
      {
        title: `Fully connected: ${dense.length * dense[0]!.length} weights`,
        note: "every output looks at every input",
        panel: network(dense, scale, panelWidth, false),
      },
      {
        title: `Convolution: ${distinct} weight${distinct === 1 ? "" : "s"}`,
        note: `${connections} connections share them`,
        panel: network(toeplitz, scale, panelWidth, true),
      },
    ];
    return page({
      width,
      title,
      subtitle,
      rows: [row],
      gap: 40,
      label: "Fully connected layer and convolution",
    });
  });
}

/** Inputs below, outputs above, a line for each weight; the matrix under it. */
function network(weights: readonly number[][], scale: ColorScale, width: number, skipZeros: boolean): Panel {
  const inputs = weights[0]!.length;
  const outputs = weights.length;
  const [top, bottom] = [22, 128];
  const x = (i: number, count: number): number => width / 2 + (i - (count - 1) / 2) * (width / (inputs + 1));
  const drawn: string[] = [
    text(0, 6, "outputs", { fill: ink.quiet }),
    text(0, bottom + 18, "inputs", { fill: ink.quiet }),
  ];
  for (const [o, row] of weights.entries())
    for (const [i, weight] of row.entries())
      if (!(skipZeros && weight === 0))
        drawn.push(
          element("line", {
            x1: x(i, inputs),
            y1: bottom,
            x2: x(o, outputs),
            y2: top,
            stroke: lineColor(scale.hex(weight)),
            "stroke-width": skipZeros ? 2 : 1.1,
          }),
        );
  for (let i = 0; i < inputs; i++)
    drawn.push(
      element("circle", { cx: x(i, inputs), cy: bottom, r: 5.5, fill: ink.paper, stroke: ink.text }),
    );
  for (let o = 0; o < outputs; o++)
    drawn.push(element("circle", { cx: x(o, outputs), cy: top, r: 5.5, fill: ink.paper, stroke: ink.text }));
  const size = Math.min(26, (width - 20) / inputs, 180 / outputs);
  const cells = matrixPanel(
    weights.map((row) => row.map((value) => value)),
    {
      cellWidth: size,
      scale,
      show:
        size >= 20 && skipZeros
          ? (value) => (value === 0 ? "" : String(Number(value.toPrecision(2))))
          : undefined,
      label: "weight matrix",
    },
  );
  const left = (width - cells.width) / 2;
  drawn.push(
    text(left, bottom + 38, `matrix ${outputs} × ${inputs}`, { fill: ink.quiet }),
    at(left, bottom + 48, cells.content),
  );
  return { width, height: bottom + 50 + cells.height, content: drawn.join("") };
}

/** Weights near 0 are nearly white, which a thin line cannot be on paper. */
function lineColor(hex: string): string {
  const parts = [1, 3, 5].map((from) => Math.min(205, Number.parseInt(hex.slice(from, from + 2), 16)));
  return `#${parts.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}
