// The three functions of a convolution on spans: the engine when it covers the case, the loops of convNd.ts otherwise.
import { type Activation, type ConvGeometry, engine, newSpan, numbers, type Span } from "../engine/engine.js";
import { convForward, convInputGradient, convWeightGradient } from "./convNd.js";

/** `y [N, O, ...out] = activation(x ⋆ weight + bias)` */
export function forward(
  y: Span,
  x: Span,
  weight: Span,
  bias: Span | null,
  activation: Activation,
  geometry: ConvGeometry,
): void {
  if (engine.conv(y, x, weight, bias, activation, geometry)) return;
  convForward(numbers(y), numbers(x), numbers(weight), bias === null ? null : numbers(bias), geometry);
  if (activation !== "none") engine.unary(activation, y, y, 0, 0);
}

/** `dx [N, C, ...in]` from `dy [N, O, ...out]` */
export function inputGradient(dx: Span, dy: Span, weight: Span, geometry: ConvGeometry): void {
  if (engine.convInputGrad(dx, dy, weight, geometry)) return;
  convInputGradient(numbers(dx), numbers(dy), numbers(weight), geometry);
}

/** `dw [O, C / groups, ...kernel]` from x and dy, added to what `dw` holds when `accumulate` is set */
export function weightGradient(
  dw: Span,
  x: Span,
  dy: Span,
  geometry: ConvGeometry,
  accumulate: boolean,
): void {
  if (engine.convWeightGrad(dw, x, dy, geometry, accumulate)) return;
  if (!accumulate) {
    convWeightGradient(numbers(dw), numbers(x), numbers(dy), geometry);
    return;
  }
  const term = newSpan(dw.dtype, dw.length);
  term.internal = true;
  convWeightGradient(numbers(term), numbers(x), numbers(dy), geometry);
  engine.addScaled(dw, term, 1);
}
