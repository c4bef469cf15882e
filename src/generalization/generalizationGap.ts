import { errorText, showValue } from "../errors.js";

/** The part of a training history this function reads: one entry an epoch. */
export interface GapHistory {
  readonly epochs: readonly {
    readonly epoch: number;
    readonly trainLoss: number;
    readonly validationLoss?: number | undefined;
  }[];
}

/** How far training and validation loss are apart. */
export interface GeneralizationGap {
  /** Validation loss minus training loss at each epoch that has both. */
  readonly gap: number[];
  /** The gap after the last epoch. */
  readonly last: number;
  /** The epoch with the lowest validation loss: where early stopping would return to. */
  readonly bestEpoch: number;
  /** The gap at that epoch. */
  readonly atBest: number;
}

/**
 * The generalization gap of a training run: validation loss minus training loss. A small gap with a high training loss is
 * not "good": it is underfitting.
 *
 * @param history of `train.fit` with `validation`
 * @throws {RangeError} when no epoch has a validation loss
 */
export function generalizationGap(history: GapHistory): GeneralizationGap {
  const epochs = history?.epochs;
  if (!Array.isArray(epochs))
    throw new TypeError(
      errorText("generalizationGap", `needs the History of train.fit, got ${showValue(history)}`),
    );
  const both = epochs.filter((record) => record.validationLoss !== undefined) as {
    epoch: number;
    trainLoss: number;
    validationLoss: number;
  }[];
  if (both.length === 0) {
    const help = "pass {validation: {x, y}} to train.fit";
    throw new RangeError(errorText("generalizationGap", "no epoch has a validation loss", "", help));
  }
  const gap = both.map((record) => record.validationLoss - record.trainLoss);
  let best = 0;
  both.forEach((record, i) => {
    if (record.validationLoss < both[best]!.validationLoss) best = i;
  });
  return { gap, last: gap[gap.length - 1]!, bestEpoch: both[best]!.epoch, atBest: gap[best]! };
}
