import { errorText } from "../../errors.js";
import { colorBar } from "../colorBar.js";
import { colorScale } from "../colorScale.js";
import { Figure } from "../figure.js";
import {
  type FigureOptions,
  frame,
  type NumberArray,
  namedEntries,
  readOptions,
  toMatrix,
} from "../input.js";
import { type Cell, page } from "../layout.js";
import { matrixPanel } from "../matrixPanel.js";
import { extent, linearTicks, plainNumber } from "../numbers.js";
import { at, text } from "../svg.js";
import { fontSize, ink, seriesStyles, textColor } from "../theme.js";

/** Effective step of each parameter over time, shape `[parameters, steps]`, by optimizer. All values positive. */
export type EffectiveStepData = Readonly<Record<string, NumberArray>>;

export interface EffectiveStepOptions extends FigureOptions {
  /** Names of the parameters; default 0, 1, … */
  readonly parameters?: readonly string[] | undefined;
  /** What the color means; default "learning rate / scale" (for Adam, η/(√v̂ + ε)). */
  readonly colorLabel?: string | undefined;
}

/**
 * How large a step each parameter is allowed over time, an optimizer a band: a row for each parameter, logarithmic colors,
 * one range for all. Adagrad's rows only grow darker; RMSprop's and Adam's recover.
 *
 * @throws {RangeError} when a step is not positive
 * @example
 * plot.effectiveStep({ Adagrad: [[1, 0.5, 0.3], [1, 0.9, 0.8]] }).size.width // 640
 */
export function effectiveStep(
  data: EffectiveStepData,
  options: EffectiveStepOptions = {},
): Figure<EffectiveStepData> {
  const settings = readOptions("effectiveStep", options, {
    ...frame,
    parameters: undefined as readonly string[] | undefined,
    colorLabel: "effective step",
  });
  return new Figure("effectiveStep", data, (current) => {
    const { title, subtitle, width, colorLabel } = settings;
    const bands = namedEntries("effectiveStep", "data", current).map(([name, value]) => ({
      name,
      rows: toMatrix("effectiveStep", name, value),
    }));
    const all = bands.flatMap(({ rows }) => rows.flat());
    const [low, high] = extent(all)!;
    if (low <= 0) throw new RangeError(errorText("effectiveStep", `steps must be positive, got ${low}`));
    const scale = colorScale("sequential", Math.log10(low), Math.log10(high));
    const styles = seriesStyles(bands.map(({ name }) => name));
    const left = 46;
    const room = width - 20 - 100 - left;
    const rows = bands.map(({ name, rows: values }, i): Cell[] => {
      const cellWidth = room / values[0]!.length;
      const cellHeight = Math.max(5, Math.min(18, 110 / values.length));
      const logs = values.map((row) => row.map((value) => Math.log10(value)));
      const cells = matrixPanel(logs, {
        cellWidth,
        cellHeight,
        scale,
        lines: 0,
        label: `effective step of ${name}`,
      });
      const drawn = [at(left, 2, cells.content)];
      for (const [r] of values.entries())
        if (cellHeight >= 11 || r === 0 || r === values.length - 1)
          drawn.push(
            text(left - 6, 2 + (r + 0.5) * cellHeight, settings.parameters?.[r] ?? `w${r}`, {
              anchor: "end",
              size: 10.5,
              fill: ink.quiet,
            }),
          );
      for (const tick of linearTicks(0, values[0]!.length, 6).filter(
        (step) => Number.isInteger(step) && step < values[0]!.length,
      ))
        drawn.push(
          text(left + (tick + 0.5) * cellWidth, cells.height + 13, String(tick), {
            anchor: "middle",
            size: fontSize.tick,
            fill: ink.text,
          }),
        );
      if (i === bands.length - 1)
        drawn.push(text(left + cells.width, cells.height + 29, "step", { anchor: "end", fill: ink.quiet }));
      return [
        {
          title: name,
          titleColor: textColor(styles[i]!.color),
          panel: {
            width: left + cells.width,
            height: cells.height + (i === bands.length - 1 ? 36 : 18),
            content: drawn.join(""),
          },
        },
      ];
    });
    const decades = Array.from({ length: 30 }, (_, i) => i - 20).filter(
      (exponent) => exponent >= scale.domain[0] && exponent <= scale.domain[1],
    );
    const ticks =
      decades.length >= 2
        ? decades
        : [scale.domain[0], (scale.domain[0] + scale.domain[1]) / 2, scale.domain[1]];
    rows[0]!.push({
      title: " ",
      panel: {
        ...colorBar(scale, 130, { label: colorLabel, ticks, format: (value) => plainNumber(10 ** value, 2) }),
        height: rows[0]![0]!.panel.height,
      },
    });
    return page({ width, title, subtitle, rows, gap: 10, label: "Effective step of each parameter" });
  });
}
