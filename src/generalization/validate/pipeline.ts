import { Standardizer } from "../../data/standardizer.js";
import { errorText, showValue } from "../../errors.js";
import { tensor } from "../../tensor/create.js";
import { checkQuery, checkSamples, type Model } from "../model/samples.js";
import { isClassifier } from "./score.js";

/** A step that learns from training rows and changes any rows: scaling, selection, expansion. */
export interface RowTransform {
  fit(x: number[][], y: number[]): unknown;
  transform(x: number[][]): number[][];
}

/**
 * Steps that are fitted in order, then a model: every data-dependent step learns from the rows `fit` is given and from
 * nothing else. Cross-validated as a whole, scaling and selection happen inside the fold.
 *
 * @param steps transforms (a `data.Standardizer`, a `SelectBest`, or any object with fit and transform), the model last
 * @throws {TypeError} when a step is neither
 * @example
 * const model = new generalization.Pipeline([new data.Standardizer(), new generalization.KNearestNeighbors({ k: 1 })]);
 * model.fit([[0, 1000], [1, 0]], [5, 7]).predict([[1, 400]]) // [7]
 */
export class Pipeline implements Model {
  readonly steps: readonly (RowTransform | Standardizer | Model)[];
  /** True when the last step is a classifier: decides the default score. */
  readonly isClassifier: boolean;
  private readonly transforms: readonly RowTransform[];
  private readonly model: Model;
  private features = 0;

  constructor(steps: readonly (RowTransform | Standardizer | Model)[]) {
    if (!Array.isArray(steps) || steps.length === 0) {
      const text = `steps must be a list that ends with a model, got ${showValue(steps)}`;
      throw new TypeError(errorText("Pipeline", text));
    }
    this.steps = steps;
    this.transforms = steps.slice(0, -1).map(asRowTransform);
    this.model = asModel(steps[steps.length - 1], steps.length - 1);
    this.isClassifier = isClassifier(this.model);
  }

  fit(x: number[][], y: number[]): this {
    this.features = checkSamples("Pipeline.fit", x, y);
    let rows = x;
    for (const step of this.transforms) {
      step.fit(rows, y);
      rows = step.transform(rows);
    }
    this.model.fit(rows, y);
    return this;
  }

  /** The rows as the model sees them. */
  transform(x: number[][]): number[][] {
    checkQuery("Pipeline.transform", x, this.features);
    return this.transforms.reduce((rows, step) => step.transform(rows), x);
  }

  predict(x: number[][]): number[] {
    checkQuery("Pipeline.predict", x, this.features);
    return this.model.predict(this.transform(x));
  }
}

function asModel(step: unknown, index: number): Model {
  const { fit, predict } = (step ?? {}) as Partial<Model>;
  if (typeof fit === "function" && typeof predict === "function") return step as Model;
  const text = `the last step must have fit and predict, got ${showValue(step)} at index ${index}`;
  throw new TypeError(errorText("Pipeline", text));
}

function asRowTransform(step: unknown, index: number): RowTransform {
  if (step instanceof Standardizer) return rowsThrough(step);
  const { fit, transform } = (step ?? {}) as Partial<RowTransform>;
  if (typeof fit === "function" && typeof transform === "function") return step as RowTransform;
  const text = `every step before the last must have fit and transform, got ${showValue(step)} at index ${index}`;
  throw new TypeError(errorText("Pipeline", text));
}

/** A standardizer works on tensors; the models here on rows. */
function rowsThrough(standardizer: Standardizer): RowTransform {
  const toTensor = (x: number[][]) => tensor(x, { dtype: "float64" });
  return {
    fit: (x) => standardizer.fit(toTensor(x)),
    transform: (x) => standardizer.transform(toTensor(x)).toArray() as number[][],
  };
}
