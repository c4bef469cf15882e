// Where the numbers of a padded image are. A *source* is a copy of an image with its zeros around it. With stride s an axis is split into s phases (positions
// 0, s, 2s, … then 1, s + 1, …), each contiguous, so that the positions a tap visits are always neighbours:
// padded position q is number q div s of phase q mod s.

export type Triple = readonly [number, number, number];

/** One box of numbers to copy; offsets, pitches and steps in bytes, within one channel. */
export interface BoxCopy {
  readonly to: number;
  readonly from: number;
  readonly counts: Triple;
  readonly toPitch: readonly [number, number];
  readonly fromPitch: readonly [number, number];
  readonly fromStep: number;
}

export interface SourcePlan {
  /** The image itself can be read: no padding, no phases. */
  readonly isDirect: boolean;
  /** Bytes of one channel, one row and one plane of a phase. */
  readonly channel: number;
  readonly row: number;
  readonly plane: number;
  readonly copies: readonly BoxCopy[];
  /** Byte offset of padded position `q` within a channel. */
  at(q: Triple): number;
  /** Whether plane `d` and row `h` of the padded image hold numbers of the image, not only zeros. */
  hasData(d: number, h: number): boolean;
  readonly stride: Triple;
}

const product = (sizes: readonly number[]): number => sizes.reduce((a, b) => a * b, 1);
/** All triples below `sizes`, last axis fastest. */
export function* triples(sizes: Triple): Generator<Triple> {
  for (let d = 0; d < sizes[0]; d++)
    for (let h = 0; h < sizes[1]; h++) for (let w = 0; w < sizes[2]; w++) yield [d, h, w];
}
export const mapTriple = (f: (axis: 0 | 1 | 2) => number): Triple => [f(0), f(1), f(2)];

/**
 * @param size the image
 * @param padding zeros before the first number of each axis; negative: numbers that are left out
 * @param extent padded positions that are read, per axis
 */
export function planSource(size: Triple, padding: Triple, stride: Triple, extent: Triple): SourcePlan {
  const isDirect =
    product(stride) === 1 && padding.every((p) => p === 0) && size.every((s, axis) => extent[axis]! <= s);
  const each = isDirect ? size : mapTriple((axis) => Math.ceil(extent[axis] / stride[axis]));
  const row = 4 * each[2];
  const plane = row * each[1];
  const phase = plane * each[0];
  const at = (q: Triple): number => {
    const [d, h, w] = mapTriple((axis) => q[axis] % stride[axis]);
    const [i, j, k] = mapTriple((axis) => Math.floor(q[axis] / stride[axis]));
    return ((d * stride[1] + h) * stride[2] + w) * phase + i * plane + j * row + 4 * k;
  };
  const copies: BoxCopy[] = [];
  for (const p of isDirect ? [] : triples(stride)) {
    const first = mapTriple((axis) => Math.max(0, Math.ceil((padding[axis] - p[axis]) / stride[axis])));
    const last = mapTriple((axis) =>
      Math.min(each[axis] - 1, Math.floor((size[axis] - 1 + padding[axis] - p[axis]) / stride[axis])),
    );
    const counts = mapTriple((axis) => last[axis] - first[axis] + 1);
    if (counts.some((count) => count <= 0)) continue;
    const q = mapTriple((axis) => first[axis] * stride[axis] + p[axis]);
    const [d, h, w] = mapTriple((axis) => q[axis] - padding[axis]);
    copies.push({
      to: at(q),
      from: 4 * ((d * size[1] + h) * size[2] + w),
      counts,
      toPitch: [plane, row],
      fromPitch: [4 * size[1] * size[2] * stride[0], 4 * size[2] * stride[1]],
      fromStep: 4 * stride[2],
    });
  }
  const isInside = (axis: 0 | 1, q: number): boolean => q >= padding[axis] && q < padding[axis] + size[axis];
  const hasData = (d: number, h: number): boolean => isInside(0, d) && isInside(1, h);
  return { isDirect, channel: phase * product(stride), row, plane, copies, at, hasData, stride };
}
