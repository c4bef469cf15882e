// The geometric augmentations one by one: each is `affine` with one amount, or moves whole pixels.
import { checkNumber, checkOptions, errorText, rejectUnknownOptions } from "../../errors.js";
import { type Random, randomOption } from "../../random.js";
import { tensor } from "../../tensor/create.js";
import type { Tensor } from "../../tensor/tensor.js";
import { imagesLike, readImages } from "../images.js";
import { type Amount, affineAs, type GeometryOptions } from "./geometry.js";

export interface FlipOptions {
  /** Probability of flipping an image; default 0.5. */
  readonly p?: number;
  readonly random?: Random;
}

function flip(where: string, x: Tensor, options: FlipOptions, isHorizontal: boolean): Tensor {
  checkOptions(where, options);
  const { p = 0.5, random, ...rest } = options;
  rejectUnknownOptions(where, rest, ["p", "random"]);
  checkNumber(where, "p", p, { min: 0, max: 1 });
  const generator = randomOption(where, random);
  const images = readImages(where, x);
  const { n, channels, height, width, values } = images;
  for (let image = 0; image < n; image++) {
    if (generator.uniform() >= p) continue;
    for (let plane = image * channels; plane < (image + 1) * channels; plane++) {
      const start = plane * height * width;
      const block = values.subarray(start, start + height * width);
      if (isHorizontal)
        for (let row = 0; row < height; row++) block.subarray(row * width, (row + 1) * width).reverse();
      else {
        const rows = block.slice();
        for (let row = 0; row < height; row++)
          block.set(rows.subarray((height - 1 - row) * width, (height - row) * width), row * width);
      }
    }
  }
  return imagesLike(x, values);
}

/**
 * Mirrors images left to right, each with probability p. Wrong for digits and letters.
 *
 * @param x images [N, C, H, W]
 * @param options.p default 0.5
 * @param options.random default the shared generator
 * @example
 * regularization.augment.flipHorizontal(tensor([[[[1, 2, 3]]]]), { p: 1 }).flatten().toArray() // [3, 2, 1]
 */
export function flipHorizontal(x: Tensor, options: FlipOptions = {}): Tensor {
  return flip("flipHorizontal", x, options, true);
}

/**
 * Mirrors images top to bottom, each with probability p. Right where up and down mean nothing (seen from above, through a
 * microscope).
 *
 * @param x images [N, C, H, W]
 * @param options.p default 0.5
 * @param options.random default the shared generator
 * @example
 * regularization.augment.flipVertical(tensor([[[[1], [2], [3]]]]), { p: 1 }).flatten().toArray() // [3, 2, 1]
 */
export function flipVertical(x: Tensor, options: FlipOptions = {}): Tensor {
  return flip("flipVertical", x, options, false);
}

/**
 * Rotates images about their centre, counter-clockwise. Quarter turns of square images move pixels without blurring.
 *
 * @param x images [N, C, H, W]
 * @param options.angle degrees, or `[low, high]` drawn for each image; default [−15, 15]
 * @param options.interpolation, options.fill, options.random as `affine`
 * @example
 * regularization.augment.rotate(tensor([[[[1, 2], [3, 4]]]]), { angle: 180 }).flatten().toArray() // [4, 3, 2, 1]
 */
export function rotate(x: Tensor, options: GeometryOptions & { readonly angle?: Amount } = {}): Tensor {
  return only("rotate", x, { angle: [-15, 15], ...options }, ["angle"]);
}

/**
 * Moves images.
 *
 * @param x images [N, C, H, W]
 * @param options.translateX pixels to the right, options.translateY pixels down: numbers or ranges; default [−2, 2]
 * @param options.interpolation, options.fill, options.random as `affine`
 * @example
 * regularization.augment.translate(tensor([[[[1, 2, 3]]]]), { translateX: 1, translateY: 0 }).flatten().toArray() // [0, 1, 2]
 */
export function translate(
  x: Tensor,
  options: GeometryOptions & { readonly translateX?: Amount; readonly translateY?: Amount } = {},
): Tensor {
  return only("translate", x, { translateX: [-2, 2], translateY: [-2, 2], ...options }, [
    "translateX",
    "translateY",
  ]);
}

/**
 * Magnifies (> 1) or shrinks (< 1) images about their centre.
 *
 * @param x images [N, C, H, W]
 * @param options.scale a number or a range; default [0.9, 1.1]
 * @param options.interpolation, options.fill, options.random as `affine`
 * @example
 * regularization.augment.scale(tensor([[[[0, 4, 0]]]]), { scale: 2 }).flatten().toArray() // [2, 4, 2]
 */
