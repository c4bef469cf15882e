import { checkNumber, errorText } from "../errors.js";
import type { Module } from "../nn/module.js";
import type { Optimizer } from "../optim/optimizer.js";
import type { History } from "./history.js";

/** The run as callbacks see it. The same object is passed every time; read it, do not keep it. */
export interface TrainingState {
  readonly model: Module;
  readonly optimizer: Optimizer;
  /** Everything recorded so far. */
  readonly history: History;
  /** Steps taken. */
  readonly step: number;
  /** Epochs completed; a fraction inside an epoch. */
  readonly epoch: number;
  /** Loss of the last step's batch. */
  readonly loss: number;
  /** Ends the run after this callback; the reason becomes `history.message`. */
  stop(reason: string): void;
}

/**
 * What to do during training. All parts are optional, and called in the order of the list. They must do their work before they return:
 * training does not wait for promises.
 *
 * - `onStart` once, before the first step
 * - `onStep` after each optimizer step, with the step recorded
 * - `onEpoch` after each epoch record: validation is in it
 * - `onEnd` once, also when the run was stopped or diverged
 */
export interface Callback {
  onStart?(state: TrainingState): void;
  onStep?(state: TrainingState): void;
  onEpoch?(state: TrainingState): void;
  onEnd?(state: TrainingState): void;
}

/**
 * A callback for every n-th step: for figures that follow the training.
 *
 * @param n steps from one call to the next
 * @example
 * const seen = [];
 * const watch = train.every(100, ({ step, loss }) => seen.push([step, loss]));
 * typeof watch.onStep // "function"
 */
export function every(n: number, fn: (state: TrainingState) => void): Callback {
  checkNumber("every", "n", n, { integer: true, min: 1 });
  return {
    onStep(state) {
      return state.step % n === 0 ? fn(state) : undefined;
    },
  };
}

export type Moment = keyof Callback;

/**
 * Calls one part of all callbacks, in order.
 *
 * @throws {TypeError} when one returns a promise, whose work would otherwise be done at some later step
 */
export function callAll(callbacks: readonly Callback[], moment: Moment, state: TrainingState): void {
  for (const callback of callbacks) {
    const returned: unknown = callback[moment]?.(state);
    if (!(returned instanceof Promise)) continue;
    returned.catch(() => {});
    const help = "write it without async and await";
    throw new TypeError(errorText("fit", `${moment} must not return a promise`, "", help));
  }
}
