// Geometric augmentation: every output pixel asks where it came from (the inverse map) and is interpolated there. Angles turn
// counter-clockwise as seen; x grows to the right, y downward; the centre is that of the image, ((W − 1)/2, (H − 1)/2).
import {
  checkChoice,
  checkNumber,
  checkOptions,
  errorText,
  rejectUnknownOptions,
  showValue,
} from "../../errors.js";
import { type Random, randomOption } from "../../random.js";
import type { Tensor } from "../../tensor/tensor.js";
import { type ImageBatch, imagesLike, readImages } from "../images.js";
import { type Interpolation, sampleImage } from "./interpolate.js";

/** A value for all images, or the ends of a range from which each image draws its own. */
export type Amount = number | readonly [number, number];

/** Options all geometric augmentations share. */
export interface GeometryOptions {
  /** Default "bilinear". */
  readonly interpolation?: Interpolation;
  /** Value outside the image; default 0. */
  readonly fill?: number;
  /** Default the shared generator. */
  readonly random?: Random;
}

export const geometryNames = ["interpolation", "fill", "random"];

/** Reads an amount: a function that gives one image its value. */
export function readAmount(
  where: string,
  name: string,
  amount: unknown,
  positive = false,
): (random: Random) => number {
  const bounds = positive ? { above: 0 } : {};
  if (Array.isArray(amount)) {
    const low = checkNumber(where, `${name}[0]`, amount[0], bounds);
    const high = checkNumber(where, `${name}[1]`, amount[1], bounds);
    if (amount.length !== 2 || low > high) {
      const text = `${name} must be a number or [low, high], got ${showValue(amount)}`;
      throw new RangeError(errorText(where, text));
    }
    return (random) => random.uniform(low, high);
  }
  const value = checkNumber(where, name, amount, bounds);
  return () => value;
}

/** Where an output pixel (x, y), measured from the centre, comes from: `[a·x + b·y + e, c·x + d·y + f]`. */
export type InverseMap = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

/** Applies one inverse map to each image. */
export function warp(
  where: string,
  x: Tensor,
  options: GeometryOptions,
  mapFor: (random: Random, images: ImageBatch) => InverseMap,
): Tensor {
  const { interpolation = "bilinear", fill = 0, random } = options;
  checkChoice(where, "interpolation", interpolation, ["bilinear", "nearest"]);
  checkNumber(where, "fill", fill);
  const generator = randomOption(where, random);
  const images = readImages(where, x);
  const { n, channels, height, width } = images;
  const source = x.data;
  const plane = height * width;
  const fromX = new Float64Array(plane);
  const fromY = new Float64Array(plane);
  const centerX = (width - 1) / 2;
  const centerY = (height - 1) / 2;
  for (let image = 0; image < n; image++) {
    const [a, b, c, d, e, f] = mapFor(generator, images);
    for (let row = 0, i = 0; row < height; row++)
      for (let column = 0; column < width; column++, i++) {
        const dx = column - centerX;
        const dy = row - centerY;
        fromX[i] = a * dx + b * dy + e + centerX;
        fromY[i] = c * dx + d * dy + f + centerY;
      }
    const place = { start: image * channels * plane, channels, height, width };
    sampleImage(images.values, source, place, fromX, fromY, interpolation, fill);
  }
  return imagesLike(x, images.values);
}

export interface AffineOptions extends GeometryOptions {
  /** Degrees, counter-clockwise; default 0. */
  readonly angle?: Amount;
  /** Pixels to the right; default 0. */
  readonly translateX?: Amount;
  /** Pixels down; default 0. */
  readonly translateY?: Amount;
  /** Magnification; default 1. */
  readonly scale?: Amount;
  /** Degrees by which vertical lines lean to the right; default 0. */
  readonly shear?: Amount;
}

/**
 * Shears, scales, rotates, then moves each image about its centre; one interpolation for all of it.
 *
 * Each amount is a number for all images or `[low, high]`, from which every image draws its own value.
 *
 * @param x images [N, C, H, W]
 * @param options.angle degrees counter-clockwise; default 0
 * @param options.translateX, options.translateY pixels right and down; default 0
 * @param options.scale magnification, greater than 0; default 1
 * @param options.shear degrees from −89 to 89; default 0
 * @param options.interpolation "bilinear" or "nearest"; default "bilinear"
 * @param options.fill value outside the image; default 0
 * @param options.random default the shared generator
 * @throws {ShapeError} when x is not [N, C, H, W], {RangeError} for impossible amounts
 * @example
 * regularization.augment.affine(tensor([[[[1, 2], [3, 4]]]]), { angle: 90 }).flatten().toArray() // [2, 4, 1, 3]
 */
export function affine(x: Tensor, options: AffineOptions = {}): Tensor {
  return affineAs("affine", x, options);
}

/** `affine` under the name of the function that uses it. */
export function affineAs(where: string, x: Tensor, options: AffineOptions): Tensor {
  checkOptions(where, options);
  const { angle = 0, translateX = 0, translateY = 0, scale = 1, shear = 0, ...common } = options;
  const { interpolation: _i, fill: _f, random: _r, ...rest } = common;
  rejectUnknownOptions(where, rest, [
    "angle",
    "translateX",
    "translateY",
    "scale",
    "shear",
    ...geometryNames,
  ]);
  const amounts = {
    angle: readAmount(where, "angle", angle),
    x: readAmount(where, "translateX", translateX),
    y: readAmount(where, "translateY", translateY),
    scale: readAmount(where, "scale", scale, true),
    shear: readAmount(where, "shear", shear),
  };
  return warp(where, x, common, (random) => {
    const turn = (amounts.angle(random) * Math.PI) / 180;
    const moveX = amounts.x(random);
    const moveY = amounts.y(random);
    const size = amounts.scale(random);
    const lean = checkNumber(where, "shear", amounts.shear(random), { min: -89, max: 89 });
    return inverseOf(
      exactly(Math.cos(turn)),
      exactly(Math.sin(turn)),
      moveX,
      moveY,
      size,
      Math.tan((lean * Math.PI) / 180),
    );
  });
}

/** Cosine and sine of a quarter turn are 0 and ±1, not 6e-17: such turns then move pixels without blurring them. */
const exactly = (value: number): number =>
  Math.abs(value - Math.round(value)) < 1e-12 ? Math.round(value) : value;

/** The inverse of: shear, scale, rotate counter-clockwise (y points down), move. */
function inverseOf(
  cos: number,
  sin: number,
  moveX: number,
  moveY: number,
  scale: number,
  slope: number,
): InverseMap {
  // forward: [x', y'] = s·[[cos, sin], [−sin, cos]]·[[1, −slope], [0, 1]]·[x, y] + move
  const p = scale * cos;
  const q = scale * (sin - cos * slope);
  const r = -scale * sin;
  const s = scale * (cos + sin * slope);
  const determinant = p * s - q * r;
  const a = s / determinant;
  const b = -q / determinant;
  const c = -r / determinant;
  const d = p / determinant;
  return [a, b, c, d, -(a * moveX + b * moveY), -(c * moveX + d * moveY)];
}
