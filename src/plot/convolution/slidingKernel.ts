import { checkChoice, errorText, ShapeError } from "../../errors.js";
import type { Panel } from "../chart.js";
import { Figure } from "../figure.js";
import { type FigureOptions, frame, type NumberArray, readOptions, toVector } from "../input.js";
import type { Cell } from "../layout.js";
import { page } from "../layout.js";
import { plainNumber } from "../numbers.js";
import { element, text } from "../svg.js";
import { ink, roles, textColor } from "../theme.js";
import { correlate1d } from "./correlate.js";

export interface SlidingKernelData {
  /** Shape `[n]`. */
  readonly signal: NumberArray;
  /** Shape `[k]`, k ≤ n. */
  readonly kernel: NumberArray;
}

export interface SlidingKernelOptions extends FigureOptions {
  /** "correlation" lays the kernel as it is, "convolution" turns it over first; default both. */
  readonly mode?: "both" | "correlation" | "convolution" | undefined;
  /** Positions of the kernel to draw, from 0; default four, spread evenly. */
  readonly positions?: readonly number[] | undefined;
}

/**
 * A kernel sliding over a signal, at a few positions: signal, kernel below its window, the products, and the output up to
 * here, whose last value is the sum of the products.
 *
 * `out[i] = Σₖ signal[i + k] · kernel[k]` (correlation), with `kernel[K − 1 − k]` for convolution; only full overlaps.
 *
 * @throws {ShapeError} when the kernel is longer than the signal
 * @example
 * plot.slidingKernel({ signal: [0, 1, 3, 2, 0], kernel: [1, 2] }).size.width // 640
 */
export function slidingKernel(
  data: SlidingKernelData,
  options: SlidingKernelOptions = {},
): Figure<SlidingKernelData> {
  const settings = readOptions("slidingKernel", options, {
    ...frame,
    mode: "both" as "both" | "correlation" | "convolution",
    positions: undefined as readonly number[] | undefined,
  });
  checkChoice("slidingKernel", "mode", settings.mode, ["both", "correlation", "convolution"]);
  return new Figure("slidingKernel", data, (current) => {
    const { title, subtitle, width } = settings;
    const signal = toVector("slidingKernel", "signal", current.signal);
    const kernel = toVector("slidingKernel", "kernel", current.kernel);
    if (kernel.length > signal.length)
      throw new ShapeError(
        errorText(
          "slidingKernel",
          `kernel must be at most as long as the signal (${signal.length}), got ${kernel.length}`,
        ),
      );
    const count = signal.length - kernel.length + 1;
    const four = Array.from({ length: Math.min(4, count) }, (_, i) =>
      Math.round((i * (count - 1)) / Math.max(1, Math.min(4, count) - 1)),
    );
    const positions = settings.positions ?? [...new Set(four)];
    for (const position of positions)
      if (!Number.isInteger(position) || position < 0 || position >= count)
        throw new RangeError(
          errorText(
            "slidingKernel",
            `positions must be whole numbers from 0 to ${count - 1}, got ${position}`,
          ),
        );
    const modes = settings.mode === "both" ? (["correlation", "convolution"] as const) : [settings.mode];
    const panelWidth = (width - 20 - 16 * (positions.length - 1)) / positions.length;
    const rows = modes.map((mode) => {
      const laid = mode === "correlation" ? kernel : [...kernel].reverse();
      const output = correlate1d(signal, laid);
      return positions.map(
        (position, i): Cell => ({
          title: i === 0 ? (mode === "correlation" ? "Correlation" : "Convolution") : `position ${position}`,
          note: i === 0 ? (mode === "correlation" ? "kernel as it is" : "kernel turned over") : " ",
          panel: positionPanel(signal, laid, output, position, panelWidth),
        }),
      );
    });
    return page({
      width,
      title,
      subtitle,
      rows,
      gap: 16,
      label: `A kernel of ${kernel.length} sliding over a signal of ${signal.length}`,
    });
  });
}

/** Four tracks of bars over one axis of positions. */
function positionPanel(
  signal: readonly number[],
  kernel: readonly number[],
  output: readonly number[],
  position: number,
  width: number,
): Panel {
  const n = signal.length;
  const step = width / n;
  const isInside = (i: number): boolean => i >= position && i < position + kernel.length;
  const products = signal.map((value, i) => (isInside(i) ? value * kernel[i - position]! : Number.NaN));
  const onAxis = signal.map((_, i) => (isInside(i) ? kernel[i - position]! : Number.NaN));
  const center = (kernel.length - 1) / 2;
  const drawn: string[] = [];
  let y = 0;
  const track = (
    name: string,
    values: readonly number[],
    all: readonly number[],
    color: (i: number) => string,
    shift: number = 0,
  ): void => {
    const height = 46;
    const low = Math.min(0, ...all.filter(Number.isFinite));
    const high = Math.max(0, ...all.filter(Number.isFinite));
    const toY = (value: number): number => y + 14 + ((high - value) / (high - low || 1)) * (height - 16);
    drawn.push(text(0, y + 5, name, { size: 10.5, fill: ink.quiet }));
    drawn.push(
      element("line", { x1: 0, x2: width, y1: toY(0), y2: toY(0), stroke: ink.line, "stroke-width": 0.75 }),
    );
    for (const [i, value] of values.entries()) {
      if (!Number.isFinite(value)) continue;
      const x = (i + shift) * step;
      drawn.push(
        element("rect", {
          x: x + step * 0.12,
          y: Math.min(toY(0), toY(value)),
          width: step * 0.76,
          height: Math.max(0.8, Math.abs(toY(value) - toY(0))),
          fill: color(i),
        }),
      );
    }
    y += height + 6;
  };
  track("signal", signal, signal, (i) => (isInside(i) ? roles.train : "#b9c3cd"));
  track("kernel", onAxis, kernel, () => roles.validation);
  track(
    "products",
    products,
    signal.flatMap((value) => kernel.map((weight) => value * weight)),
    () => "#009E73",
  );
  const upToHere = output.map((value, i) => (i <= position ? value : Number.NaN));
  track("output", upToHere, output, (i) => (i === position ? roles.highlight : "#b9c3cd"), center);
  const window = element("rect", {
    x: position * step,
    y: 8,
    width: kernel.length * step,
    height: y - 12,
    fill: roles.validation,
    "fill-opacity": 0.1,
    stroke: roles.validation,
    "stroke-opacity": 0.6,
    rx: 3,
  });
  const sum = text(0, y + 8, `sum of products = ${plainNumber(output[position]!, 3)}`, {
    size: 11,
    bold: true,
    fill: textColor(roles.highlight),
  });
  return { width, height: y + 20, content: window + drawn.join("") + sum };
}
