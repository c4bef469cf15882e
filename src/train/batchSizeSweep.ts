import type { Samples } from "../data/dataset.js";
import { checkNumber, checkOptions, errorText, showValue } from "../errors.js";
import type { Module } from "../nn/module.js";
import type { Optimizer } from "../optim/optimizer.js";
import { createRandom } from "../random.js";
import type { Tensor } from "../tensor/tensor.js";
import { fit } from "./fit.js";
import type { FitOptions } from "./fitOptions.js";
import type { History } from "./history.js";

/** Options of {@link batchSizeSweep}: those of `fit`, with what differs from run to run made anew. */
export interface BatchSizeSweepOptions
  extends Omit<
    FitOptions,
    "data" | "optimizer" | "batchSize" | "random" | "name" | "schedule" | "earlyStopping"
  > {
  readonly data: Samples;
  readonly batchSizes: readonly number[];
  /** Called for each batch size: the learning rate should follow it, and only who knows the problem knows how. */
  readonly makeOptimizer: (parameters: Tensor[], batchSize: number) => Optimizer;
  /** Seed of the order of samples, the same for all; default 0. */
  readonly seed?: number;
}

/** One run of a sweep. */
export interface BatchSizeRun {
  readonly batchSize: number;
  /** The trained model. */
  readonly model: Module;
  readonly history: History;
}

/**
 * Trains one model for each batch size.
 *
 * With `epochs` all runs see the same number of samples and small batches take more steps; with `steps` all take the same number of steps
 * and large batches see more samples: the two comparisons often disagree. A learning rate that suits one batch size seldom suits
 * another; compare each at its best (Shallue et al. 2019), or scale it with the batch size.
 *
 * @param makeModel called for each batch size; give it the same seed every time, so that all start from the same weights
 * @throws {RangeError} when there is no batch size, or one is not from 1 to the number of samples
 * @see Keskar et al. 2017, arXiv:1609.04836; Goyal et al. 2017, arXiv:1706.02677; Shallue et al. 2019, arXiv:1811.03600
 * @example
 * const { x, y } = data.datasets.sineRegression({ n: 32, random: createRandom(1) });
 * const runs = train.batchSizeSweep(() => new nn.MLP({ sizes: [1, 4, 1], activation: "tanh", random: createRandom(2) }), {
 *   data: { x, y },
 *   loss: nn.mseLoss,
 *   batchSizes: [8, 32],
 *   makeOptimizer: (parameters, batchSize) => new optim.SGD(parameters, { learningRate: 0.01 * Math.sqrt(batchSize / 8) }),
 *   epochs: 2,
 * });
 * runs.map(({ history }) => history.steps.length) // [8, 2]
 */
export function batchSizeSweep(makeModel: () => Module, options: BatchSizeSweepOptions): BatchSizeRun[] {
  const where = "batchSizeSweep";
  checkOptions(where, options);
  const { data, batchSizes, makeOptimizer, seed = 0, ...others } = options;
  for (const [name, value] of Object.entries({ makeModel, makeOptimizer }))
    if (typeof value !== "function")
      throw new TypeError(errorText(where, `${name} must be a function, got ${showValue(value)}`));
  if (!Array.isArray(batchSizes) || batchSizes.length === 0)
    throw new RangeError(
      errorText(where, `batchSizes must be a list of numbers, got ${showValue(batchSizes)}`),
    );
  for (const batchSize of batchSizes)
    checkNumber(where, "batch size", batchSize, { integer: true, min: 1, max: data.x.shape[0]! });
  return batchSizes.map((batchSize) => {
    const model = makeModel();
    const optimizer = makeOptimizer(model.parameters(), batchSize);
    const random = createRandom(seed);
    const name = `batch ${batchSize}`;
    return { batchSize, model, history: fit(model, { ...others, data, optimizer, batchSize, random, name }) };
  });
}
