import { checkNumber } from "../../errors.js";
import { Figure } from "../figure.js";
import { type FigureOptions, frame, type NumberArray, readOptions, toMatrix } from "../input.js";
import { page } from "../layout.js";
import { plainNumber } from "../numbers.js";
import { element, text } from "../svg.js";
import { ink, roles, textColor } from "../theme.js";
import { type CellStyle, cellGrid } from "./cells.js";
import { correlate2d, outputLength, padMatrix } from "./correlate.js";

export interface ConvWindowData {
  /** Shape `[H, W]`. */
  readonly input: NumberArray;
  /** Shape `[kH, kW]`. */
  readonly kernel: NumberArray;
}

export interface ConvWindowOptions extends FigureOptions {
  /** Output cell to work out; default the one in the middle. */
  readonly position?: readonly [row: number, column: number] | undefined;
  /** Pixels between windows; default 1. */
  readonly stride?: number | undefined;
  /** Zeros on each side; default 0. */
  readonly padding?: number | undefined;
  /** Pixels between taps; default 1. */
  readonly dilation?: number | undefined;
}

/**
 * One output value of a two-dimensional convolution worked out: its window in the (padded) input, times the kernel,
 * product by product, summed into the output cell; below it the size formula with its numbers.
 *
 * @throws {ShapeError} when the kernel does not fit into the padded input
 * @example
 * plot.convWindow({ input: [[1, 2], [3, 4]], kernel: [[1, 0], [0, 1]] }).svg.includes("= 5") // true
 */
export function convWindow(data: ConvWindowData, options: ConvWindowOptions = {}): Figure<ConvWindowData> {
  const settings = readOptions("convWindow", options, {
    ...frame,
    position: undefined as readonly [number, number] | undefined,
    stride: 1,
    padding: 0,
    dilation: 1,
  });
  checkNumber("convWindow", "stride", settings.stride, { integer: true, min: 1 });
  checkNumber("convWindow", "padding", settings.padding, { integer: true, min: 0 });
  checkNumber("convWindow", "dilation", settings.dilation, { integer: true, min: 1 });
  return new Figure("convWindow", data, (current) => {
    const { stride, padding, dilation, title, subtitle } = settings;
    const input = toMatrix("convWindow", "input", current.input);
    const kernel = toMatrix("convWindow", "kernel", current.kernel);
    const [height, width, kH, kW] = [input.length, input[0]!.length, kernel.length, kernel[0]!.length];
    const outH = outputLength("convWindow", height, kH, stride, padding, dilation);
    const outW = outputLength("convWindow", width, kW, stride, padding, dilation);
    const [row, column] = settings.position ?? [Math.floor((outH - 1) / 2), Math.floor((outW - 1) / 2)];
    checkNumber("convWindow", "position[0]", row, { integer: true, min: 0, max: outH - 1 });
    checkNumber("convWindow", "position[1]", column, { integer: true, min: 0, max: outW - 1 });
    const padded = padMatrix(input, padding);
    const output = correlate2d(padded, kernel, stride, dilation);
    const products = kernel.map((weights, i) =>
      weights.map(
        (weight, j) => weight * padded[row * stride + i * dilation]![column * stride + j * dilation]!,
      ),
    );

    const columns = padded[0]!.length + 2 * kW + outW;
    const size = Math.max(10, Math.min(36, (settings.width - 20 - 3 * 34) / columns));
    const textSize = size < 15 ? 0.01 : Math.min(13, size * 0.4);
    const top = 24;
    const tallest = Math.max(padded.length, outH) * size;
    const y = (rows: number): number => top + (tallest - rows * size) / 2;
    const tapAt = (r: number, c: number): boolean => {
      const [i, j] = [(r - row * stride) / dilation, (c - column * stride) / dilation];
      return Number.isInteger(i) && Number.isInteger(j) && i >= 0 && j >= 0 && i < kH && j < kW;
    };
    const isPadding = (r: number, c: number): boolean =>
      r < padding || c < padding || r >= height + padding || c >= width + padding;
    const drawn: string[] = [];
    let x = 0;
    const put = (
      name: string,
      values: number[][],
      style: (r: number, c: number) => CellStyle,
      sign: string,
    ): void => {
      const rows = values.length;
      drawn.push(cellGrid(values, { x, y: y(rows), size, textSize, style }));
      drawn.push(
        text(x + (values[0]!.length * size) / 2, y(rows) - 10, name, { anchor: "middle", fill: ink.quiet }),
      );
      x += values[0]!.length * size;
      if (sign !== "") drawn.push(text(x + 17, top + tallest / 2, sign, { anchor: "middle", size: 18 }));
      x += 34;
    };
    const blue = "#cfe5f5";
    put(
      padding > 0 ? "input, padded" : "input",
      padded,
      (r, c) =>
        tapAt(r, c)
          ? { fill: blue, stroke: roles.train, strokeWidth: 1.8 }
          : isPadding(r, c)
            ? { fill: "#f3f4f6", dashed: true }
            : {},
      "×",
    );
    put("kernel", kernel, () => ({ fill: "#fdebc8", stroke: roles.validation }), "=");
    put("products", products, () => ({ fill: "#d3efe4", stroke: "#009E73" }), "Σ");
    put(
      "output",
      output,
      (r, c) =>
        r === row && c === column ? { fill: "#fbd9c4", stroke: roles.highlight, strokeWidth: 2.2 } : {},
      "",
    );
    const sum = products.flat().map((value) => plainNumber(value, 3));
    const written =
      sum.length <= 9
        ? `${sum.join(" + ").replaceAll("+ −", "− ")} = ${plainNumber(output[row]![column]!, 4)}`
        : `sum of ${sum.length} products = ${plainNumber(output[row]![column]!, 4)}`;
    const bottom = top + tallest + 22;
    drawn.push(
      text(0, bottom, `output[${row}, ${column}] = ${written}`, {
        size: 13,
        bold: true,
        fill: textColor(roles.highlight),
      }),
    );
    const formula = (name: string, n: number, k: number, out: number): string =>
      `${name} = ⌊(${n} + 2·${padding} − ${dilation}·(${k} − 1) − 1) / ${stride}⌋ + 1 = ${out}`;
    drawn.push(
      text(0, bottom + 22, formula("height", height, kH, outH), { fill: ink.quiet }),
      text(0, bottom + 39, formula("width", width, kW, outW), { fill: ink.quiet }),
    );
    drawn.push(
      element(
        "g",
        { "aria-label": `stride ${stride}, padding ${padding}, dilation ${dilation}` },
        text(x - 34, bottom + 22, `stride ${stride}, padding ${padding}, dilation ${dilation}`, {
          anchor: "end",
          fill: ink.quiet,
        }),
      ),
    );
    const panel = { width: x - 34, height: bottom + 50, content: drawn.join("") };
    return page({
      width: settings.width,
      title,
      subtitle,
      rows: [[{ panel }]],
      label: `Convolution window at output ${row}, ${column}`,
    });
  });
}
