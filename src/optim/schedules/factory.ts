import { checkChoice, checkOptions, errorText, rejectUnknownOptions, showValue } from "../../errors.js";
import { Optimizer } from "../optimizer.js";
import { type Curve, Schedule, type ScheduleOptions } from "./schedule.js";

/**
 * A kind of schedule. With an optimizer it is put to work at once; without, it is the bare function of the step, for
 * `train.fit`, for `chain`, and for looking at.
 */
export interface ScheduleFactory<Options> {
  (optimizer: Optimizer, options: Options & ScheduleOptions): Schedule;
  (options: Options & ScheduleOptions): Curve;
}

/** The curve of checked options. Every key in `known` is read by it; others throw. */
export function makeFactory<Options extends object>(
  name: string,
  known: readonly string[],
  curveOf: (where: string, options: Options) => Omit<Curve, "interval"> & ((step: number) => number),
): ScheduleFactory<Options> {
  const where = `schedules.${name}`;
  const make = (
    first: Optimizer | (Options & ScheduleOptions),
    second?: Options & ScheduleOptions,
  ): Schedule | Curve => {
    const given = first instanceof Optimizer ? (second ?? ({} as Options & ScheduleOptions)) : first;
    if (second !== undefined && !(first instanceof Optimizer))
      throw new TypeError(
        errorText(
          where,
          `optimizer must be an optimizer, got ${showValue(first)}`,
          "",
          "pass (optimizer, options)",
        ),
      );
    checkOptions(where, given);
    const all = [...known, "interval"];
    const unknown = Object.entries(given).filter(([key]) => !all.includes(key));
    rejectUnknownOptions(where, Object.fromEntries(unknown), all);
    const { interval = "step", ...options } = given;
    checkChoice(where, "interval", interval, ["step", "epoch"]);
    const curve: Curve = Object.assign(curveOf(where, options as unknown as Options), { interval });
    return first instanceof Optimizer ? new Schedule(where, first, curve) : curve;
  };
  return make as ScheduleFactory<Options>;
}

/**
 * Puts any function of the step to work on an optimizer (PyTorch's LambdaLR).
 *
 * @param factor `(step) => factor` on the starting learning rates, step from 0; at least 0
 * @example
 * const optimizer = new optim.SGD([tensor([1], { requiresGrad: true })], { learningRate: 0.8 });
 * optim.schedules.fromFunction(optimizer, (step) => 1 / (1 + step)).preview(3).learningRate // [0.8, 0.4, 0.26666666666666666]
 */
export function fromFunction(optimizer: Optimizer, factor: Curve): Schedule {
  const where = "schedules.fromFunction";
  if (typeof factor !== "function")
    throw new TypeError(errorText(where, `factor must be a function of the step, got ${showValue(factor)}`));
  return new Schedule(where, optimizer, factor);
}
