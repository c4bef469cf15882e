// Where the elements of a sliding window lie in memory: the one place with index arithmetic.
//
// An image is first copied into a border of zeros, so that no window hangs over an edge. Then the element that output
// `x` of output row `r` meets through tap `t` lies at
//
//   rows[r] + x·stride + taps[t]
//
// A tap is a pair (channel, position in the kernel); an output row is a run of outputs along the last axis. Forward
// pass, both gradients, im2col and pooling all walk these two tables, whatever the number of axes.
import { product, type SlidingGeometry } from "./shape.js";

/** The numbers of a tensor, row-major. */
export type Numbers = Float32Array | Float64Array;

/** Offsets are in elements of one padded image of `channels` channels. */
export interface WindowPlan {
  /** Elements of the padded image, all channels. */
  readonly imageLength: number;
  /** One offset per tap, in the order of the weights `[channels, ...kernel]`. */
  readonly taps: Int32Array;
  /** Offset of the first window of each output row. */
  readonly rows: Int32Array;
  /** Outputs per row. */
  readonly width: number;
  /** Distance between two neighbouring windows of a row. */
  readonly stride: number;
  /** Where each row of the unpadded image starts inside the padded one, and the length of such a row. */
  readonly inputRows: Int32Array;
  readonly inputWidth: number;
}

/** All sums `Σ index[a]·steps[a]` with `0 ≤ index[a] < counts[a]`, in row-major order. */
function offsets(counts: readonly number[], steps: readonly number[], start = 0): Int32Array {
  let all = Int32Array.of(start);
  counts.forEach((count, axis) => {
    const next = new Int32Array(all.length * count);
    for (let i = 0; i < all.length; i++)
      for (let k = 0; k < count; k++) next[i * count + k] = all[i]! + k * steps[axis]!;
    all = next;
  });
  return all;
}

/** Builds the tables for windows that span `channels` channels. */
export function windowPlan(geometry: SlidingGeometry, channels: number): WindowPlan {
  const { inputSize, kernelSize, outputSize, stride, padding, dilation } = geometry;
  // The far border holds what the last window needs, which may be less or more than the image.
  const padded = inputSize.map((size, axis) =>
    Math.max(
      padding[axis]! + size,
      (outputSize[axis]! - 1) * stride[axis]! + dilation[axis]! * (kernelSize[axis]! - 1) + 1,
    ),
  );
  const pitch = padded.map((_, axis) => product(padded.slice(axis + 1)));
  const channelLength = product(padded);
  const start = padding.reduce((sum, zeros, axis) => sum + zeros * pitch[axis]!, 0);
  return {
    imageLength: channels * channelLength,
    taps: offsets([channels, ...kernelSize], [channelLength, ...dilation.map((d, axis) => d * pitch[axis]!)]),
    rows: offsets(
      outputSize.slice(0, -1),
      stride.map((s, axis) => s * pitch[axis]!),
    ),
    width: outputSize[2],
    stride: stride[2],
    inputRows: offsets([channels, ...inputSize.slice(0, -1)], [channelLength, ...pitch], start),
    inputWidth: inputSize[2],
  };
}

/** Copies the image that starts at `from` into its border; the border itself is left as it is. */
export function pad(image: Float64Array, plan: WindowPlan, source: Numbers, from: number): void {
  const { inputRows, inputWidth } = plan;
  for (let row = 0; row < inputRows.length; row++) {
    image.set(source.subarray(from, from + inputWidth), inputRows[row]!);
    from += inputWidth;
  }
}

/** Copies the inside of a padded image out, to `to`; what lies in the border is dropped. */
export function crop(target: Numbers, to: number, plan: WindowPlan, image: Float64Array): void {
  const { inputRows, inputWidth } = plan;
  for (let row = 0; row < inputRows.length; row++) {
    const start = inputRows[row]!;
    target.set(image.subarray(start, start + inputWidth), to);
    to += inputWidth;
  }
}
