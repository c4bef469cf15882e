// Reading an image between its pixels.

/** Weighted mean of the four pixels around, or the nearest one. */
export type Interpolation = "bilinear" | "nearest";

/**
 * `target[start + i] = source plane at (fromX[i], fromY[i])` for every pixel i of one plane. Neighbours outside the image have
 * the value `fill`.
 *
 * @param start where the plane begins in both arrays
 */
export function samplePlane(
  target: Float32Array | Float64Array,
  source: Float32Array | Float64Array,
  start: number,
  height: number,
  width: number,
  fromX: Float64Array,
  fromY: Float64Array,
  interpolation: Interpolation,
  fill: number,
): void {
  const at = (row: number, column: number): number =>
    row >= 0 && row < height && column >= 0 && column < width ? source[start + row * width + column]! : fill;
  for (let i = 0; i < height * width; i++) {
    const x = fromX[i]!;
    const y = fromY[i]!;
    if (interpolation === "nearest") {
      // Halves go up, as in Math.round; −0.5 still belongs to pixel 0.
      target[start + i] = at(Math.round(y), Math.round(x));
      continue;
    }
    const left = Math.floor(x);
    const top = Math.floor(y);
    const rightShare = x - left;
    const bottomShare = y - top;
    if (left >= 0 && top >= 0 && left + 1 < width && top + 1 < height) {
      const first = start + top * width + left;
      const above = source[first]! + rightShare * (source[first + 1]! - source[first]!);
      const below =
        source[first + width]! + rightShare * (source[first + width + 1]! - source[first + width]!);
      target[start + i] = above + bottomShare * (below - above);
      continue;
    }
    // A share of 0 must not read its neighbour: 0 · NaN would be NaN.
    const above = mix(at(top, left), rightShare, () => at(top, left + 1));
    target[start + i] = mix(above, bottomShare, () =>
      mix(at(top + 1, left), rightShare, () => at(top + 1, left + 1)),
    );
  }
}

const mix = (first: number, share: number, second: () => number): number =>
  share === 0 ? first : first + share * (second() - first);
