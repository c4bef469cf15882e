// Reading an image between its pixels. Where a pixel comes from, and with which shares, is worked out once and used for all channels.

/** Weighted mean of the four pixels around, or the nearest one. */
export type Interpolation = "bilinear" | "nearest";

type Values = Float32Array | Float64Array;

/** Where one image lies in the values of a batch. */
export interface ImagePlace {
  /** Position of its first number. */
  readonly start: number;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

/**
 * `target(channel, i) = source channel at (fromX[i], fromY[i])` for every pixel i and channel of one image. Neighbours outside the
 * image have the value `fill`.
 */
export function sampleImage(
  target: Values,
  source: Values,
  place: ImagePlace,
  fromX: Float64Array,
  fromY: Float64Array,
  interpolation: Interpolation,
  fill: number,
): void {
  const { start, channels, height, width } = place;
  const plane = height * width;
  const end = start + channels * plane;
  if (interpolation === "nearest") {
    for (let i = 0; i < plane; i++) {
      // Halves go up; −0.5 still belongs to pixel 0.
      const column = Math.round(fromX[i]!);
      const row = Math.round(fromY[i]!);
      const inside = row >= 0 && row < height && column >= 0 && column < width;
      const from = row * width + column;
      for (let channel = start; channel < end; channel += plane)
        target[channel + i] = inside ? source[channel + from]! : fill;
    }
    return;
  }
  for (let i = 0; i < plane; i++) {
    const x = fromX[i]!;
    const y = fromY[i]!;
    const left = Math.floor(x);
    const top = Math.floor(y);
    const rightShare = x - left;
    const bottomShare = y - top;
    if (left >= 0 && top >= 0 && left + 1 < width && top + 1 < height) {
      const from = top * width + left;
      for (let channel = start; channel < end; channel += plane) {
        const first = channel + from;
        const above = source[first]! + rightShare * (source[first + 1]! - source[first]!);
        const next = first + width;
        const below = source[next]! + rightShare * (source[next + 1]! - source[next]!);
        target[channel + i] = above + bottomShare * (below - above);
      }
      continue;
    }
    for (let channel = start; channel < end; channel += plane)
      target[channel + i] = atBorder(
        source,
        channel,
        height,
        width,
        top,
        left,
        rightShare,
        bottomShare,
        fill,
      );
  }
}

/** The same mean where some of the four pixels are outside. A share of 0 must not read its neighbour: 0 · NaN would be NaN. */
function atBorder(
  source: Values,
  channel: number,
  height: number,
  width: number,
  top: number,
  left: number,
  rightShare: number,
  bottomShare: number,
  fill: number,
): number {
  const row = (y: number): number => {
    if (y < 0 || y >= height) return fill;
    const first = left >= 0 && left < width ? source[channel + y * width + left]! : fill;
    if (rightShare === 0) return first;
    const second = left >= -1 && left + 1 < width ? source[channel + y * width + left + 1]! : fill;
    return first + rightShare * (second - first);
  };
  const above = row(top);
  return bottomShare === 0 ? above : above + bottomShare * (row(top + 1) - above);
}
