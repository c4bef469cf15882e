// Reading the tensors that convolution and pooling are given: kinds, number of axes, channels.
import { errorText, ShapeError, showShape, showValue } from "../errors.js";
import { Tensor } from "../tensor/tensor.js";

/** A tensor read as `[N, C, ...spatial]`; `isBatched` is false when it came as `[C, ...spatial]`. */
export interface Image {
  readonly batch: number;
  readonly channels: number;
  readonly size: readonly number[];
  readonly isBatched: boolean;
}

/** @throws {TypeError} unless `value` is a Tensor */
export function checkTensor(where: string, name: string, value: unknown): void {
  if (!(value instanceof Tensor))
    throw new TypeError(
      errorText(where, `${name} must be a Tensor, got ${showValue(value)}`, "", "tensor(values) makes one"),
    );
}

/** @throws {TypeError} unless both tensors hold the same number type */
export function checkSameDtype(where: string, name: string, a: Tensor, otherName: string, b: Tensor): void {
  if (a.dtype !== b.dtype)
    throw new TypeError(
      errorText(
        where,
        `${name} and ${otherName} must have the same dtype, got ${a.dtype} and ${b.dtype}`,
        "",
        `${otherName}.to("${a.dtype}") converts`,
      ),
    );
}

/** Reads a shape as a batch of images, or as one image. */
export function readImage(where: string, name: string, shape: readonly number[], axes: number): Image {
  const isBatched = shape.length === axes + 2;
  if (!isBatched && shape.length !== axes + 1) {
    const spatial = ["L", "H, W", "D, H, W"][axes - 1];
    throw new ShapeError(
      errorText(
        where,
        `${name} must have shape [N, C, ${spatial}] or [C, ${spatial}], got ${showShape(shape)}`,
      ),
    );
  }
  return {
    batch: isBatched ? shape[0]! : 1,
    channels: shape[isBatched ? 1 : 0]!,
    size: shape.slice(-axes),
    isBatched,
  };
}

/** `[N, channels, ...size]`, without N for a single image. */
export function imageShape(image: Image, channels: number, size: readonly number[]): number[] {
  return image.isBatched ? [image.batch, channels, ...size] : [channels, ...size];
}

/** @throws {ShapeError} unless the weight has two axes more than the window */
export function checkWeight(where: string, weight: Tensor, axes: number, form: string): void {
  if (weight.ndim !== axes + 2) {
    const spatial = ["k", "kH, kW", "kD, kH, kW"][axes - 1];
    throw new ShapeError(
      errorText(where, `weight must have shape [${form}, ${spatial}], got ${showShape(weight.shape)}`),
    );
  }
}

/** @throws {TypeError} or {RangeError} unless `groups` is a whole number that divides both channel counts */
export function checkGroups(where: string, groups: unknown, name: string, count: number): void {
  if (typeof groups !== "number" || !Number.isInteger(groups) || groups < 1)
    throw new RangeError(
      errorText(where, `groups must be a whole number of at least 1, got ${showValue(groups)}`),
    );
  if (count % groups !== 0)
    throw new RangeError(errorText(where, `groups must divide the ${count} ${name}, got groups ${groups}`));
}

/** @throws {ShapeError} unless the weight `[outChannels, inChannels / groups, ...]` fits the image's channels; checks groups first */
export function checkChannels(
  where: string,
  weight: Tensor,
  channels: number,
  groups: number,
  shapes: string,
): void {
  checkGroups(where, groups, "input channels", channels);
  checkGroups(where, groups, "output channels", weight.shape[0]!);
  if (weight.shape[1] !== channels / groups)
    throw new ShapeError(
      errorText(
        where,
        `weight expects ${weight.shape[1]} input channels (inChannels / groups), got ${channels / groups}`,
        `${shapes}, weight ${showShape(weight.shape)}, groups ${groups}`,
      ),
    );
}

/** @throws {TypeError} or {ShapeError} unless the bias is one number per output channel, in the weight's dtype */
export function checkBias(where: string, bias: Tensor | undefined, channels: number, weight: Tensor): void {
  if (bias === undefined) return;
  checkTensor(where, "bias", bias);
  checkSameDtype(where, "weight", weight, "bias", bias);
  if (bias.ndim !== 1 || bias.shape[0] !== channels)
    throw new ShapeError(
      errorText(where, `bias must have shape [${channels}] (output channels), got ${showShape(bias.shape)}`),
    );
}
