import {
  checkChoice,
  checkNumber,
  checkOptions,
  errorText,
  rejectUnknownOptions,
  showValue,
} from "../../errors.js";
import { Optimizer } from "../optimizer.js";
import { checkOrder } from "./schedule.js";

/** Options of {@link reduceOnPlateau}. */
export interface ReduceOnPlateauOptions {
  /** Factor of each fall, below 1; default 0.1. */
  readonly factor?: number;
  /** Measurements without improvement that are tolerated: the one after them lowers the rate; default 10. */
  readonly patience?: number;
  /** What counts as improvement; default 1e-4. */
  readonly threshold?: number;
  /** Whether the threshold is a share of the best value or an amount; default "relative". */
  readonly thresholdMode?: "relative" | "absolute";
  /** Measurements after a fall that do not count; default 0. */
  readonly cooldown?: number;
  /** Lowest learning rate; default 0. */
  readonly minLearningRate?: number;
  /** A change smaller than this is not made; default 1e-8. */
  readonly eps?: number;
  /** Whether lower or higher is better; default "min". */
  readonly mode?: "min" | "max";
}

const known = [
  "factor",
  "patience",
  "threshold",
  "thresholdMode",
  "cooldown",
  "minLearningRate",
  "eps",
  "mode",
];

type Settings = Required<ReduceOnPlateauOptions>;

/** Where a {@link PlateauSchedule} is. */
export interface PlateauState {
  readonly best: number;
  readonly badCount: number;
  readonly cooldownLeft: number;
}

/** A schedule that listens: see {@link reduceOnPlateau}. */
export class PlateauSchedule {
  /** `train.fit` reports the validation loss once an epoch. */
  readonly interval = "epoch" as const;
  readonly #optimizer: Optimizer;
  readonly #settings: Settings;
  readonly #startedAt: number;
  #best: number;
  #badCount = 0;
  #cooldownLeft = 0;

  constructor(optimizer: Optimizer, settings: Settings) {
    this.#optimizer = optimizer;
    this.#settings = settings;
    this.#startedAt = optimizer.steps;
    this.#best = settings.mode === "min" ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  }

  /** Best value so far. */
  get best(): number {
    return this.#best;
  }

  /**
   * Takes a new measurement and lowers the rates when it is time.
   *
   * @throws {TypeError} when no number is given; {Error} before the first step of the optimizer
   */
  step(value?: number): void {
    const where = "schedules.reduceOnPlateau";
    if (typeof value !== "number")
      throw new TypeError(
        errorText(
          where,
          `step needs the value that is watched, got ${showValue(value)}`,
          "",
          "pass the validation loss",
        ),
      );
    checkOrder(where, this.#optimizer, this.#startedAt);
    const { patience, cooldown } = this.#settings;
    if (this.#isBetter(value)) {
      this.#best = value;
      this.#badCount = 0;
    } else this.#badCount++;
    if (this.#cooldownLeft > 0) {
      this.#cooldownLeft--;
      this.#badCount = 0;
    }
    if (this.#badCount <= patience) return;
    this.#lower();
    this.#cooldownLeft = cooldown;
    this.#badCount = 0;
  }

  #isBetter(value: number): boolean {
    const { mode, threshold, thresholdMode } = this.#settings;
    const sign = mode === "min" ? -1 : 1;
    const margin = thresholdMode === "relative" ? threshold * Math.abs(this.#best) : threshold;
    if (!Number.isFinite(this.#best)) return sign * value > sign * this.#best;
    return sign * value > sign * this.#best + margin;
  }

  #lower(): void {
    const { factor, minLearningRate, eps } = this.#settings;
    for (const group of this.#optimizer.groups) {
      const next = Math.max(group.learningRate * factor, minLearningRate);
      if (group.learningRate - next > eps) group.learningRate = next;
    }
  }

  /** For saving; the learning rates are saved with the optimizer. */
  stateDict(): PlateauState {
    return { best: this.#best, badCount: this.#badCount, cooldownLeft: this.#cooldownLeft };
  }

  /** Puts a saved state back. */
  loadStateDict({ best, badCount, cooldownLeft }: PlateauState): void {
    this.#best = best;
    this.#badCount = badCount;
    this.#cooldownLeft = cooldownLeft;
  }
}

/**
 * Multiplies the learning rates by `factor` when a value, mostly the validation loss, has not improved for more than `patience`
 * measurements (PyTorch's ReduceLROnPlateau).
 *
 * `train.fit` calls it after every validation; in a loop of your own call `step(value)`. Differences from PyTorch: the relative margin is a
 * share of |best|, so that it also works for negative values.
 *
 * @example
 * const w = tensor([1], { requiresGrad: true });
 * const optimizer = new optim.SGD([w], { learningRate: 1 });
 * const schedule = optim.schedules.reduceOnPlateau(optimizer, { patience: 1, factor: 0.5 });
 * w.sum().backward();
 * optimizer.step();
 * for (const loss of [3, 2, 2, 2]) schedule.step(loss);
 * optimizer.learningRate // 0.5
 */
export function reduceOnPlateau(optimizer: Optimizer, options: ReduceOnPlateauOptions = {}): PlateauSchedule {
  const where = "schedules.reduceOnPlateau";
  if (!(optimizer instanceof Optimizer))
    throw new TypeError(errorText(where, `optimizer must be an optimizer, got ${showValue(optimizer)}`));
  checkOptions(where, options);
  const { factor = 0.1, patience = 10, threshold = 1e-4, thresholdMode = "relative", ...others } = options;
  const { cooldown = 0, minLearningRate = 0, eps = 1e-8, mode = "min", ...rest } = others;
  rejectUnknownOptions(where, rest, known);
  checkNumber(where, "factor", factor, { above: 0, below: 1 });
  checkNumber(where, "patience", patience, { integer: true, min: 0 });
  checkNumber(where, "threshold", threshold, { min: 0 });
  checkChoice(where, "thresholdMode", thresholdMode, ["relative", "absolute"]);
  checkNumber(where, "cooldown", cooldown, { integer: true, min: 0 });
  checkNumber(where, "minLearningRate", minLearningRate, { min: 0 });
  checkNumber(where, "eps", eps, { min: 0 });
  checkChoice(where, "mode", mode, ["min", "max"]);
  const settings = { factor, patience, threshold, thresholdMode, cooldown, minLearningRate, eps, mode };
  return new PlateauSchedule(optimizer, settings);
}
