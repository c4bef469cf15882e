// Images as the course passes them: tensors and nested arrays in several shapes, read into one form.

import { errorText, ShapeError, showShape } from "../errors.js";
import { toGrid } from "./input.js";

/** One image: `channels` values for each pixel, read by row, column and channel. */
export interface PlotImage {
  readonly height: number;
  readonly width: number;
  /** 1 (gray) or 3 (red, green, blue). */
  readonly channels: 1 | 3;
  readonly value: (row: number, column: number, channel: number) => number;
}

/**
 * `[H, W]` one gray image; `[N, H, W]` gray images; `[N, 1, H, W]` and `[N, 3, H, W]` as tensors have them. A list of
 * images of different sizes is read one by one.
 *
 * @throws {ShapeError} for another shape
 */
export function toImages(where: string, name: string, value: unknown): PlotImage[] {
  if (
    Array.isArray(value) &&
    value.length > 0 &&
    typeof value[0] === "object" &&
    value[0] !== null &&
    ("shape" in value[0] || Array.isArray((value[0] as unknown[])[0]))
  )
    return value.flatMap((item: unknown, i) => toImages(where, `${name}[${i}]`, item));
  const { shape, data } = toGrid(where, name, value);
  const wrong = (): ShapeError => {
    const problem = `${name} must be images of shape [H, W], [N, H, W], [N, 1, H, W] or [N, 3, H, W], got ${showShape(shape)}`;
    return new ShapeError(errorText(where, problem));
  };
  if (shape.length < 2 || shape.length > 4) throw wrong();
  const [height, width] = [shape.at(-2)!, shape.at(-1)!];
  const isTensor = shape.length === 4;
  const channels = isTensor ? shape[1]! : 1;
  if (channels !== 1 && channels !== 3) throw wrong();
  if (height === 0 || width === 0 || shape[0] === 0)
    throw new RangeError(
      errorText(where, `${name} must have at least one pixel, got shape ${showShape(shape)}`),
    );
  const count = shape.length === 2 ? 1 : shape[0]!;
  const plane = height * width;
  return Array.from({ length: count }, (_, n) => ({
    height,
    width,
    channels,
    value: (row, column, channel) => data[(n * channels + channel) * plane + row * width + column]!,
  }));
}

/** All values of some images. */
export function* pixelValues(images: readonly PlotImage[]): Generator<number> {
  for (const image of images)
    for (let row = 0; row < image.height; row++)
      for (let column = 0; column < image.width; column++)
        for (let channel = 0; channel < image.channels; channel++) yield image.value(row, column, channel);
}
