// The innermost loops of a convolution. They do four products for each element they load and store, which is what makes
// the plain code 2-3 times faster than one tap at a time; `window.ts` explains the indices.

/** `line[x] += Σ_t weights[first + t] · image[row + x·stride + taps[t]]`, four taps at a time. */
export function addWindows(
  line: Float64Array,
  image: Float64Array,
  row: number,
  stride: number,
  taps: Int32Array,
  weights: Float64Array,
  first: number,
): void {
  const width = line.length;
  const count = taps.length;
  let t = 0;
  for (; t + 3 < count; t += 4) {
    const w0 = weights[first + t]!;
    const w1 = weights[first + t + 1]!;
    const w2 = weights[first + t + 2]!;
    const w3 = weights[first + t + 3]!;
    let i0 = row + taps[t]!;
    let i1 = row + taps[t + 1]!;
    let i2 = row + taps[t + 2]!;
    let i3 = row + taps[t + 3]!;
    for (let x = 0; x < width; x++) {
      line[x] = line[x]! + w0 * image[i0]! + w1 * image[i1]! + w2 * image[i2]! + w3 * image[i3]!;
      i0 += stride;
      i1 += stride;
      i2 += stride;
      i3 += stride;
    }
  }
  for (; t < count; t++) {
    const w = weights[first + t]!;
    let i = row + taps[t]!;
    for (let x = 0; x < width; x++) {
      line[x] = line[x]! + w * image[i]!;
      i += stride;
    }
  }
}

/**
 * `image[row + x·stride + taps[t]] += Σ_o weights[o·taps + t] · dy[from + o·step + x]` for the output channels
 * `begin <= o < end`, four channels at a time; `from + o·step` is where the row of channel o starts.
 */
export function spreadRows(
  image: Float64Array,
  row: number,
  stride: number,
  taps: Int32Array,
  weights: Float64Array,
  dy: Float64Array,
  from: number,
  step: number,
  width: number,
  begin: number,
  end: number,
): void {
  const count = taps.length;
  let o = begin;
  for (; o + 3 < end; o += 4) {
    const y0 = from + o * step;
    const y1 = y0 + step;
    const y2 = y1 + step;
    const y3 = y2 + step;
    for (let t = 0; t < count; t++) {
      const w0 = weights[o * count + t]!;
      const w1 = weights[(o + 1) * count + t]!;
      const w2 = weights[(o + 2) * count + t]!;
      const w3 = weights[(o + 3) * count + t]!;
      let i = row + taps[t]!;
      for (let x = 0; x < width; x++) {
        image[i] = image[i]! + w0 * dy[y0 + x]! + w1 * dy[y1 + x]! + w2 * dy[y2 + x]! + w3 * dy[y3 + x]!;
        i += stride;
      }
    }
  }
  for (; o < end; o++) {
    const y = from + o * step;
    for (let t = 0; t < count; t++) {
      const w = weights[o * count + t]!;
      let i = row + taps[t]!;
      for (let x = 0; x < width; x++) {
        image[i] = image[i]! + w * dy[y + x]!;
        i += stride;
      }
    }
  }
}

/** `total[first + t] += Σ_x dy[from + x] · image[row + x·stride + taps[t]]`, four taps at a time. */
export function collectRow(
  total: Float64Array,
  first: number,
  image: Float64Array,
  row: number,
  stride: number,
  taps: Int32Array,
  dy: Float64Array,
  from: number,
  width: number,
): void {
  const count = taps.length;
  let t = 0;
  for (; t + 3 < count; t += 4) {
    let i0 = row + taps[t]!;
    let i1 = row + taps[t + 1]!;
    let i2 = row + taps[t + 2]!;
    let i3 = row + taps[t + 3]!;
    let sum0 = 0;
    let sum1 = 0;
    let sum2 = 0;
    let sum3 = 0;
    for (let x = 0; x < width; x++) {
      const g = dy[from + x]!;
      sum0 += g * image[i0]!;
      sum1 += g * image[i1]!;
      sum2 += g * image[i2]!;
      sum3 += g * image[i3]!;
      i0 += stride;
      i1 += stride;
      i2 += stride;
      i3 += stride;
    }
    total[first + t] = total[first + t]! + sum0;
    total[first + t + 1] = total[first + t + 1]! + sum1;
    total[first + t + 2] = total[first + t + 2]! + sum2;
    total[first + t + 3] = total[first + t + 3]! + sum3;
  }
  for (; t < count; t++) {
    let sum = 0;
    let i = row + taps[t]!;
    for (let x = 0; x < width; x++) {
      sum += dy[from + x]! * image[i]!;
      i += stride;
    }
    total[first + t] = total[first + t]! + sum;
  }
}
