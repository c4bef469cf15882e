import { checkBoolean, checkNumber, checkOptions, errorText, rejectUnknownOptions } from "../errors.js";
import { type Random, randomOption } from "../random.js";
import { checkSamples, type Dataset, type Samples, takeRows } from "./dataset.js";
import { type SampleOrder, type SampleOrderOptions, sampleOrder } from "./sampleOrder.js";

/** Options of {@link DataLoader}. */
export interface DataLoaderOptions extends SampleOrderOptions {
  /** Samples in a batch; required. */
  readonly batchSize: number;
  /** Leave out the last batch of an epoch when it is short; default false. */
  readonly dropLast?: boolean;
  /** Generator of the orders; default the shared one. Needs shuffle. */
  readonly random?: Random;
}

/** Some samples, with their places in the data. */
export interface Batch extends Samples {
  readonly indices: Int32Array;
}

/** The orders of the next epochs: what `shuffle` and `dropLast` mean, as numbers. A notebook shows them as colors, epoch × position. */
export class LoaderExplanation {
  /** For each epoch the sample indices in the order they are visited; left-out samples are not in it. */
  readonly orders: readonly (readonly number[])[];
  readonly batchSize: number;
  /** Samples that the epochs never visit: those a short last batch would have had. */
  readonly leftOut: readonly (readonly number[])[];

  constructor(
    orders: readonly (readonly number[])[],
    batchSize: number,
    leftOut: readonly (readonly number[])[],
  ) {
    this.orders = orders;
    this.batchSize = batchSize;
    this.leftOut = leftOut;
  }

  /** One line an epoch, batches apart: `epoch 1 | 3 0 | 2 1`. Long epochs are cut. */
  toString(): string {
    return this.orders
      .map((order, epoch) => {
        const batches: string[] = [];
        for (let start = 0; start < Math.min(order.length, 40); start += this.batchSize)
          batches.push(order.slice(start, start + this.batchSize).join(" "));
        const more = order.length > 40 ? ` | … ${order.length} samples` : "";
        const left = this.leftOut[epoch]!;
        const dropped = left.length === 0 ? "" : `   left out: ${left.slice(0, 20).join(" ")}`;
        return `epoch ${epoch + 1} | ${batches.join(" | ")}${more}${dropped}`;
      })
      .join("\n");
  }

  [Symbol.for("Jupyter.display")](): Readonly<Record<string, string>> {
    return { "text/plain": this.toString() };
  }
}

/**
 * Cuts samples into batches, epoch after epoch.
 *
 * Each `for (const batch of loader)` is one epoch. With `shuffle` every epoch draws a new permutation of all samples and cuts it
 * into batches: each sample comes exactly once an epoch, as in PyTorch. Without it the order is that of the data. The last batch
 * is short when `batchSize` does not divide the number of samples, unless `dropLast` leaves it out. Shuffling the validation data
 * changes no metric; shuffling a series whose order matters destroys it.
 *
 * The orders depend on `random` at the time the loader is made: two loaders with `createRandom(1)` give the same batches,
 * whatever else is drawn in between. That is how several models are trained on identical batches.
 *
 * @param source `{x, y}` whose first axes count the samples, or a {@link Dataset}
 * @param options.batchSize samples in a batch
 * @param options.shuffle a new permutation each epoch; default false
 * @param options.dropLast leave out a short last batch; default false
 * @param options.replacement draw each sample anew (bootstrap); default false
 * @param options.weights how often each sample is drawn; needs replacement
 * @param options.indices use only these samples; default all
 * @param options.random generator; default the shared one
 * @throws {ShapeError} when x and y count different numbers of samples
 * @throws {RangeError} for options that would be ignored (`random` without `shuffle`) or leave no batch
 * @example
 * const x = tensor([[0], [1], [2], [3], [4]]);
 * const loader = new data.DataLoader({ x, y: x }, { batchSize: 2 });
 * [...loader].map((batch) => batch.x.size) // [2, 2, 1]
 * loader.length // 3
 */
export class DataLoader implements Iterable<Batch> {
  readonly batchSize: number;
  readonly dropLast: boolean;
  /** Samples an epoch visits. */
  readonly sampleCount: number;
  readonly #source: Samples | Dataset;
  readonly #order: SampleOrder;
  readonly #random: Random;
  #epoch = 0;

  constructor(source: Samples | Dataset, options: DataLoaderOptions) {
    const where = "DataLoader";
    checkOptions(where, options);
    const { batchSize, dropLast = false, random, shuffle, replacement, weights, indices, ...rest } = options;
    rejectUnknownOptions(where, rest, [
      "batchSize",
      "dropLast",
      "random",
      "shuffle",
      "replacement",
      "weights",
      "indices",
    ]);
    checkNumber(where, "batchSize", batchSize, { integer: true, min: 1 });
    checkBoolean(where, "dropLast", dropLast);
    if (random !== undefined && !shuffle)
      throw new RangeError(
        errorText(
          where,
          "random needs shuffle, got shuffle false",
          "",
          "pass {shuffle: true} or drop random",
        ),
      );
    const available = "x" in source ? checkSamples(where, source) : source.length;
    this.#order = sampleOrder(where, available, { shuffle, replacement, weights, indices });
    const samples = indices?.length ?? available;
    if (dropLast && samples < batchSize)
      throw new RangeError(
        errorText(
          where,
          `dropLast needs at least one full batch, got ${samples} samples for batchSize ${batchSize}`,
          "",
          "drop dropLast or take a smaller batchSize",
        ),
      );
    this.#source = source;
    this.batchSize = batchSize;
    this.dropLast = dropLast;
    this.sampleCount = dropLast ? samples - (samples % batchSize) : samples;
    const parent = randomOption(where, random);
    // A generator of its own: what others draw from the same generator later does not change the batches.
    this.#random = shuffle ? parent.split(`loader ${parent.bits()}`) : parent;
  }

  /** Batches in an epoch. */
  get length(): number {
    return Math.ceil(this.sampleCount / this.batchSize);
  }

  /** Epochs begun so far. */
  get epoch(): number {
    return this.#epoch;
  }

  /** Begins the next epoch. */
  *[Symbol.iterator](): Generator<Batch, void, undefined> {
    const order = this.#orderOf(this.#epoch++);
    for (let start = 0; start < this.sampleCount; start += this.batchSize) {
      const indices = order.subarray(start, Math.min(start + this.batchSize, this.sampleCount));
      yield this.#batch(indices);
    }
  }

  /** The orders of the next `epochs` epochs, without beginning them. @param options.epochs default 3 */
  explain(options: { readonly epochs?: number } = {}): LoaderExplanation {
    checkOptions("explain", options);
    const { epochs = 3, ...rest } = options;
    rejectUnknownOptions("explain", rest, ["epochs"]);
    checkNumber("explain", "epochs", epochs, { integer: true, min: 1 });
    const orders = Array.from({ length: epochs }, (_, i) => [...this.#orderOf(this.#epoch + i)]);
    return new LoaderExplanation(
      orders.map((order) => order.slice(0, this.sampleCount)),
      this.batchSize,
      orders.map((order) => order.slice(this.sampleCount)),
    );
  }

  #orderOf(epoch: number): Int32Array {
    return this.#order(this.#random.split(`epoch ${epoch}`));
  }

  #batch(indices: Int32Array): Batch {
    const source = this.#source;
    if (!("x" in source)) return { ...source.batch(indices), indices };
    return { x: takeRows(source.x, indices), y: takeRows(source.y, indices), indices };
  }
}
