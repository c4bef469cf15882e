import { checkOptions, errorText, rejectUnknownOptions, showValue } from "../../errors.js";
import { Optimizer } from "../optimizer.js";
import { checkMilestones } from "./decay.js";
import { type Curve, Schedule } from "./schedule.js";

/** Options of {@link chain}. */
export interface ChainOptions {
  /** Steps at which the next schedule takes over, one fewer than schedules; without them all work together. */
  readonly milestones?: readonly number[];
}

/** See {@link chain}. */
export interface Chain {
  (optimizer: Optimizer, curves: readonly Curve[], options?: ChainOptions): Schedule;
  (curves: readonly Curve[], options?: ChainOptions): Curve;
}

/**
 * Several schedules as one. With `milestones` they follow one another, each counting from its own start (PyTorch's SequentialLR); without,
 * their factors are multiplied (ChainedScheduler).
 *
 * @param curves schedules made without an optimizer, or functions `(step) => factor`
 * @throws {RangeError} when there is not one milestone fewer than schedules, or two of them move momentum together
 * @example
 * const warmup = optim.schedules.linearWarmup({ startFactor: 0, steps: 4 });
 * const fall = optim.schedules.cosine({ steps: 8 });
 * [0, 2, 4, 8, 12].map(optim.schedules.chain([warmup, fall], { milestones: [4] })) // [0, 0.5, 1, 0.5, 0]
 */
export const chain: Chain = ((
  first: Optimizer | readonly Curve[],
  second?: readonly Curve[] | ChainOptions,
  third?: ChainOptions,
): Schedule | Curve => {
  const where = "schedules.chain";
  const [curves, options = {}] = (first instanceof Optimizer ? [second, third] : [first, second]) as [
    readonly Curve[],
    ChainOptions?,
  ];
  const curve = chained(where, curves, options);
  return first instanceof Optimizer ? new Schedule(where, first, curve) : curve;
}) as Chain;

function chained(where: string, curves: readonly Curve[], options: ChainOptions): Curve {
  if (!Array.isArray(curves) || curves.length === 0 || curves.some((curve) => typeof curve !== "function"))
    throw new TypeError(
      errorText(
        where,
        `curves must be schedules without optimizer or functions of the step, got ${showValue(curves)}`,
        "",
        "write schedules.cosine({steps: 100}) inside chain and give the optimizer to chain",
      ),
    );
  checkOptions(where, options);
  const { milestones, ...rest } = options;
  rejectUnknownOptions(where, rest, ["milestones"]);
  const intervals = new Set(curves.map(({ interval = "step" }) => interval));
  if (intervals.size > 1)
    throw new RangeError(errorText(where, "all schedules must have one interval, got step and epoch"));
  const [interval] = intervals;
  if (milestones === undefined) {
    const moving = curves.flatMap(({ momentum }) => (momentum === undefined ? [] : [momentum]));
    if (moving.length > 1)
      throw new RangeError(
        errorText(
          where,
          "only one schedule may move momentum, got several",
          "",
          "pass {cycleMomentum: false}",
        ),
      );
    const product = (t: number): number => curves.reduce((factor, curve) => factor * curve(t), 1);
    return Object.assign(product, { interval, ...(moving.length === 1 ? { momentum: moving[0] } : {}) });
  }
  const starts = [0, ...checkMilestones(where, milestones)];
  if (starts.length !== curves.length)
    throw new RangeError(
      errorText(
        where,
        `there must be one milestone fewer than schedules, got ${milestones.length} milestones and ${curves.length} schedules`,
      ),
    );
  const missing = curves.filter(({ momentum }) => momentum === undefined).length;
  if (missing > 0 && missing < curves.length)
    throw new RangeError(
      errorText(
        where,
        "either all schedules or none may move momentum",
        "",
        "pass {cycleMomentum: false} to those that do",
      ),
    );
  /** The schedule of step t, and how far it is. */
  const at = (t: number): [Curve, number] => {
    const index = starts.filter((start) => start <= t).length - 1;
    return [curves[index]!, t - starts[index]!];
  };
  const factor = (t: number): number => {
    const [curve, own] = at(t);
    return curve(own);
  };
  const momentum = (t: number): number => {
    const [curve, own] = at(t);
    return curve.momentum!(own);
  };
  return Object.assign(factor, { interval, ...(missing === 0 ? { momentum } : {}) });
}
