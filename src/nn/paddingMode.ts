// Padding that is not zeros: each axis is read through a list of positions, so its gradient is the one of indexSelect: a number that
// is read several times collects from each place.
import { type Padding, type PerAxis, perAxis, resolvePadding } from "../conv/shape.js";
import { checkChoice, errorText, ShapeError, showShape, showValue } from "../errors.js";
import { indexSelect } from "../tensor/gather.js";
import { Tensor } from "../tensor/tensor.js";

/** What a convolution sees beyond the border. Names as in PyTorch. */
export type PaddingMode = "zeros" | "reflect" | "replicate" | "circular";
const modes: readonly PaddingMode[] = ["zeros", "reflect", "replicate", "circular"];

/** Elements added before and after each spatial axis. */
export interface Sides {
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/** What `sidesOf` reads of a layer. */
export interface PaddedSettings {
  readonly kernelSize: readonly number[];
  readonly stride: PerAxis;
  readonly padding: Padding;
  readonly paddingMode: PaddingMode;
  readonly dilation: PerAxis;
}

/**
 * The elements a layer adds itself, or null for zeros, which the convolution adds on its way. `"same"` adds the odd element after.
 *
 * @throws {RangeError} for an unknown mode, or a mode without padding
 */
export function sidesOf(where: string, settings: PaddedSettings): Sides | null {
  const { kernelSize, padding } = settings;
  const mode = checkChoice(where, "paddingMode", settings.paddingMode, modes);
  if (mode === "zeros") return null;
  const axes = kernelSize.length;
  const stride = perAxis(where, "stride", settings.stride, axes, 1);
  const dilation = perAxis(where, "dilation", settings.dilation, axes, 1);
  const sides = resolvePadding(where, padding, kernelSize, stride, dilation);
  if (padding !== "same" && sides.before.every((count) => count === 0))
    throw new RangeError(
      errorText(
        where,
        `paddingMode ${showValue(mode)} needs padding, got padding ${showValue(padding)}`,
        "",
        `pass {padding: "same"} or a number, or drop paddingMode`,
      ),
    );
  return sides;
}

/**
 * The positions along an axis of `size` elements that a padded axis reads: from −before to size + after − 1, folded back into it.
 * `reflect` mirrors about the end elements (`c b | a b c | b a`), `replicate` stays on them (`a a | a b c | c c`), `circular`
 * starts again at the other end (`b c | a b c | a b`).
 */
export function paddedPositions(
  size: number,
  before: number,
  after: number,
  mode: Exclude<PaddingMode, "zeros">,
): number[] {
  return Array.from({ length: before + size + after }, (_, i) => {
    const at = i - before;
    if (mode === "replicate") return Math.min(Math.max(at, 0), size - 1);
    if (mode === "circular") return (at + size) % size;
    return size - 1 - Math.abs(size - 1 - Math.abs(at));
  });
}

/**
 * The input with its last axes padded. @param input `[..., ...spatial]`
 * @throws {ShapeError} when reflect would mirror past the other end, or circular wrap around twice
 */
export function padSides(where: string, input: Tensor, { before, after }: Sides, mode: PaddingMode): Tensor {
  if (mode === "zeros") throw new Error("bug: the convolution itself adds zeros");
  if (!(input instanceof Tensor) || input.ndim < before.length) return input; // the convolution says what is wrong with it
  return before.reduce((padded, front, axis) => {
    const back = after[axis]!;
    if (front + back === 0) return padded;
    const dim = input.ndim - before.length + axis;
    const size = input.shape[dim]!;
    const most = size === 0 ? 0 : mode === "reflect" ? size - 1 : mode === "circular" ? size : Infinity;
    if (Math.max(front, back) > most)
      throw new ShapeError(
        errorText(
          where,
          `padding must be at most ${most} for paddingMode ${showValue(mode)} on ${size} elements, got ${Math.max(front, back)} (axis ${axis - before.length})`,
          `input ${showShape(input.shape)}`,
          size === 0 ? "" : "pad less, or use replicate or zeros",
        ),
      );
    return indexSelect(padded, dim, paddedPositions(size, front, back, mode));
  }, input);
}
