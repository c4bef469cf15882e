import type { Dtype } from "../../engine/engine.js";
import { checkNumber, checkOptions, errorText, rejectUnknownOptions, ShapeError } from "../../errors.js";
import { type Random, randomOption } from "../../random.js";
import { tensor } from "../../tensor/create.js";
import type { Samples } from "../dataset.js";

/** Points with class numbers. */
export interface ClassificationSamples extends Samples {
  readonly numClasses: number;
}

/** Options of every set of points. */
export interface PointsOptions {
  /** Number of samples over all classes, which differ by at most one sample. */
  readonly n?: number;
  /** σ of the normal noise added to each coordinate. */
  readonly noise?: number;
  /** Generator; default the shared one. */
  readonly random?: Random;
  readonly dtype?: Dtype;
}

const pointsKeys = ["n", "noise", "random", "dtype"];

/**
 * Samples i = 0 … n − 1 belong to class i mod numClasses; `place` gives the point without noise. Classes alternate, so any run of
 * samples is balanced; shuffle before splitting all the same.
 */
function samplePoints(
  where: string,
  numClasses: number,
  features: number,
  place: (label: number, random: Random) => readonly number[],
  options: PointsOptions,
  defaults: { readonly n: number; readonly noise: number },
): ClassificationSamples {
  const { n = defaults.n, noise = defaults.noise, random, dtype = "float32", ...rest } = options;
  rejectUnknownOptions(where, rest, pointsKeys);
  checkNumber(where, "n", n, { integer: true, min: 1 });
  checkNumber(where, "noise", noise, { min: 0 });
  const generator = randomOption(where, random);
  const x = new Float64Array(n * features);
  const y = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    y[i] = i % numClasses;
    const point = place(y[i]!, generator);
    for (let f = 0; f < features; f++) x[i * features + f] = point[f]! + noise * generator.normal();
  }
  return { x: tensor(x, { shape: [n, features], dtype }), y: tensor(y, { shape: [n], dtype }), numClasses };
}

/**
 * Two half circles that reach into each other: no straight line separates them.
 *
 * Class 0: `(cos t, sin t)`; class 1: `(1 − cos t, ½ − sin t)`; t uniform in [0, π].
 *
 * @param options.n samples, default 200
 * @param options.noise σ per coordinate, default 0.1
 * @returns x `[n, 2]`, y `[n]` with classes 0 and 1
 * @example
 * data.datasets.moons({ n: 6 }).y.toArray() // [0, 1, 0, 1, 0, 1]
 */
export function moons(options: PointsOptions = {}): ClassificationSamples {
  checkOptions("moons", options);
  const place = (label: number, random: Random): readonly number[] => {
    const t = random.uniform(0, Math.PI);
    return label === 0 ? [Math.cos(t), Math.sin(t)] : [1 - Math.cos(t), 0.5 - Math.sin(t)];
  };
  return samplePoints("moons", 2, 2, place, options, { n: 200, noise: 0.1 });
}

/** Options of {@link spirals}. */
export interface SpiralsOptions extends PointsOptions {
  /** Number of arms; default 2. */
  readonly classes?: number;
  /** How often each arm turns around the center; default 1.5. */
  readonly turns?: number;
}

/**
 * Arms that wind around a common center: hard for small networks.
 *
 * Arm c at distance r, r uniform in [0.05, 1]: angle `2π(turns·r + c / classes)`.
 *
 * @param options.n samples, default 300
 * @param options.noise σ per coordinate, default 0.03
 * @param options.classes arms, default 2
 * @param options.turns default 1.5
 * @returns x `[n, 2]` within about the unit circle, y `[n]`
 * @example
 * data.datasets.spirals({ n: 5, classes: 3 }).y.toArray() // [0, 1, 2, 0, 1]
 */
export function spirals(options: SpiralsOptions = {}): ClassificationSamples {
  checkOptions("spirals", options);
  const { classes = 2, turns = 1.5, ...rest } = options;
  checkNumber("spirals", "classes", classes, { integer: true, min: 1 });
  checkNumber("spirals", "turns", turns);
  const place = (label: number, random: Random): readonly number[] => {
    const r = random.uniform(0.05, 1);
    const angle = 2 * Math.PI * (turns * r + label / classes);
    return [r * Math.cos(angle), r * Math.sin(angle)];
  };
  return samplePoints("spirals", classes, 2, place, rest, { n: 300, noise: 0.03 });
}

/** Options of {@link blobs}. */
export interface BlobsOptions extends PointsOptions {
  /** One point a class; default three classes on a circle of radius 3. */
  readonly centers?: readonly (readonly number[])[];
  /** Number of classes on the circle when `centers` is not given; default 3. */
  readonly classes?: number;
}

/**
 * Round clouds of points, one a class.
 *
 * @param options.n samples, default 300
 * @param options.noise σ of the clouds per coordinate, default 1
 * @param options.centers their centers, any number of features; default `classes` points on a circle of radius 3
 * @param options.classes default 3
 * @returns x `[n, features]`, y `[n]`
 * @throws {RangeError} when both `centers` and `classes` are given
 * @example
 * data.datasets.blobs({ n: 2, centers: [[0, 0], [5, 5]], noise: 0 }).x.toArray() // [[0, 0], [5, 5]]
 */
export function blobs(options: BlobsOptions = {}): ClassificationSamples {
  checkOptions("blobs", options);
  const { centers, classes, ...rest } = options;
  if (centers !== undefined && classes !== undefined)
    throw new RangeError(
      errorText(
        "blobs",
        `classes must not be given with centers, got classes ${classes} and ${centers.length} centers`,
        "",
        "drop classes: there is one class a center",
      ),
    );
  const count = checkNumber("blobs", "classes", centers?.length ?? classes ?? 3, { integer: true, min: 1 });
  const points =
    centers ??
    Array.from({ length: count }, (_, c) => {
      const angle = (2 * Math.PI * c) / count;
      return [3 * Math.cos(angle), 3 * Math.sin(angle)];
    });
  const features = points[0]!.length;
  for (const [c, point] of points.entries())
    if (point.length !== features)
      throw new ShapeError(
        errorText(
          "blobs",
          `all centers must have ${features} coordinates as the first, got ${point.length} in center ${c}`,
        ),
      );
  return samplePoints("blobs", count, features, (label) => points[label]!, rest, { n: 300, noise: 1 });
}
