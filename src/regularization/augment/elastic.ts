import { checkNumber, checkOptions, rejectUnknownOptions } from "../../errors.js";
import { randomOption } from "../../random.js";
import type { Tensor } from "../../tensor/tensor.js";
import { imagesLike, readImages } from "../images.js";
import { type GeometryOptions, geometryNames } from "./geometry.js";
import { sampleImage } from "./interpolate.js";

export interface ElasticOptions extends GeometryOptions {
  /** Typical displacement in pixels (root mean square of each coordinate); default 1. */
  readonly alpha?: number;
  /** Width of the Gaussian that smooths the displacements, in pixels; default 4. */
  readonly sigma?: number;
}

/**
 * Elastic distortion: every pixel is displaced by a smooth random field, as if the image were drawn on rubber.
 *
 * Random displacements are smoothed by a Gaussian of width σ and scaled so that their root mean square is α pixels (the paper
 * scales the smoothed field by a factor instead; here α is what moves).
 *
 * @param x images [N, C, H, W]; one field an image, the same in all channels
 * @param options.alpha pixels, default 1
 * @param options.sigma pixels, default 4
 * @param options.interpolation, options.fill, options.random as `affine`
 * @throws {RangeError} when alpha is negative or sigma is not positive
 * @see Simard, Steinkraus and Platt 2003, "Best practices for convolutional neural networks", ICDAR
 * @example
 * regularization.augment.elastic(tensor([[[[1, 2], [3, 4]]]]), { alpha: 0, random: createRandom(1) }).flatten().toArray() // [1, 2, 3, 4]
 */
export function elastic(x: Tensor, options: ElasticOptions = {}): Tensor {
  checkOptions("elastic", options);
  const { alpha = 1, sigma = 4, interpolation = "bilinear", fill = 0, random, ...rest } = options;
  rejectUnknownOptions("elastic", rest, ["alpha", "sigma", ...geometryNames]);
  checkNumber("elastic", "alpha", alpha, { min: 0 });
  checkNumber("elastic", "sigma", sigma, { above: 0 });
  checkNumber("elastic", "fill", fill);
  const generator = randomOption("elastic", random);
  const images = readImages("elastic", x);
  const { n, channels, height, width } = images;
  const source = x.data;
  const field = (): Float64Array => {
    const raw = Float64Array.from({ length: height * width }, () => generator.normal());
    const smooth = blur(blur(raw, height, width, sigma, 1), height, width, sigma, width);
    let squares = 0;
    for (const value of smooth) squares += value * value;
    const factor = squares === 0 ? 0 : alpha / Math.sqrt(squares / smooth.length);
    return smooth.map((value) => value * factor);
  };
  for (let image = 0; image < n; image++) {
    const fromX = field().map((value, i) => value + (i % width));
    const fromY = field().map((value, i) => value + Math.floor(i / width));
    const place = { start: image * channels * height * width, channels, height, width };
    sampleImage(images.values, source, place, fromX, fromY, interpolation, fill);
  }
  return imagesLike(x, images.values);
}

/** Gaussian blur along one axis (`step` 1: rows, `width`: columns); outside the image counts as 0. */
function blur(
  values: Float64Array,
  height: number,
  width: number,
  sigma: number,
  step: number,
): Float64Array {
  const radius = Math.ceil(3 * sigma);
  const weights = Array.from({ length: radius + 1 }, (_, k) => Math.exp(-(k * k) / (2 * sigma * sigma)));
  const length = step === 1 ? width : height;
  return values.map((_, i) => {
    const place = step === 1 ? i % width : Math.floor(i / width);
    let sum = 0;
    for (let k = Math.max(-radius, -place); k <= Math.min(radius, length - 1 - place); k++)
      sum += weights[Math.abs(k)]! * values[i + k * step]!;
    return sum;
  });
}
