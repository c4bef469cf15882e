// Schedules that hold, fall or rise once.
import { checkNumber, errorText, showValue } from "../../errors.js";
import { makeFactory, type ScheduleFactory } from "./factory.js";

/** Options of {@link constant}. */
export interface ConstantOptions {
  /** Factor of the first steps; default 1/3. */
  readonly factor?: number;
  /** How many; default 5. */
  readonly steps?: number;
}

/**
 * `factor` for the first `steps` steps, then 1 (PyTorch's ConstantLR).
 *
 * @example
 * [0, 4, 5].map(optim.schedules.constant({ factor: 0.5, steps: 5 })) // [0.5, 0.5, 1]
 */
export const constant: ScheduleFactory<ConstantOptions> = makeFactory(
  "constant",
  ["factor", "steps"],
  (where, { factor = 1 / 3, steps = 5 }: ConstantOptions) => {
    checkNumber(where, "factor", factor, { min: 0 });
    checkNumber(where, "steps", steps, { integer: true, min: 1 });
    return (t) => (t < steps ? factor : 1);
  },
);

/** Options of {@link step}. */
export interface StepOptions {
  /** Steps from one fall to the next; required. */
  readonly stepSize: number;
  /** γ, factor of each fall; default 0.1. */
  readonly gamma?: number;
}

/**
 * `γ^⌊t / stepSize⌋`: stairs (PyTorch's StepLR).
 *
 * @example
 * [0, 9, 10, 20].map(optim.schedules.step({ stepSize: 10, gamma: 0.5 })) // [1, 1, 0.5, 0.25]
 */
export const step: ScheduleFactory<StepOptions> = makeFactory(
  "step",
  ["stepSize", "gamma"],
  (where, { stepSize, gamma = 0.1 }: StepOptions) => {
    checkNumber(where, "stepSize", stepSize, { integer: true, min: 1 });
    checkNumber(where, "gamma", gamma, { above: 0 });
    return (t) => gamma ** Math.floor(t / stepSize);
  },
);

/** Options of {@link multiStep}. */
export interface MultiStepOptions {
  /** The steps in which the rate falls, increasing; required. */
  readonly milestones: readonly number[];
  /** γ, factor of each fall; default 0.1. */
  readonly gamma?: number;
}

/**
 * `γ^(milestones reached)` (PyTorch's MultiStepLR).
 *
 * @example
 * [0, 30, 79, 80].map(optim.schedules.multiStep({ milestones: [30, 80], gamma: 0.5 })) // [1, 0.5, 0.5, 0.25]
 */
export const multiStep: ScheduleFactory<MultiStepOptions> = makeFactory(
  "multiStep",
  ["milestones", "gamma"],
  (where, { milestones, gamma = 0.1 }: MultiStepOptions) => {
    const list = checkMilestones(where, milestones);
    checkNumber(where, "gamma", gamma, { above: 0 });
    return (t) => gamma ** list.filter((milestone) => milestone <= t).length;
  },
);

/** A copy of increasing whole numbers above 0. */
export function checkMilestones(where: string, milestones: readonly number[]): readonly number[] {
  const isRight =
    Array.isArray(milestones) &&
    milestones.every((value, i) => Number.isInteger(value) && value > (i === 0 ? 0 : milestones[i - 1]!));
  if (!isRight)
    throw new RangeError(
      errorText(where, `milestones must be increasing whole numbers above 0, got ${showValue(milestones)}`),
    );
  return [...milestones];
}

/** Options of {@link exponential}. */
export interface ExponentialOptions {
  /** γ, factor of each step; required. */
  readonly gamma: number;
}

/**
 * `γᵗ` (PyTorch's ExponentialLR).
 *
 * @example
 * [0, 1, 2].map(optim.schedules.exponential({ gamma: 0.5 })) // [1, 0.5, 0.25]
 */
export const exponential: ScheduleFactory<ExponentialOptions> = makeFactory(
  "exponential",
  ["gamma"],
  (where, { gamma }: ExponentialOptions) => {
    checkNumber(where, "gamma", gamma, { above: 0 });
    return (t) => gamma ** t;
  },
);

/** Options of {@link polynomial}. */
export interface PolynomialOptions {
  /** Step at which 0 is reached; default 5. */
  readonly steps?: number;
  /** Power of the fall; default 1, a straight line. */
  readonly power?: number;
}

/**
 * `(1 − t / steps)^power`, then 0 (PyTorch's PolynomialLR).
 *
 * @example
 * [0, 1, 2, 9].map(optim.schedules.polynomial({ steps: 4, power: 2 })) // [1, 0.5625, 0.25, 0]
 */
export const polynomial: ScheduleFactory<PolynomialOptions> = makeFactory(
  "polynomial",
  ["steps", "power"],
  (where, { steps = 5, power = 1 }: PolynomialOptions) => {
    checkNumber(where, "steps", steps, { integer: true, min: 1 });
    checkNumber(where, "power", power, { above: 0 });
    return (t) => (1 - Math.min(t, steps) / steps) ** power;
  },
);

/** Options of {@link linearWarmup}. */
export interface LinearWarmupOptions {
  /** Factor at step 0; default 1/3. */
  readonly startFactor?: number;
  /** Step at which 1 is reached; default 5. */
  readonly steps?: number;
}

/**
 * A straight line from `startFactor` to 1, then 1 (PyTorch's LinearLR).
 *
 * @see Goyal et al. 2017, arXiv:1706.02677
 * @example
 * [0, 1, 2, 3].map(optim.schedules.linearWarmup({ startFactor: 0.5, steps: 2 })) // [0.5, 0.75, 1, 1]
 */
export const linearWarmup: ScheduleFactory<LinearWarmupOptions> = makeFactory(
  "linearWarmup",
  ["startFactor", "steps"],
  (where, { startFactor = 1 / 3, steps = 5 }: LinearWarmupOptions) => {
    checkNumber(where, "startFactor", startFactor, { min: 0, max: 1 });
    checkNumber(where, "steps", steps, { integer: true, min: 1 });
    return (t) => startFactor + ((1 - startFactor) * Math.min(t, steps)) / steps;
  },
);
