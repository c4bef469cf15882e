import type { Panel } from "./chart.js";
import type { ColorScale } from "./colorScale.js";
import { linearTicks, plainNumber } from "./numbers.js";
import { raster } from "./raster.js";
import { element, text, textWidth } from "./svg.js";
import { fontSize, ink } from "./theme.js";

/** A vertical scale of colors with ticks, to stand right of a heat map. */
export function colorBar(
  scale: ColorScale,
  height: number,
  options: {
    label?: string;
    ticks?: readonly number[];
    format?: (value: number) => string;
    top?: number;
  } = {},
): Panel {
  const { label = "", format = (value) => plainNumber(value, 3), top = label === "" ? 6 : 24 } = options;
  const [low, high] = scale.domain;
  const bar = height - top - 6;
  const ticks = options.ticks ?? linearTicks(low, high, Math.max(2, Math.floor(bar / 34)));
  const y = (value: number): number => top + bar * (1 - (value - low) / (high - low));
  const colors = raster(1, 64, (row) => scale.rgb(low + ((high - low) * (63 - row)) / 63), {
    x: 0,
    y: top,
    width: 12,
    height: bar,
  });
  const labels = ticks.map(
    (tick) =>
      element("line", { x1: 12, x2: 16, y1: y(tick), y2: y(tick), stroke: ink.line }) +
      text(19, y(tick), format(tick), { size: fontSize.tick, fill: ink.quiet }),
  );
  const widest = Math.max(
    ...ticks.map((tick) => textWidth(format(tick), fontSize.tick)),
    textWidth(label, fontSize.tick) - 19,
  );
  const name = label === "" ? "" : text(0, top - 13, label, { size: fontSize.tick, fill: ink.quiet });
  return {
    width: Math.ceil(22 + widest),
    height,
    content:
      colors +
      element("rect", {
        x: 0,
        y: top,
        width: 12,
        height: bar,
        fill: "none",
        stroke: ink.line,
        "stroke-width": 0.5,
      }) +
      labels.join("") +
      name,
  };
}
