// Pooling over one to three axes as plain loops. A window never leaves the image: taps that fall into the padding are
// skipped, which is what "pads with −∞" means for a maximum and "pads with 0" for a sum.
import type { PoolGeometry } from "../engine/engine.js";
import { product, type SlidingGeometry } from "./shape.js";
import type { Numbers } from "./window.js";

/** Calls `visit(output position, input position)` for every pair of the windows of one channel, row-major in both. */
function forEachTap(geometry: SlidingGeometry, visit: (to: number, from: number) => void): void {
  const [D, H, W] = geometry.inputSize;
  const [kD, kH, kW] = geometry.kernelSize;
  const [outD, outH, outW] = geometry.outputSize;
  const [sD, sH, sW] = geometry.stride;
  const [pD, pH, pW] = geometry.padding;
  const [dD, dH, dW] = geometry.dilation;
  let to = 0;
  for (let oz = 0; oz < outD; oz++)
    for (let oy = 0; oy < outH; oy++)
      for (let ox = 0; ox < outW; ox++, to++)
        for (let kz = 0; kz < kD; kz++) {
          const z = oz * sD + kz * dD - pD;
          if (z < 0 || z >= D) continue;
          for (let ky = 0; ky < kH; ky++) {
            const y = oy * sH + ky * dH - pH;
            if (y < 0 || y >= H) continue;
            for (let kx = 0; kx < kW; kx++) {
              const x = ox * sW + kx * dW - pW;
              if (x >= 0 && x < W) visit(to, (z * H + y) * W + x);
            }
          }
        }
}

/** The pairs of `forEachTap` as two tables: the windows are the same for every channel of every image. */
function tapPairs(geometry: SlidingGeometry): { outputs: Int32Array; inputs: Int32Array } {
  const most = product(geometry.outputSize) * product(geometry.kernelSize);
  const outputs = new Int32Array(most);
  const inputs = new Int32Array(most);
  let count = 0;
  forEachTap(geometry, (to, from) => {
    outputs[count] = to;
    inputs[count++] = from;
  });
  return { outputs: outputs.subarray(0, count), inputs: inputs.subarray(0, count) };
}

/**
 * `y[n, c, p] = max over the window of x[n, c, ·]`. Of equal numbers the first wins; a NaN wins over everything.
 * @param indices receives the position in `x` of each winner, or null
 */
export function maxPoolForward(
  y: Numbers,
  indices: Int32Array | null,
  x: Numbers,
  geometry: PoolGeometry,
): void {
  const { outputs, inputs } = tapPairs(geometry);
  const inputLength = product(geometry.inputSize);
  const outputLength = product(geometry.outputSize);
  y.fill(Number.NEGATIVE_INFINITY);
  const winners = indices ?? new Int32Array(y.length);
  winners.fill(-1);
  for (let plane = 0; plane < geometry.batch * geometry.inChannels; plane++) {
    const inputStart = plane * inputLength;
    const outputStart = plane * outputLength;
    for (let pair = 0; pair < outputs.length; pair++) {
      const to = outputStart + outputs[pair]!;
      const from = inputStart + inputs[pair]!;
      const value = x[from]!;
      const best = y[to]!;
      if (value > best || winners[to]! < 0 || (Number.isNaN(value) && !Number.isNaN(best))) {
        y[to] = value;
        winners[to] = from;
      }
    }
  }
}

/** `dx[indices[i]] += dy[i]`: the winner of each window gets its gradient, the others nothing. */
export function maxPoolGradient(dx: Numbers, dy: Numbers, indices: Int32Array): void {
  dx.fill(0);
  for (let i = 0; i < dy.length; i++) {
    const winner = indices[i]!;
    dx[winner] = dx[winner]! + dy[i]!;
  }
}

/** What each window's sum is divided by: its whole size, or only the taps that lie inside the image. */
export function averageDivisors(geometry: SlidingGeometry, countIncludePad: boolean): Float64Array {
  const divisors = new Float64Array(product(geometry.outputSize));
  if (countIncludePad) return divisors.fill(product(geometry.kernelSize));
  forEachTap(geometry, (to) => {
    divisors[to] = divisors[to]! + 1;
  });
  return divisors;
}

/** `y[n, c, p] = (Σ over the window of x[n, c, ·]) / divisors[p]` */
export function averagePoolForward(
  y: Numbers,
  x: Numbers,
  geometry: PoolGeometry,
  divisors: Float64Array,
): void {
  const { outputs, inputs } = tapPairs(geometry);
  const inputLength = product(geometry.inputSize);
  const outputLength = product(geometry.outputSize);
  const sums = new Float64Array(outputLength);
  for (let plane = 0; plane < geometry.batch * geometry.inChannels; plane++) {
    sums.fill(0);
    for (let pair = 0; pair < outputs.length; pair++) {
      const to = outputs[pair]!;
      sums[to] = sums[to]! + x[plane * inputLength + inputs[pair]!]!;
    }
    for (let p = 0; p < outputLength; p++) y[plane * outputLength + p] = sums[p]! / divisors[p]!;
  }
}

/** `dx[n, c, i] = Σ dy[n, c, p] / divisors[p]` over the windows p that hold i. */
export function averagePoolGradient(
  dx: Numbers,
  dy: Numbers,
  geometry: PoolGeometry,
  divisors: Float64Array,
): void {
  const { outputs, inputs } = tapPairs(geometry);
  const inputLength = product(geometry.inputSize);
  const outputLength = product(geometry.outputSize);
  dx.fill(0);
  for (let plane = 0; plane < geometry.batch * geometry.inChannels; plane++) {
    for (let pair = 0; pair < outputs.length; pair++) {
      const at = plane * inputLength + inputs[pair]!;
      const from = outputs[pair]!;
      dx[at] = dx[at]! + dy[plane * outputLength + from]! / divisors[from]!;
    }
  }
}
