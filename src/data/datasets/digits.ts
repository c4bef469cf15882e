import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import type { Dtype } from "../../engine/engine.js";
import { checkBoolean, checkNumber, checkOptions, rejectUnknownOptions } from "../../errors.js";
import { type Random, randomOption } from "../../random.js";
import { tensor } from "../../tensor/create.js";
import type { Tensor } from "../../tensor/tensor.js";
import { readIdx } from "../readIdx.js";
import type { ClassificationSamples } from "./classification.js";

/** Options of {@link digits}. */
export interface DigitsOptions {
  /** How many images, from the first; default all 1797. */
  readonly n?: number;
  /** Whether x is `[n, 64]` instead of `[n, 1, 8, 8]`; default false. */
  readonly flat?: boolean;
  /** Shuffles the images before the first n are taken; default: the order of the file, where writers stand together. */
  readonly random?: Random;
  readonly dtype?: Dtype;
}

/** The folder `assets` of the package: beside `src` in the sources, two levels up in the compiled form. */
function assetPath(name: string): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const candidate = join(folder, "assets", name);
    if (existsSync(candidate)) return candidate;
    const parent = dirname(folder);
    if (parent === folder)
      throw new Error(
        `digits: the file assets/${name} of the package is missing\n  help: install gradbook again`,
      );
    folder = parent;
  }
}

const readAsset = (name: string): Tensor => readIdx(gunzipSync(readFileSync(assetPath(name))));

/** Pixels 0 to 16 and labels 0 to 9, read once. */
let file: { readonly images: Tensor; readonly labels: Tensor } | undefined;

/**
 * Handwritten digits: 1797 grey images of 8 by 8 pixels, in the order of scikit-learn's `load_digits`.
 *
 * The pixels count ink in 4 by 4 blocks of a scan, from 0 to 16; here they are divided by 16. The images come from
 * 13 writers, in runs: a random split puts a writer on both sides and flatters the test score a little.
 *
 * @param options.n number of images, default all 1797
 * @param options.flat x as `[n, 64]`, default false
 * @param options.random shuffles first; default keeps the order
 * @returns x `[n, 1, 8, 8]` with values 0 to 1, y `[n]` with the digits
 * @see Alpaydin and Kaynak 1998, "Optical Recognition of Handwritten Digits", UCI Machine Learning Repository,
 *   doi:10.24432/C50P49, CC BY 4.0
 * @example
 * data.datasets.digits({ n: 4 }).y.toArray() // [0, 1, 2, 3]
 */
export function digits(options: DigitsOptions = {}): ClassificationSamples {
  checkOptions("digits", options);
  const { n = 1797, flat = false, random, dtype = "float32", ...rest } = options;
  rejectUnknownOptions("digits", rest, ["n", "flat", "random", "dtype"]);
  checkNumber("digits", "n", n, { integer: true, min: 1, max: 1797 });
  checkBoolean("digits", "flat", flat);
  file ??= { images: readAsset("digits-images.idx.gz"), labels: readAsset("digits-labels.idx.gz") };
  const order = random === undefined ? null : randomOption("digits", random).permutation(1797);
  const x = new Float64Array(n * 64);
  const y = new Float64Array(n);
  const images = file.images.data;
  const labels = file.labels.data;
  for (let i = 0; i < n; i++) {
    const from = order === null ? i : order[i]!;
    y[i] = labels[from]!;
    for (let pixel = 0; pixel < 64; pixel++) x[i * 64 + pixel] = images[from * 64 + pixel]! / 16;
  }
  const shape = flat ? [n, 64] : [n, 1, 8, 8];
  return { x: tensor(x, { shape, dtype }), y: tensor(y, { shape: [n], dtype }), numClasses: 10 };
}
