import { checkNumber } from "../../errors.js";
import { makeFactory, type ScheduleFactory } from "./factory.js";

/** Options of {@link cosine}. */
export interface CosineOptions {
  /** Step at which the lowest rate is reached; required. */
  readonly steps: number;
  /** Factor there; default 0. PyTorch's eta_min is this times the learning rate. */
  readonly minFactor?: number;
}

/** Half a cosine from 1 to `minFactor`, `share` from 0 to 1. */
const halfCosine = (share: number, minFactor: number): number =>
  minFactor + ((1 - minFactor) * (1 + Math.cos(Math.PI * share))) / 2;

/**
 * Half a cosine from 1 down to `minFactor`: `minFactor + (1 − minFactor)·(1 + cos(πt / steps)) / 2`. After `steps` it stays there; PyTorch's
 * CosineAnnealingLR rises again.
 *
 * @see Loshchilov and Hutter 2017, arXiv:1608.03983
 * @example
 * [0, 5, 10, 15].map(optim.schedules.cosine({ steps: 10 })) // [1, 0.5, 0, 0]
 */
export const cosine: ScheduleFactory<CosineOptions> = makeFactory(
  "cosine",
  ["steps", "minFactor"],
  (where, { steps, minFactor = 0 }: CosineOptions) => {
    checkNumber(where, "steps", steps, { integer: true, min: 1 });
    checkNumber(where, "minFactor", minFactor, { min: 0, max: 1 });
    return (t) => halfCosine(Math.min(t, steps) / steps, minFactor);
  },
);

/** Options of {@link cosineWarmRestarts}. */
export interface CosineWarmRestartsOptions {
  /** Steps of the first period; required. */
  readonly period: number;
  /** Factor from one period to the next, a whole number; default 1. */
  readonly multiplier?: number;
  /** Factor at the end of each period; default 0. */
  readonly minFactor?: number;
}

/**
 * Half a cosine that starts over after `period` steps, then after `period·multiplier`, and so on (PyTorch's
 * CosineAnnealingWarmRestarts).
 *
 * @see Loshchilov and Hutter 2017, arXiv:1608.03983 (SGDR)
 * @example
 * [0, 5, 10, 20, 30].map(optim.schedules.cosineWarmRestarts({ period: 10, multiplier: 2 })) // [1, 0.5, 1, 0.5, 1]
 */
export const cosineWarmRestarts: ScheduleFactory<CosineWarmRestartsOptions> = makeFactory(
  "cosineWarmRestarts",
  ["period", "multiplier", "minFactor"],
  (where, { period, multiplier = 1, minFactor = 0 }: CosineWarmRestartsOptions) => {
    checkNumber(where, "period", period, { integer: true, min: 1 });
    checkNumber(where, "multiplier", multiplier, { integer: true, min: 1 });
    checkNumber(where, "minFactor", minFactor, { min: 0, max: 1 });
    return (t) => {
      if (multiplier === 1) return halfCosine((t % period) / period, minFactor);
      let length = period;
      let start = 0;
      while (t - start >= length) {
        start += length;
        length *= multiplier;
      }
      return halfCosine((t - start) / length, minFactor);
    };
  },
);
