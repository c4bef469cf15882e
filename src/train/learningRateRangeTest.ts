import { checkNumber, checkOptions, errorText, rejectUnknownOptions, showValue } from "../errors.js";
import type { Module } from "../nn/module.js";
import { Optimizer } from "../optim/optimizer.js";
import { detachSchedule, scheduleOf } from "../optim/schedules/schedule.js";
import { fit } from "./fit.js";
import type { FitOptions } from "./fitOptions.js";

/** Options of {@link learningRateRangeTest}. */
export interface LearningRateRangeTestOptions
  extends Pick<FitOptions, "data" | "loss" | "optimizer" | "batchSize" | "random" | "transform" | "penalty"> {
  /** Learning rate of the first step; default 1e-6. */
  readonly minLearningRate?: number;
  /** Learning rate of the last; default 10. */
  readonly maxLearningRate?: number;
  /** Number of learning rates; default 100. */
  readonly steps?: number;
  /** Share of the new loss in the smoothed one; default 0.05. */
  readonly smoothing?: number;
  /** The test ends when the smoothed loss exceeds this many times the best; default 5. */
  readonly divergeFactor?: number;
  /** Points at the start that are no candidates; default 10. */
  readonly skipStart?: number;
  /** Points at the end that are no candidates; default 5. */
  readonly skipEnd?: number;
}

/** What {@link learningRateRangeTest} returns; `plot.learningRateRange` shows it. */
export interface LearningRateRange {
  readonly learningRate: number[];
  /** Loss of the batch that was trained on with this learning rate. */
  readonly loss: number[];
  readonly smoothedLoss: number[];
  /** Where the smoothed loss falls fastest against log η; undefined when it falls nowhere or the test was too short. */
  readonly suggestion: number | undefined;
  /** Whether the loss grew beyond the limit before the last step. */
  readonly diverged: boolean;
}

const known = [
  "data",
  "loss",
  "optimizer",
  "batchSize",
  "random",
  "transform",
  "penalty",
  "minLearningRate",
  "maxLearningRate",
  "steps",
  "smoothing",
  "divergeFactor",
  "skipStart",
  "skipEnd",
];

/**
 * Trains with a learning rate that grows exponentially from step to step and records the loss: too small rates do nothing, too
 * large ones diverge, and the best lie below the turn. Model, optimizer and modes are put back afterwards.
 *
 * The learning rate of step i is `min·(max/min)^(i/(steps − 1))`; the smoothed loss is `0.05·loss + 0.95·last`, starting at the first loss.
 * With several groups the first one follows the sweep and the others keep their ratio to it.
 *
 * @param model trained for at most `steps` steps and restored
 * @throws {RangeError} when the optimizer follows a schedule, or minLearningRate is not below maxLearningRate
 * @see Smith 2017, arXiv:1506.01186
 * @example
 * const { x, y } = data.datasets.sineRegression({ random: createRandom(1) });
 * const model = new nn.MLP({ sizes: [1, 16, 1], activation: "tanh", random: createRandom(2) });
 * const optimizer = new optim.SGD(model.parameters(), { learningRate: 0.1 });
 * const range = train.learningRateRangeTest(model, { data: { x, y }, loss: nn.mseLoss, optimizer, random: createRandom(3) });
 * range.suggestion > 1e-3 && range.suggestion < 1 // true
 * optimizer.learningRate // 0.1
 */
export function learningRateRangeTest(
  model: Module,
  options: LearningRateRangeTestOptions,
): LearningRateRange {
  const where = "learningRateRangeTest";
  checkOptions(where, options);
  const { minLearningRate = 1e-6, maxLearningRate = 10, steps = 100, smoothing = 0.05, ...others } = options;
  const { divergeFactor = 5, skipStart = 10, skipEnd = 5, ...run } = others;
  const unknown = Object.entries(options).filter(([key]) => !known.includes(key));
  rejectUnknownOptions(where, Object.fromEntries(unknown), known);
  checkNumber(where, "minLearningRate", minLearningRate, { above: 0 });
  checkNumber(where, "maxLearningRate", maxLearningRate, { above: minLearningRate });
  checkNumber(where, "steps", steps, { integer: true, min: 2 });
  checkNumber(where, "smoothing", smoothing, { above: 0, max: 1 });
  checkNumber(where, "divergeFactor", divergeFactor, { above: 1 });
  checkNumber(where, "skipStart", skipStart, { integer: true, min: 0 });
  checkNumber(where, "skipEnd", skipEnd, { integer: true, min: 0 });
  const { optimizer } = run;
  if (!(optimizer instanceof Optimizer))
    throw new TypeError(errorText(where, `optimizer must be an optimizer, got ${showValue(optimizer)}`));
  if (scheduleOf(optimizer) !== undefined)
    throw new RangeError(
      errorText(
        where,
        `the optimizer must not follow a schedule, got ${scheduleOf(optimizer)!.name}`,
        "",
        "run the test before making the schedule, or with a fresh optimizer",
      ),
    );
  const before = { model: model.stateDict(), optimizer: optimizer.stateDict() };
  const modes = model.namedModules().map(([, module]) => [module, module.training] as const);
  const ratio = maxLearningRate / minLearningRate;
  const base = optimizer.learningRate;
  const smoothed: number[] = [];
  let best = Number.POSITIVE_INFINITY;
  let diverged = false;
  try {
    const history = fit(model, {
      ...run,
      steps,
      progress: false,
      validateEvery: steps,
      schedule: (step) => (minLearningRate * ratio ** (step / (steps - 1))) / base,
      callbacks: [
        {
          onStep(state) {
            const last = smoothed.at(-1) ?? state.loss;
            const value = smoothing * state.loss + (1 - smoothing) * last;
            smoothed.push(value);
            best = Math.min(best, value);
            diverged = value > divergeFactor * best && state.step < steps;
            if (diverged) state.stop("the loss grew beyond the limit");
          },
        },
      ],
    });
    const records = history.steps.slice(0, smoothed.length);
    const learningRate = records.map((record) => record.learningRate);
    return {
      learningRate,
      loss: records.map((record) => record.loss),
      smoothedLoss: smoothed,
      suggestion: learningRate[steepest(smoothed, skipStart, skipEnd)],
      diverged: diverged || history.ending === "diverged",
    };
  } finally {
    detachSchedule(optimizer);
    model.loadStateDict(before.model);
    optimizer.loadStateDict(before.optimizer);
    for (const [module, training] of modes) module.training = training;
  }
}

/** Index of the steepest descent, by central differences; −1 when the values fall nowhere. */
function steepest(values: readonly number[], skipStart: number, skipEnd: number): number {
  let index = -1;
  let lowest = 0;
  for (let i = Math.max(skipStart, 1); i < values.length - Math.max(skipEnd, 1); i++) {
    const slope = (values[i + 1]! - values[i - 1]!) / 2;
    if (slope < lowest) [index, lowest] = [i, slope];
  }
  return index;
}
