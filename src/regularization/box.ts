import { checkNumber, errorText, showValue } from "../errors.js";
import type { Random } from "../random.js";

/** Rows `top ≤ y < bottom` and columns `left ≤ x < right` of an image. */
export interface Box {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** Number of pixels in a box. */
export const area = (box: Box): number => (box.bottom - box.top) * (box.right - box.left);

/** A box around a centre, cut off at the borders of the image. */
export function clippedBox(
  centerY: number,
  centerX: number,
  boxHeight: number,
  boxWidth: number,
  height: number,
  width: number,
): Box {
  const clip = (value: number, limit: number): number => Math.min(Math.max(value, 0), limit);
  const halfHeight = Math.floor(boxHeight / 2);
  const halfWidth = Math.floor(boxWidth / 2);
  return {
    top: clip(centerY - halfHeight, height),
    left: clip(centerX - halfWidth, width),
    bottom: clip(centerY + halfHeight, height),
    right: clip(centerX + halfWidth, width),
  };
}

/**
 * The box of CutMix: sides `⌊H·√(1 − λ)⌋` and `⌊W·√(1 − λ)⌋`, a uniform centre, half sides by integer division, clipped at the
 * borders. Clipping makes it smaller than 1 − λ on average: with λ uniform on 32 × 32 pixels the kept share is 0.70, not 0.5.
 */
export function cutmixBox(height: number, width: number, lambda: number, random: Random): Box {
  const side = Math.sqrt(1 - lambda);
  const centerY = random.integer(height);
  const centerX = random.integer(width);
  return clippedBox(centerY, centerX, Math.floor(height * side), Math.floor(width * side), height, width);
}

/** @throws {TypeError | RangeError} unless the box lies in the image with whole sides */
export function checkBox(where: string, box: unknown, height: number, width: number): Box {
  if (typeof box !== "object" || box === null)
    throw new TypeError(errorText(where, `box must be {top, left, bottom, right}, got ${showValue(box)}`));
  const { top, left, bottom, right } = box as Box;
  checkNumber(where, "box.top", top, { integer: true, min: 0, max: height });
  checkNumber(where, "box.left", left, { integer: true, min: 0, max: width });
  checkNumber(where, "box.bottom", bottom, { integer: true, min: top, max: height });
  checkNumber(where, "box.right", right, { integer: true, min: left, max: width });
  return { top, left, bottom, right };
}
