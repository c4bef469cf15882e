// Schedules that rise and fall, and move momentum the other way.
import { checkBoolean, checkChoice, checkNumber, errorText } from "../../errors.js";
import { makeFactory, type ScheduleFactory } from "./factory.js";

/** How momentum moves: high while the learning rate is low. */
export interface MomentumCycleOptions {
  /** Whether momentum (β1 where the optimizer has that) moves too; default true. */
  readonly cycleMomentum?: boolean;
  /** Momentum at the highest learning rate; default 0.8 in `cyclic`, 0.85 in `oneCycle`. */
  readonly minMomentum?: number;
  /** Momentum at the lowest learning rate; default 0.9 in `cyclic`, 0.95 in `oneCycle`. */
  readonly maxMomentum?: number;
}

function checkMomentum(where: string, min: number, max: number, given: MomentumCycleOptions): void {
  checkNumber(where, "minMomentum", min, { min: 0, below: 1 });
  checkNumber(where, "maxMomentum", max, { min: 0, below: 1 });
  const { cycleMomentum = true } = given;
  checkBoolean(where, "cycleMomentum", cycleMomentum);
  const ignored = given.minMomentum !== undefined ? "minMomentum" : "maxMomentum";
  if (!cycleMomentum && given[ignored] !== undefined)
    throw new RangeError(
      errorText(where, `${ignored} needs cycleMomentum, got cycleMomentum false`, "", `drop ${ignored}`),
    );
}

/** Options of {@link cyclic}. */
export interface CyclicOptions extends MomentumCycleOptions {
  /** Factor at the top, above 1; the optimizer's learning rate is the bottom. Required. */
  readonly maxFactor: number;
  /** Steps from bottom to top; default 2000. */
  readonly stepsUp?: number;
  /** Steps from top to bottom; default `stepsUp`. */
  readonly stepsDown?: number;
  /** Height of later cycles: the same, half of the one before, or times γᵗ; default "triangular". */
  readonly mode?: "triangular" | "triangular2" | "exponential";
  /** γ of the mode "exponential"; default 1. */
  readonly gamma?: number;
}

/**
 * Triangles between the optimizer's learning rate and `maxFactor` times it (PyTorch's CyclicLR, whose max_lr is that product).
 *
 * @see Smith 2017, arXiv:1506.01186
 * @example
 * [0, 2, 4, 6].map(optim.schedules.cyclic({ maxFactor: 3, stepsUp: 4 })) // [1, 2, 3, 2]
 */
export const cyclic: ScheduleFactory<CyclicOptions> = makeFactory(
  "cyclic",
  ["maxFactor", "stepsUp", "stepsDown", "mode", "gamma", "cycleMomentum", "minMomentum", "maxMomentum"],
  (where, options: CyclicOptions) => {
    const { maxFactor, stepsUp = 2000, stepsDown = stepsUp, mode = "triangular", gamma = 1 } = options;
    const { cycleMomentum = true, minMomentum = 0.8, maxMomentum = 0.9 } = options;
    checkNumber(where, "maxFactor", maxFactor, { above: 1 });
    checkNumber(where, "stepsUp", stepsUp, { integer: true, min: 1 });
    checkNumber(where, "stepsDown", stepsDown, { integer: true, min: 1 });
    checkChoice(where, "mode", mode, ["triangular", "triangular2", "exponential"]);
    checkNumber(where, "gamma", gamma, { above: 0 });
    if (options.gamma !== undefined && mode !== "exponential")
      throw new RangeError(
        errorText(where, `gamma needs mode "exponential", got "${mode}"`, "", 'pass {mode: "exponential"}'),
      );
    checkMomentum(where, minMomentum, maxMomentum, options);
    const total = stepsUp + stepsDown;
    /** Height of the triangle at step t, from 0 to 1. */
    const height = (t: number): number => {
      const cycle = Math.floor(t / total);
      const at = t - cycle * total;
      const share = at <= stepsUp ? at / stepsUp : (total - at) / stepsDown;
      return share * (mode === "triangular2" ? 0.5 ** cycle : mode === "exponential" ? gamma ** t : 1);
    };
    const momentum = (t: number): number => maxMomentum - (maxMomentum - minMomentum) * height(t);
    return Object.assign(
      (t: number): number => 1 + (maxFactor - 1) * height(t),
      cycleMomentum ? { momentum } : {},
    );
  },
);

/** Options of {@link oneCycle}. */
export interface OneCycleOptions extends MomentumCycleOptions {
  /** Steps of the whole run; required. */
  readonly steps: number;
  /** Share of them in which the rate rises; default 0.3. */
  readonly warmupFraction?: number;
  /** The run begins at learningRate / divFactor; default 25. */
  readonly divFactor?: number;
  /** It ends at the beginning / finalDivFactor; default 1e4. */
  readonly finalDivFactor?: number;
  /** Form of both parts; default "cosine". */
  readonly anneal?: "cosine" | "linear";
}

/**
 * One rise to the optimizer's learning rate and one fall far below its start (PyTorch's OneCycleLR, whose max_lr is the
 * optimizer's rate here). Momentum falls and rises the other way. After `steps` it stays at the end.
 *
 * @see Smith and Topin 2018, arXiv:1708.07120
 * @example
 * const curve = optim.schedules.oneCycle({ steps: 10, warmupFraction: 0.5, anneal: "linear" });
 * [0, 2, 4].map(curve) // [0.04, 0.52, 1]
 */
export const oneCycle: ScheduleFactory<OneCycleOptions> = makeFactory(
  "oneCycle",
  [
    "steps",
    "warmupFraction",
    "divFactor",
    "finalDivFactor",
    "anneal",
    "cycleMomentum",
    "minMomentum",
    "maxMomentum",
  ],
  (where, options: OneCycleOptions) => {
    const { steps, warmupFraction = 0.3, divFactor = 25, finalDivFactor = 1e4, anneal = "cosine" } = options;
    const { cycleMomentum = true, minMomentum = 0.85, maxMomentum = 0.95 } = options;
    checkNumber(where, "steps", steps, { integer: true, min: 2 });
    checkNumber(where, "warmupFraction", warmupFraction, { above: 0, below: 1 });
    checkNumber(where, "divFactor", divFactor, { above: 0 });
    checkNumber(where, "finalDivFactor", finalDivFactor, { above: 0 });
    checkChoice(where, "anneal", anneal, ["cosine", "linear"]);
    checkMomentum(where, minMomentum, maxMomentum, options);
    // Both ends count: the top is step `warmupFraction·steps − 1`, the last step `steps − 1`.
    const top = warmupFraction * steps - 1;
    if (top <= 0)
      throw new RangeError(
        errorText(
          where,
          `warmupFraction·steps must be more than 1, got ${warmupFraction}·${steps}`,
          "",
          "raise warmupFraction or steps",
        ),
      );
    const between = (t: number, low: number, high: number, end: number): number => {
      const at = Math.min(t, steps - 1);
      const [from, to, share] =
        at <= top ? [low, high, at / top] : [high, end, (at - top) / (steps - 1 - top)];
      return anneal === "linear"
        ? from + (to - from) * share
        : to + ((from - to) * (1 + Math.cos(Math.PI * share))) / 2;
    };
    const first = 1 / divFactor;
    const momentum = (t: number): number => between(t, maxMomentum, minMomentum, maxMomentum);
    return Object.assign(
      (t: number): number => between(t, first, 1, first / finalDivFactor),
      cycleMomentum ? { momentum } : {},
    );
  },
);