export function scale(x: Tensor, options: GeometryOptions & { readonly scale?: Amount } = {}): Tensor {
  return only("scale", x, { scale: [0.9, 1.1], ...options }, ["scale"]);
}

/**
 * Leans images: rows above the centre move right, rows below it left, by the tangent of the angle.
 *
 * @param x images [N, C, H, W]
 * @param options.shear degrees, or a range; default [−10, 10]
 * @param options.interpolation, options.fill, options.random as `affine`
 * @example
 * regularization.augment.shear(tensor([[[[1, 0, 0], [0, 1, 0], [0, 0, 1]]]]), { shear: 45 }).flatten().toArray() // [0, 1, 0, 0, 1, 0, 0, 1, 0]
 */
export function shear(x: Tensor, options: GeometryOptions & { readonly shear?: Amount } = {}): Tensor {
  return only("shear", x, { shear: [-10, 10], ...options }, ["shear"]);
}

/** `affine` with some of its amounts; the others are unknown options here. */
function only(where: string, x: Tensor, options: object, allowed: readonly string[]): Tensor {
  checkOptions(where, options);
  const names = [...allowed, "interpolation", "fill", "random"];
  rejectUnknownOptions(
    where,
    Object.fromEntries(Object.entries(options).filter(([key]) => !names.includes(key))),
    names,
  );
  return affineAs(where, x, options);
}

export interface CropOptions {
  /** Height and width of the result in pixels, or one number for both; default the size of x. */
  readonly size?: number | readonly [number, number];
  /** Pixels of `fill` added on every side first; default 0. */
  readonly padding?: number;
  readonly fill?: number;
  readonly random?: Random;
}

/**
 * Cuts a random window out of each image, after padding it.
 *
 * @param x images [N, C, H, W]
 * @param options.size of the window; default the size of x (then padding moves the image about)
 * @param options.padding pixels on each side; default 0
 * @param options.fill value of the padding; default 0
 * @param options.random default the shared generator
 * @returns shape [N, C, size, size]
 * @throws {RangeError} when the window is larger than the padded image
 * @example
 * regularization.augment.crop(tensor([[[[1, 2, 3]]]]), { size: [1, 2], random: createRandom(1) }).shape // [1, 1, 1, 2]
 */
export function crop(x: Tensor, options: CropOptions = {}): Tensor {
  checkOptions("crop", options);
  const { size, padding = 0, fill = 0, random, ...rest } = options;
  rejectUnknownOptions("crop", rest, ["size", "padding", "fill", "random"]);
  checkNumber("crop", "padding", padding, { integer: true, min: 0 });
  checkNumber("crop", "fill", fill);
  const { n, channels, height, width } = readImages("crop", x);
  const [outHeight, outWidth] = typeof size === "number" ? [size, size] : (size ?? [height, width]);
  checkNumber("crop", "size", outHeight, { integer: true, min: 1 });
  checkNumber("crop", "size", outWidth, { integer: true, min: 1 });
  const spareY = height + 2 * padding - outHeight;
  const spareX = width + 2 * padding - outWidth;
  if (spareY < 0 || spareX < 0) {
    const text = `size must fit into the padded image, got ${outHeight} × ${outWidth} for ${height + 2 * padding} × ${width + 2 * padding}`;
    throw new RangeError(errorText("crop", text));
  }
  const generator = randomOption("crop", random);
  const source = x.data;
  const values =
    x.dtype === "float32"
      ? new Float32Array(n * channels * outHeight * outWidth)
      : new Float64Array(n * channels * outHeight * outWidth);
  values.fill(fill);
  for (let image = 0; image < n; image++) {
    const top = generator.integer(spareY + 1) - padding;
    const left = generator.integer(spareX + 1) - padding;
    for (let plane = image * channels; plane < (image + 1) * channels; plane++)
      for (let row = 0; row < outHeight; row++)
        for (let column = 0; column < outWidth; column++) {
          const y = row + top;
          const z = column + left;
          if (y >= 0 && y < height && z >= 0 && z < width)
            values[(plane * outHeight + row) * outWidth + column] = source[(plane * height + y) * width + z]!;
        }
  }
  return tensor(values, { shape: [n, channels, outHeight, outWidth], dtype: x.dtype });
}
