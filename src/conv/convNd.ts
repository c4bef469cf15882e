// Convolution over one to three axes, and its two gradients, as plain loops.
//
// All three come from one sum with three factors, in which `o` is an output channel, `r` an output row, `x` a place in
// that row and `t` a tap (input channel, position in the kernel):
//
//   Σ_{o,r,x,t}  y[o, r, x] · weight[o, t] · image[rows[r] + x·stride + taps[t]]
//
// Leave out one factor, and the sum over the other two is the gradient with respect to it:
//   without y       the forward pass       y  = Σ_t weight · image
//   without image   the input gradient     dx = Σ_{o,t} dy · weight   each output gives back to the places it took from
//   without weight  the weight gradient    dw = Σ_{r,x} dy · image    a shared weight collects from every place it was used
// So the three share every index, and differ only in which array stands on the left of `+=` (rows.ts).
//
// The arithmetic is float64 whatever the type of the arrays, and is rounded once, when a result is stored.
import type { ConvGeometry } from "../engine/engine.js";
import { addWindows, collectRow, spreadRows } from "./rows.js";
import { product } from "./shape.js";
import { crop, type Numbers, pad, type WindowPlan, windowPlan } from "./window.js";

interface Layout {
  readonly plan: WindowPlan;
  readonly inPerGroup: number;
  readonly outPerGroup: number;
  /** Elements of one channel, without border. */
  readonly inputLength: number;
  readonly outputLength: number;
}

function layoutOf(geometry: ConvGeometry): Layout {
  const inPerGroup = geometry.inChannels / geometry.groups;
  return {
    plan: windowPlan(geometry, inPerGroup),
    inPerGroup,
    outPerGroup: geometry.outChannels / geometry.groups,
    inputLength: product(geometry.inputSize),
    outputLength: product(geometry.outputSize),
  };
}

/** A float64 copy, or the array itself when it is float64: the inner loops then see one type only and stay fast. */
function float64(values: Numbers): Float64Array {
  return values instanceof Float64Array ? values : new Float64Array(values);
}

/**
 * `y[n, o, p] = bias[o] + Σ_{c, k} weight[o, c, k] · input[n, c, p·stride + k·dilation − padding]`
 *
 * @param y receives `[batch, outChannels, ...output]`
 * @param input `[batch, inChannels, ...input]`
 * @param weight `[outChannels, inChannels / groups, ...kernel]`
 * @param bias `[outChannels]` or null
 */
export function convForward(
  y: Numbers,
  input: Numbers,
  weight: Numbers,
  bias: Numbers | null,
  geometry: ConvGeometry,
): void {
  const { plan, inPerGroup, outPerGroup, inputLength, outputLength } = layoutOf(geometry);
  const { taps, rows, width, stride } = plan;
  const image = new Float64Array(plan.imageLength);
  const weights = float64(weight);
  const line = new Float64Array(width);
  for (let n = 0; n < geometry.batch; n++) {
    for (let group = 0; group < geometry.groups; group++) {
      pad(image, plan, input, (n * geometry.inChannels + group * inPerGroup) * inputLength);
      for (let o = group * outPerGroup; o < (group + 1) * outPerGroup; o++) {
        let to = (n * geometry.outChannels + o) * outputLength;
        for (let r = 0; r < rows.length; r++) {
          line.fill(bias === null ? 0 : bias[o]!);
          addWindows(line, image, rows[r]!, stride, taps, weights, o * taps.length);
          y.set(line, to);
          to += width;
        }
      }
    }
  }
}

/**
 * Gradient with respect to the input, the adjoint of the forward pass and the forward pass of a transposed convolution:
 * `dx[n, c, i] = Σ dy[n, o, p] · weight[o, c, k]` over all `o, p, k` with `p·stride + k·dilation − padding = i`.
 */
export function convInputGradient(dx: Numbers, dy: Numbers, weight: Numbers, geometry: ConvGeometry): void {
  const { plan, inPerGroup, outPerGroup, inputLength, outputLength } = layoutOf(geometry);
  const { taps, rows, width, stride } = plan;
  const image = new Float64Array(plan.imageLength);
  const weights = float64(weight);
  const gradient = float64(dy);
  for (let n = 0; n < geometry.batch; n++) {
    for (let group = 0; group < geometry.groups; group++) {
      const begin = group * outPerGroup;
      image.fill(0);
      let from = n * geometry.outChannels * outputLength;
      for (let r = 0; r < rows.length; r++) {
        spreadRows(
          image,
          rows[r]!,
          stride,
          taps,
          weights,
          gradient,
          from,
          outputLength,
          width,
          begin,
          begin + outPerGroup,
        );
        from += width;
      }
      crop(dx, (n * geometry.inChannels + group * inPerGroup) * inputLength, plan, image);
    }
  }
}

/**
 * Gradient with respect to the weight, a correlation of the input with `dy`:
 * `dw[o, c, k] = Σ_{n, p} dy[n, o, p] · input[n, c, p·stride + k·dilation − padding]`.
 */
export function convWeightGradient(dw: Numbers, input: Numbers, dy: Numbers, geometry: ConvGeometry): void {
  const { plan, inPerGroup, outPerGroup, inputLength, outputLength } = layoutOf(geometry);
  const { taps, rows, width, stride } = plan;
  const image = new Float64Array(plan.imageLength);
  const gradient = float64(dy);
  const total = new Float64Array(dw.length);
  for (let n = 0; n < geometry.batch; n++) {
    for (let group = 0; group < geometry.groups; group++) {
      pad(image, plan, input, (n * geometry.inChannels + group * inPerGroup) * inputLength);
      for (let o = group * outPerGroup; o < (group + 1) * outPerGroup; o++) {
        let from = (n * geometry.outChannels + o) * outputLength;
        for (let r = 0; r < rows.length; r++) {
          collectRow(total, o * taps.length, image, rows[r]!, stride, taps, gradient, from, width);
          from += width;
        }
      }
    }
  }
  dw.set(total);
}

/** Gradient with respect to the bias: `db[o] = Σ_{n, p} dy[n, o, p]`. */
export function convBiasGradient(db: Numbers, dy: Numbers, geometry: ConvGeometry): void {
  const outputLength = product(geometry.outputSize);
  const total = new Float64Array(db.length);
  let at = 0;
  for (let n = 0; n < geometry.batch; n++) {
    for (let o = 0; o < geometry.outChannels; o++) {
      for (let p = 0; p < outputLength; p++) total[o] = total[o]! + dy[at++]!;
    }
  }
  db.set(total);
}
