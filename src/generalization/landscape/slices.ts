import type { Samples } from "../../data/dataset.js";
import { checkNumber, checkOptions, errorText, rejectUnknownOptions, showValue } from "../../errors.js";
import type { Module, StateDict } from "../../nn/module.js";
import type { Random } from "../../random.js";
import { sub } from "../../tensor/elementwise.js";
import { Tensor } from "../../tensor/tensor.js";
import { evaluate, type Loss, type Metric } from "../../train/evaluate.js";
import { checkObjective } from "../../train/meanGradient.js";
import { checkWeights, place, randomDirection, withWeights } from "./weights.js";

/** What is measured at each point. */
export interface MeasureOptions {
  /** One data set, or several by name: `{train: {x, y}, test: {x, y}}`. */
  readonly data: Samples | Readonly<Record<string, Samples>>;
  /** Mean loss over samples. */
  readonly loss: Loss;
  /** Also measured, for example `train.metrics.accuracy`. */
  readonly accuracy?: Metric;
}

/** Curves along a line through weight space: what `plot.landscape1d` takes. */
export interface LineCurves {
  readonly alpha: number[];
  /** By data set; "data" when there is one without a name. */
  readonly loss: Record<string, number[]>;
  readonly accuracy?: Record<string, number[]>;
}

/** Losses on a plane through weight space: what `plot.landscape2d` takes. `z[row][column]` belongs to `y[row]` and `x[column]`. */
export interface PlaneGrid {
  readonly x: number[];
  readonly y: number[];
  readonly z: number[][];
}

function dataSets(where: string, data: MeasureOptions["data"]): [string, Samples][] {
  const isSamples = (value: unknown): value is Samples =>
    (value as Samples | null)?.x instanceof Tensor && (value as Samples).y instanceof Tensor;
  if (isSamples(data)) return [["data", data]];
  const sets = Object.entries(data ?? {});
  if (sets.length === 0 || !sets.every(([, set]) => isSamples(set)))
    throw new TypeError(errorText(where, `data must be {x, y}, or such by name, got ${showValue(data)}`));
  return sets;
}

const even = (low: number, high: number, points: number): number[] =>
  Array.from({ length: points }, (_, i) => low + ((high - low) * i) / (points - 1));

/** The curves over `base + α·direction`. */
function alongLine(
  where: string,
  model: Module,
  base: StateDict,
  direction: StateDict,
  alpha: readonly number[],
  { data, loss, accuracy }: MeasureOptions,
): LineCurves {
  const sets = dataSets(where, data);
  const metrics: Record<string, Metric> = accuracy === undefined ? {} : { accuracy };
  return withWeights(model, () => {
    const rows = alpha.map((a) => {
      place(model, base, [[a, direction]]);
      return sets.map(([, set]) => evaluate(model, set, { loss, metrics }));
    });
    const curves = (pick: (one: ReturnType<typeof evaluate>) => number): Record<string, number[]> =>
      Object.fromEntries(sets.map(([name], s) => [name, rows.map((row) => pick(row[s]!))]));
    return {
      alpha: [...alpha],
      loss: curves((one) => one.loss),
      ...(accuracy === undefined ? {} : { accuracy: curves((one) => one.metrics.accuracy!) }),
    };
  });
}

/** Options of {@link interpolate}. */
export interface InterpolateOptions extends MeasureOptions {
  /** Positions: 0 is the first solution, 1 the second; default 25 from −1 to 2. */
  readonly alphas?: readonly number[];
}

/**
 * Loss on the straight line between two solutions: weights `(1 − α)·a + α·b`. Running statistics of normalization layers are interpolated
 * too.
 *
 * @param model of the architecture; its weights are put back
 * @param a, b weights as `stateDict` gives them, for example of a small-batch and a large-batch run
 * @see Goodfellow, Vinyals and Saxe 2015, arXiv:1412.6544; Keskar et al. 2017, arXiv:1609.04836, figure 3
 * @example
 * const model = new nn.Linear(1, 1, { bias: false });
 * const [a, b] = [{ weight: tensor([[0]]) }, { weight: tensor([[2]]) }];
 * const data = { x: tensor([[1]]), y: tensor([[2]]) };
 * generalization.landscape.interpolate(model, a, b, { data, loss: nn.mseLoss, alphas: [0, 0.5, 1] }).loss // { data: [4, 1, 0] }
 */
