import { checkNumber, checkOptions, errorText, showValue } from "../../errors.js";
import { Optimizer, type ParameterGroup } from "../optimizer.js";

/** When `train.fit` moves a schedule on. */
export type Interval = "step" | "epoch";

/** A schedule as a function: the factor on the starting learning rates after so many steps, from 0. */
export interface Curve {
  (step: number): number;
  /** Momentum after so many steps, for schedules that move it, too: `momentum`, or β1 where the optimizer has that. */
  readonly momentum?: ((step: number) => number) | undefined;
  /** What a step is; default "step", one step of the optimizer. */
  readonly interval?: Interval | undefined;
}

/** An option every schedule has. */
export interface ScheduleOptions {
  /** What is counted by `train.fit`: optimizer steps or epochs; default "step". */
  readonly interval?: Interval | undefined;
}

/** What {@link Schedule.preview} returns: what `plot.scheduleCurve` shows. */
export interface ScheduleCurves {
  readonly learningRate: number[];
  readonly momentum?: number[];
}

/** A saved schedule. */
export interface ScheduleState {
  readonly step: number;
  readonly baseLearningRates: readonly number[];
}

const attached: WeakMap<Optimizer<never>, Schedule> = new WeakMap();

/** The schedule that moves the learning rates of this optimizer, or undefined. */
export function scheduleOf(optimizer: Optimizer): Schedule | undefined {
  return attached.get(optimizer);
}

/** Lets an optimizer go its own way again; its learning rates stay as they are. */
export function detachSchedule(optimizer: Optimizer): void {
  attached.delete(optimizer);
}

/** The setting of a group that momentum schedules move. */
function momentumName(group: ParameterGroup): "momentum" | "beta1" | undefined {
  if (typeof group.momentum === "number" && group.momentum > 0) return "momentum";
  return typeof group.beta1 === "number" ? "beta1" : undefined;
}

/**
 * A schedule at work on an optimizer: sets the learning rate of every group to its starting rate times the factor of the step.
 *
 * Making one applies the factor of step 0 at once. Then call `step()` after `optimizer.step()`, once a step (or once an epoch); `train.fit` does
 * so itself. A newer schedule takes the place of an older one; to combine several, use `chain`.
 */
export class Schedule {
  readonly name: string;
  readonly interval: Interval;
  readonly #optimizer: Optimizer;
  readonly #curve: Curve;
  readonly #startedAt: number;
  #base: readonly number[];
  #step = 0;

  /** @throws {RangeError} when the curve moves momentum and the optimizer has none */
  constructor(name: string, optimizer: Optimizer, curve: Curve) {
    if (!(optimizer instanceof Optimizer))
      throw new TypeError(errorText(name, `optimizer must be an optimizer, got ${showValue(optimizer)}`));
    if (curve.momentum !== undefined && optimizer.groups.some((group) => momentumName(group) === undefined))
      throw new RangeError(
        errorText(
          name,
          `cycleMomentum needs an optimizer with momentum or beta1, got ${optimizer.constructor.name} without`,
          "",
          "pass {cycleMomentum: false}, or give the optimizer momentum",
        ),
      );
    this.name = name;
    this.interval = curve.interval ?? "step";
    this.#optimizer = optimizer;
    this.#curve = curve;
    this.#startedAt = optimizer.steps;
    this.#base = optimizer.groups.map((group) => group.learningRate);
    attached.set(optimizer, this);
    this.#apply();
  }

  /** Steps taken so far. */
  get steps(): number {
    return this.#step;
  }

  /** Learning rate of the first group now. */
  get learningRate(): number {
    return this.#optimizer.learningRate;
  }

  /**
   * Moves on by one.
   *
   * @throws {Error} when the optimizer has not stepped yet, or follows another schedule by now
   */
  step(): void {
    checkOrder(this.name, this.#optimizer, this.#startedAt);
    if (attached.get(this.#optimizer) !== this)
      throw new Error(
        errorText(
          this.name,
          "the optimizer follows a newer schedule",
          "",
          "combine several with schedules.chain",
        ),
      );
    this.#step++;
    this.#apply();
  }

  #apply(): void {
    const factor = this.#curve(this.#step);
    if (!(Number.isFinite(factor) && factor >= 0))
      throw new RangeError(
        errorText(
          this.name,
          `the factor must be a finite number at least 0, got ${showValue(factor)} at step ${this.#step}`,
        ),
      );
    const momentum = this.#curve.momentum?.(this.#step);
    for (const [i, group] of this.#optimizer.groups.entries()) {
      group.learningRate = this.#base[i]! * factor;
      const name = momentumName(group);
      if (momentum !== undefined && name !== undefined) group[name] = momentum;
    }
  }

  /** Learning rates of the first group in the first `steps` steps, and momentum where it moves; changes nothing. */
  preview(steps: number): ScheduleCurves {
    checkNumber(`${this.name}.preview`, "steps", steps, { integer: true, min: 1 });
    const range = Array.from({ length: steps }, (_, step) => step);
    const { momentum } = this.#curve;
    return {
      learningRate: range.map((step) => this.#base[0]! * this.#curve(step)),
      ...(momentum === undefined ? {} : { momentum: range.map(momentum) }),
    };
  }

  /** Step and starting rates, for saving. */
  stateDict(): ScheduleState {
    return { step: this.#step, baseLearningRates: [...this.#base] };
  }

  /** Puts a saved state back and applies its factor. @throws {RangeError} when it is of another number of groups */
  loadStateDict(saved: ScheduleState): void {
    const where = `${this.name}.loadStateDict`;
    checkOptions(where, saved);
    const step = checkNumber(where, "step", saved.step, { integer: true, min: 0 });
    const groups = this.#optimizer.groups.length;
    if (saved.baseLearningRates?.length !== groups)
      throw new RangeError(
        errorText(where, `state must have ${groups} learning rates, got ${saved.baseLearningRates?.length}`),
      );
    this.#step = step;
    this.#base = [...saved.baseLearningRates];
    this.#apply();
  }
}

/** @throws {Error} when the optimizer has not stepped since `startedAt` */
export function checkOrder(name: string, optimizer: Optimizer, startedAt: number): void {
  if (optimizer.steps > startedAt) return;
  throw new Error(
    errorText(
      name,
      "step() of the schedule must follow step() of the optimizer, got no step of the optimizer yet",
      "",
      "call optimizer.step() first, otherwise the first learning rate is never used",
    ),
  );
}
