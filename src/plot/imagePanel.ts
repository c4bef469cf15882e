import type { Panel } from "./chart.js";
import type { ColorScale, Rgb } from "./colorScale.js";
import type { PlotImage } from "./images.js";
import { raster } from "./raster.js";
import { element } from "./svg.js";
import { ink } from "./theme.js";

/** One image, `size` pixels on its longer side, with a thin frame. Gray images take their colors from the scale, color images its range. */
export function imagePanel(image: PlotImage, size: number, scale: ColorScale, label?: string): Panel {
  const zoom = size / Math.max(image.width, image.height);
  const width = image.width * zoom;
  const height = image.height * zoom;
  const [low, high] = scale.domain;
  const byte = (value: number): number =>
    Math.max(0, Math.min(255, Math.round((255 * (value - low)) / (high - low))));
  const color =
    image.channels === 1
      ? (row: number, column: number): Rgb => scale.rgb(image.value(row, column, 0))
      : (row: number, column: number): Rgb => [
          byte(image.value(row, column, 0)),
          byte(image.value(row, column, 1)),
          byte(image.value(row, column, 2)),
        ];
  const drawn = raster(image.width, image.height, color, {
    x: 0,
    y: 0,
    width,
    height,
    ...(label !== undefined && { label }),
  });
  return {
    width,
    height,
    content:
      drawn +
      element("rect", { x: 0, y: 0, width, height, fill: "none", stroke: ink.line, "stroke-width": 0.5 }),
  };
}