export function interpolate(
  model: Module,
  a: StateDict,
  b: StateDict,
  options: InterpolateOptions,
): LineCurves {
  const where = "interpolate";
  checkOptions(where, options);
  const { alphas = even(-1, 2, 25), data, loss, accuracy, ...rest } = options;
  rejectUnknownOptions(where, rest, ["alphas", "data", "loss", "accuracy"]);
  checkWeights(where, "a", model, a);
  checkWeights(where, "b", model, b);
  if (!Array.isArray(alphas) || !alphas.every(Number.isFinite))
    throw new TypeError(errorText(where, `alphas must be finite numbers, got ${showValue(alphas)}`));
  const difference = Object.fromEntries(
    Object.entries(b).map(([name, target]) => [name, sub(target.detach(), a[name]!.detach())]),
  );
  return alongLine(where, model, a, difference, alphas, { data, loss, ...(accuracy && { accuracy }) });
}

/** Options of {@link slice1d}. */
export interface Slice1dOptions extends MeasureOptions {
  /** Direction; default random and filter-normalized. */
  readonly direction?: StateDict;
  /** Generator of the direction. */
  readonly random?: Random;
  /** Largest |α|; default 1: as far as the weights are long. */
  readonly range?: number;
  /** Default 51. */
  readonly points?: number;
}

/**
 * Loss on a line through the present weights: `w + α·d`, α from −range to range.
 *
 * @param model its weights are put back
 * @see Li et al. 2018, arXiv:1712.09913
 */
export function slice1d(model: Module, options: Slice1dOptions): LineCurves {
  const where = "slice1d";
  checkOptions(where, options);
  const { direction, random, range = 1, points = 51, data, loss, accuracy, ...rest } = options;
  rejectUnknownOptions(where, rest, ["direction", "random", "range", "points", "data", "loss", "accuracy"]);
  checkNumber(where, "range", range, { above: 0 });
  checkNumber(where, "points", points, { integer: true, min: 2 });
  refuseBoth(where, "direction", direction, random);
  const d = direction ?? randomDirection(model, random === undefined ? {} : { random });
  checkWeights(where, "direction", model, d);
  const measure = { data, loss, ...(accuracy && { accuracy }) };
  return alongLine(where, model, model.stateDict(), d, even(-range, range, points), measure);
}

/** Options of {@link slice2d}. */
export interface Slice2dOptions extends Omit<MeasureOptions, "accuracy" | "data"> {
  readonly data: Samples;
  /** Two directions; default random and filter-normalized. */
  readonly directions?: readonly [StateDict, StateDict];
  /** Generator of the directions. */
  readonly random?: Random;
  /** Largest distance along each; default 1. */
  readonly range?: number;
  /** Points along each axis; default 25, that is 625 evaluations. The paper has 51. */
  readonly points?: number;
}

/**
 * Loss on a plane through the present weights: `w + x·d₁ + y·d₂`.
 *
 * @param model its weights are put back
 * @see Li et al. 2018, arXiv:1712.09913
 */
export function slice2d(model: Module, options: Slice2dOptions): PlaneGrid {
  const where = "slice2d";
  checkOptions(where, options);
  const { directions, random, range = 1, points = 25, data, loss, ...rest } = options;
  rejectUnknownOptions(where, rest, ["directions", "random", "range", "points", "data", "loss"]);
  checkObjective(where, model, { data, loss });
  checkNumber(where, "range", range, { above: 0 });
  checkNumber(where, "points", points, { integer: true, min: 2 });
  refuseBoth(where, "directions", directions, random);
  const draw = (): StateDict => randomDirection(model, random === undefined ? {} : { random });
  const [first, second] = directions ?? [draw(), draw()];
  checkWeights(where, "directions[0]", model, first);
  checkWeights(where, "directions[1]", model, second);
  const axis = even(-range, range, points);
  const base = model.stateDict();
  const z = withWeights(model, () =>
    axis.map((y) =>
      axis.map((x) => {
        place(model, base, [
          [x, first],
          [y, second],
        ]);
        return evaluate(model, data, { loss }).loss;
      }),
    ),
  );
  return { x: axis, y: [...axis], z };
}

function refuseBoth(where: string, name: string, direction: unknown, random: Random | undefined): void {
  if (direction !== undefined && random !== undefined)
    throw new RangeError(
      errorText(where, `random must not be given with ${name}`, "", `drop random: ${name} needs none`),
    );
}
