import { checkNumber, checkOptions, errorText, rejectUnknownOptions } from "../../errors.js";
import { type Random, randomOption } from "../../random.js";
import type { Tensor } from "../../tensor/tensor.js";
import { imagesLike, readImages } from "../images.js";

export interface ColorJitterOptions {
  /** Brightness is multiplied by 1 ± this; default 0. */
  readonly brightness?: number;
  /** Differences to the mean gray are multiplied by 1 ± this; default 0. */
  readonly contrast?: number;
  /** Differences to each pixel's own gray are multiplied by 1 ± this (three channels only); default 0. */
  readonly saturation?: number;
  readonly random?: Random;
}

/** Luma of ITU-R BT.601, as torchvision and Pillow use it. */
const GRAY = [0.299, 0.587, 0.114];

/**
 * Changes brightness, contrast and saturation of each image by random factors from `[max(0, 1 − a), 1 + a]`. Values are kept
 * within [0, 1], as images are before they are standardized.
 *
 * @param x images [N, 1, H, W] or [N, 3, H, W] with values from 0 to 1
 * @param options.brightness, options.contrast, options.saturation amounts a ≥ 0; default 0
 * @param options.random default the shared generator
 * @throws {RangeError} when an amount is negative, or saturation is asked of images without color
 * @example
 * regularization.augment.colorJitter(tensor([[[[0.25, 0.5]]]]), { brightness: 0 }).flatten().toArray() // [0.25, 0.5]
 */
export function colorJitter(x: Tensor, options: ColorJitterOptions = {}): Tensor {
  const where = "colorJitter";
  checkOptions(where, options);
  const { brightness = 0, contrast = 0, saturation = 0, random, ...rest } = options;
  rejectUnknownOptions(where, rest, ["brightness", "contrast", "saturation", "random"]);
  for (const [name, amount] of Object.entries({ brightness, contrast, saturation }))
    checkNumber(where, name, amount, { min: 0 });
  const images = readImages(where, x);
  const { n, channels, height, width, values } = images;
  if (channels !== 3 && saturation > 0) {
    const text = `saturation needs three channels, got ${channels}`;
    throw new RangeError(errorText(where, text, "", "drop saturation for gray images"));
  }
  const generator = randomOption(where, random);
  const draw = (amount: number): number =>
    amount === 0 ? 1 : generator.uniform(Math.max(0, 1 - amount), 1 + amount);
  const plane = height * width;
  for (let image = 0; image < n; image++) {
    const pixels = values.subarray(image * channels * plane, (image + 1) * channels * plane);
    const gray = (i: number): number =>
      channels === 3
        ? GRAY[0]! * pixels[i]! + GRAY[1]! * pixels[plane + i]! + GRAY[2]! * pixels[2 * plane + i]!
        : pixels[i]!;
    blend(pixels, draw(brightness), () => 0);
    let mean = 0;
    for (let i = 0; i < plane; i++) mean += gray(i) / plane;
    blend(pixels, draw(contrast), () => mean);
    if (channels === 3) {
      const own = Float64Array.from({ length: plane }, (_, i) => gray(i));
      blend(pixels, draw(saturation), (i) => own[i % plane]!);
    }
  }
  return imagesLike(x, values);
}

/** `value ← center + factor·(value − center)`, kept within [0, 1]. */
function blend(values: Float32Array | Float64Array, factor: number, center: (i: number) => number): void {
  if (factor === 1) return;
  for (let i = 0; i < values.length; i++) {
    const middle = center(i);
    values[i] = Math.min(1, Math.max(0, middle + factor * (values[i]! - middle)));
  }
}
