import { checkNumber, checkOptions, errorText, rejectUnknownOptions, showValue } from "../errors.js";
import { type Random, randomOption } from "../random.js";
import type { Tensor } from "../tensor/tensor.js";
import { type Box, clippedBox } from "./box.js";
import { type ImageBatch, imagesLike, readImages } from "./images.js";

/** Writes one value for each pixel of a box, in all channels. */
function fillBox(images: ImageBatch, image: number, box: Box, value: () => number): void {
  const { values, channels, height, width } = images;
  for (let channel = 0; channel < channels; channel++)
    for (let row = box.top; row < box.bottom; row++) {
      const start = ((image * channels + channel) * height + row) * width;
      for (let column = box.left; column < box.right; column++) values[start + column] = value();
    }
}

export interface CutoutOptions {
  /** Side of the square in pixels; default 16. */
  readonly size?: number;
  /** Squares an image; default 1. */
  readonly holes?: number;
  readonly random?: Random;
}

/**
 * Cutout: sets squares of each image to 0. The label stays. Apply it after normalizing, so that 0 is the mean.
 *
 * The centre is uniform over the pixels and the square is clipped at the borders, so it may lie partly outside: that matters
 * as much as the square itself.
 *
 * @param x images [N, C, H, W]; every image gets its own squares, the same in all channels
 * @param options.size side in pixels; default 16 (the paper: 16 for CIFAR-10, 8 for CIFAR-100, 20 for SVHN)
 * @param options.holes default 1
 * @param options.random default the shared generator
 * @throws {ShapeError} when x is not [N, C, H, W], {RangeError} for sizes below 1
 * @see DeVries and Taylor 2017, arXiv:1708.04552
 * @example
 * const cut = regularization.cutout(tensor([[[[1, 1], [1, 1]]]]), { size: 4, random: createRandom(1) });
 * cut.sum().item() // 0: a square of side 4 covers a 2 × 2 image wherever it is
 */
export function cutout(x: Tensor, options: CutoutOptions = {}): Tensor {
  checkOptions("cutout", options);
  const { size = 16, holes = 1, random, ...rest } = options;
  rejectUnknownOptions("cutout", rest, ["size", "holes", "random"]);
  checkNumber("cutout", "size", size, { integer: true, min: 1 });
  checkNumber("cutout", "holes", holes, { integer: true, min: 1 });
  const images = readImages("cutout", x);
  const generator = randomOption("cutout", random);
  for (let image = 0; image < images.n; image++)
    for (let hole = 0; hole < holes; hole++) {
      const centerY = generator.integer(images.height);
      const centerX = generator.integer(images.width);
      // An odd side has its extra pixel below and to the right.
      const box = clippedBox(centerY, centerX, size, size, images.height, images.width);
      const odd = size % 2;
      const whole = {
        ...box,
        bottom: Math.min(images.height, box.bottom + odd),
        right: Math.min(images.width, box.right + odd),
      };
      fillBox(images, image, whole, () => 0);
    }
  return imagesLike(x, images.values);
}

export interface RandomErasingOptions {
  /** Probability of erasing an image; default 0.5. */
  readonly p?: number;
  /** Smallest and largest share of the area; default [0.02, 0.33]. */
  readonly scale?: readonly [number, number];
  /** Smallest and largest height/width, drawn log-uniformly; default [0.3, 3.3]. */
  readonly ratio?: readonly [number, number];
  /** What is written: a number, or "random" for standard normal noise; default 0. */
  readonly value?: number | "random";
  readonly random?: Random;
}

/**
 * Random erasing: with probability p a rectangle that lies **inside** the image is replaced by a constant or by noise.
 *
 * Area and aspect ratio are drawn; a rectangle that does not fit is drawn again, ten times, then the image stays as it is
 * (as in torchvision). The label stays.
 *
 * @param x images [N, C, H, W]
 * @param options.p default 0.5
 * @param options.scale default [0.02, 0.33]
 * @param options.ratio default [0.3, 3.3]
 * @param options.value default 0
 * @param options.random default the shared generator
 * @throws {RangeError} when p is outside [0, 1] or a range is empty
 * @see Zhong, Zheng, Kang, Li and Yang 2017, arXiv:1708.04896
 * @example
 * regularization.randomErasing(ones([1, 1, 8, 8]), { p: 1, random: createRandom(1) }).min().item() // 0
 */
export function randomErasing(x: Tensor, options: RandomErasingOptions = {}): Tensor {
  checkOptions("randomErasing", options);
  const { p = 0.5, scale = [0.02, 0.33], ratio = [0.3, 3.3], value = 0, random, ...rest } = options;
  rejectUnknownOptions("randomErasing", rest, ["p", "scale", "ratio", "value", "random"]);
  checkNumber("randomErasing", "p", p, { min: 0, max: 1 });
  checkRange("scale", scale, 1);
  checkRange("ratio", ratio, Number.POSITIVE_INFINITY);
  if (value !== "random") checkNumber("randomErasing", "value", value);
  const images = readImages("randomErasing", x);
  const generator = randomOption("randomErasing", random);
  for (let image = 0; image < images.n; image++) {
    if (generator.uniform() >= p) continue;
    const box = drawErasing(images.height, images.width, scale, ratio, generator);
    if (box !== null) fillBox(images, image, box, () => (value === "random" ? generator.normal() : value));
  }
  return imagesLike(x, images.values);
}

function checkRange(name: string, range: unknown, limit: number): void {
  const [low, high] = Array.isArray(range) ? range : [];
  if (typeof low === "number" && typeof high === "number" && low > 0 && low <= high && high <= limit) return;
  const upper = Number.isFinite(limit) ? ` <= ${limit}` : "";
  const text = `${name} must be [low, high] with 0 < low <= high${upper}, got ${showValue(range)}`;
  throw new RangeError(errorText("randomErasing", text));
}

function drawErasing(
  height: number,
  width: number,
  scale: readonly [number, number],
  ratio: readonly [number, number],
  random: Random,
): Box | null {
  for (let attempt = 0; attempt < 10; attempt++) {
    const pixels = height * width * random.uniform(scale[0], scale[1]);
    const aspect = Math.exp(random.uniform(Math.log(ratio[0]), Math.log(ratio[1])));
    const boxHeight = Math.round(Math.sqrt(pixels * aspect));
    const boxWidth = Math.round(Math.sqrt(pixels / aspect));
    if (boxHeight >= height || boxWidth >= width || boxHeight === 0 || boxWidth === 0) continue;
    const top = random.integer(height - boxHeight + 1);
    const left = random.integer(width - boxWidth + 1);
    return { top, left, bottom: top + boxHeight, right: left + boxWidth };
  }
  return null;
}
