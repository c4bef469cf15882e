import {
  checkBoolean,
  checkChoice,
  checkNumber,
  checkOptions,
  errorText,
  rejectUnknownOptions,
  showValue,
} from "../errors.js";
import type { Tensor } from "../tensor/tensor.js";

export interface EarlyStoppingOptions {
  /** Checks without improvement before stopping; default 10. */
  readonly patience?: number;
  /** Least change that counts as an improvement; default 0. */
  readonly minDelta?: number;
  /** Put the best weights back when stopping; default true. Needs the model in `update`. */
  readonly restoreBest?: boolean;
  /** Whether small ("min", a loss) or large ("max", an accuracy) values are good; default "min". */
  readonly mode?: "min" | "max";
}

/** What can be saved and restored. */
export interface Restorable {
  stateDict(): Record<string, Tensor>;
  loadStateDict(state: Record<string, Tensor>): void;
}

/** The answer to one check. */
export interface StoppingDecision {
  readonly stop: boolean;
  readonly improved: boolean;
  /** Number of the best check so far, counted from 1; 0 when none was a number. */
  readonly bestEpoch: number;
}

/**
 * Early stopping: watches a validation metric and says stop when it has not improved for `patience` checks; then the
 * weights of the best check are put back.
 *
 * A value counts as an improvement when it is better than the best so far by **more than** `minDelta`. NaN never does. It knows
 * no loop: call `update` after each epoch, or pass it to `train.fit` as `earlyStopping`.
 *
 * @param options.patience default 10
 * @param options.minDelta default 0
 * @param options.restoreBest default true
 * @param options.mode "min" or "max"; default "min"
 * @throws {RangeError} for patience < 1 or a negative minDelta
 * @see Prechelt 1998, "Early stopping — but when?"
 * @example
 * const stopper = new regularization.EarlyStopping({ patience: 2, restoreBest: false });
 * [3, 1, 2, 2].map((loss) => stopper.update(loss).stop) // [false, false, false, true]
 * stopper.bestEpoch // 2
 */
export class EarlyStopping {
  readonly patience: number;
  readonly minDelta: number;
  readonly restoreBest: boolean;
  readonly mode: "min" | "max";
  /** Number of the best check, counted from 1; 0 before any. */
  bestEpoch = 0;
  /** Its value. */
  bestValue: number;
  /** Checks so far. */
  epoch = 0;
  private best: Record<string, Tensor> | null = null;

  constructor(options: EarlyStoppingOptions = {}) {
    checkOptions("EarlyStopping", options);
    const { patience = 10, minDelta = 0, restoreBest = true, mode = "min", ...rest } = options;
    rejectUnknownOptions("EarlyStopping", rest, ["patience", "minDelta", "restoreBest", "mode"]);
    this.patience = checkNumber("EarlyStopping", "patience", patience, { integer: true, min: 1 });
    this.minDelta = checkNumber("EarlyStopping", "minDelta", minDelta, { min: 0 });
    this.restoreBest = checkBoolean("EarlyStopping", "restoreBest", restoreBest);
    this.mode = checkChoice("EarlyStopping", "mode", mode, ["min", "max"]);
    this.bestValue = mode === "min" ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  }

  /**
   * One check. When it says stop and `restoreBest` is on, the model has its best weights back.
   *
   * @param value the metric; NaN counts as no improvement
   * @param model needed when `restoreBest` is on
   * @throws {TypeError} when the value is not a number, or the model is missing
   */
  update(value: number, model?: Restorable): StoppingDecision {
    if (typeof value !== "number")
      throw new TypeError(
        errorText("EarlyStopping.update", `value must be a number, got ${showValue(value)}`),
      );
    if (this.restoreBest && typeof model?.stateDict !== "function") {
      const text = `the model is needed to restore its best weights, got ${showValue(model)}`;
      const help = "pass update(value, model), or {restoreBest: false}";
      throw new TypeError(errorText("EarlyStopping.update", text, "", help));
    }
    this.epoch++;
    const gain = this.mode === "min" ? this.bestValue - value : value - this.bestValue;
    const improved = gain > this.minDelta;
    if (improved) {
      this.bestValue = value;
      this.bestEpoch = this.epoch;
      if (this.restoreBest) this.best = model!.stateDict();
    }
    const stop = this.epoch - this.bestEpoch >= this.patience;
    if (stop && this.restoreBest && this.best !== null) model!.loadStateDict(this.best);
    return { stop, improved, bestEpoch: this.bestEpoch };
  }
}
