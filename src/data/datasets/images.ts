import type { Dtype } from "../../engine/engine.js";
import { checkNumber, checkOptions, rejectUnknownOptions } from "../../errors.js";
import { type Random, randomOption } from "../../random.js";
import { tensor } from "../../tensor/create.js";
import type { ClassificationSamples } from "./classification.js";

/** Options of {@link shapes}. */
export interface ShapesOptions {
  /** Number of images; default 1000. */
  readonly n?: number;
  /** Pixels per side; default 28. */
  readonly size?: number;
  /** σ of the normal noise added to each pixel, before the values are clamped to [0, 1]; default 0.05. */
  readonly noise?: number;
  /** Largest rotation in radians, to both sides; default π/8, so that a square does not become a diamond. */
  readonly rotation?: number;
  /** Generator; default the shared one. */
  readonly random?: Random;
  readonly dtype?: Dtype;
}

/** Pictures with names of their classes. */
export interface ImageSamples extends ClassificationSamples {
  readonly classNames: readonly string[];
}

/**
 * Signed distance from the point (u, v) to the edge of a figure of radius 1 around the origin: negative inside. Exact near
 * the edges, which is what the soft pixels need.
 */
const figures: Readonly<Record<string, (u: number, v: number) => number>> = {
  circle: (u, v) => Math.sqrt(u * u + v * v) - 1,
  square: (u, v) => Math.max(Math.abs(u), Math.abs(v)) - 0.85,
  // Half planes: below, and the two slanted sides with normals at ±30°.
  triangle: (u, v) => Math.max(v - 0.6, Math.abs(u) * 0.8660254037844386 - v * 0.5 - 0.5),
  cross: (u, v) => {
    const a = Math.abs(u);
    const b = Math.abs(v);
    return Math.min(Math.max(a - 1, b - 0.33), Math.max(b - 1, a - 0.33));
  },
  ring: (u, v) => Math.abs(Math.sqrt(u * u + v * v) - 0.75) - 0.22,
};

/**
 * Drawn figures (circle, square, triangle, cross, ring) of random size, place, rotation and brightness: images for
 * convolution lessons, made without a download.
 *
 * @param options.n images, default 1000; classes take turns
 * @param options.size pixels per side, default 28
 * @param options.noise σ per pixel, default 0.05
 * @param options.rotation largest angle in radians, default π/8
 * @returns x `[n, 1, size, size]` with values 0 to 1, y `[n]` with classes 0 to 4, `classNames`
 * @example
 * data.datasets.shapes({ n: 10, size: 16 }).x.shape // [10, 1, 16, 16]
 */
export function shapes(options: ShapesOptions = {}): ImageSamples {
  checkOptions("shapes", options);
  const { n = 1000, size = 28, noise = 0.05, rotation = Math.PI / 8, ...others } = options;
  const { random, dtype = "float32", ...rest } = others;
  rejectUnknownOptions("shapes", rest, ["n", "size", "noise", "rotation", "random", "dtype"]);
  checkNumber("shapes", "n", n, { integer: true, min: 1 });
  checkNumber("shapes", "size", size, { integer: true, min: 8 });
  checkNumber("shapes", "noise", noise, { min: 0 });
  checkNumber("shapes", "rotation", rotation, { min: 0 });
  const generator = randomOption("shapes", random);
  const classNames = Object.keys(figures);
  const draw = Object.values(figures);
  const x = new Float64Array(n * size * size);
  const y = Float64Array.from({ length: n }, (_, i) => i % classNames.length);
  for (let i = 0; i < n; i++) {
    const distance = draw[y[i]!]!;
    const radius = generator.uniform(0.2, 0.35) * size;
    const centerX = size / 2 + generator.uniform(-0.12, 0.12) * size;
    const centerY = size / 2 + generator.uniform(-0.12, 0.12) * size;
    const angle = generator.uniform(-rotation, rotation);
    const brightness = generator.uniform(0.6, 1);
    const cos = Math.cos(angle) / radius;
    const sin = Math.sin(angle) / radius;
    for (let row = 0; row < size; row++)
      for (let column = 0; column < size; column++) {
        const dx = column + 0.5 - centerX;
        const dy = row + 0.5 - centerY;
        // Pixels the edge runs through are partly covered: half a pixel on either side.
        const pixels = distance(cos * dx + sin * dy, cos * dy - sin * dx) * radius;
        const covered = Math.min(1, Math.max(0, 0.5 - pixels));
        const value = brightness * covered + (noise === 0 ? 0 : generator.normal(0, noise));
        x[(i * size + row) * size + column] = Math.min(1, Math.max(0, value));
      }
  }
  return {
    x: tensor(x, { shape: [n, 1, size, size], dtype }),
    y: tensor(y, { shape: [n], dtype }),
    numClasses: classNames.length,
    classNames,
  };
}
