// The one place that gives values of the library a picture in a notebook. The classes themselves know no plots: a History
// is made without loading one, and is drawn only when a notebook asks for it.

import { LoaderExplanation } from "./data/dataLoader.js";
import type { BiasVarianceSweep } from "./generalization/biasVarianceSweep.js";
import type { BootstrapResult } from "./generalization/bootstrap.js";
import { pictures } from "./generalization/displayed.js";
import type { Split } from "./generalization/split/split.js";
import type { ScoreCurve } from "./generalization/validate/curves.js";
import { heatmap } from "./plot/basic/heatmap.js";
import { histogram } from "./plot/basic/histogram.js";
import { displaySymbol } from "./plot/figure.js";
import { lossCurve } from "./plot/training/lossCurve.js";
import { biasVariance } from "./plot/validation/biasVariance.js";
import { learningCurve, validationCurve } from "./plot/validation/scoreCurve.js";
import { splits } from "./plot/validation/splits.js";
import { History } from "./train/history.js";

declare module "./data/dataLoader.js" {
  interface LoaderExplanation {
    /** The orders as colors, one row an epoch, with the lines of `toString` as text. */
    [displaySymbol](): Readonly<Record<string, string>>;
  }
}

declare module "./train/history.js" {
  interface History {
    /** The loss curve of the run, with its summary as text. */
    [displaySymbol](): Readonly<Record<string, string>>;
  }
}

History.prototype[displaySymbol] = function (this: History): Readonly<Record<string, string>> {
  const text = { "text/plain": this.toString() };
  if (this.steps.length + this.epochs.length === 0) return text;
  const figure = lossCurve(this, {
    title: this.name,
    subtitle: this.message === "" ? undefined : this.message,
  });
  return { ...figure[displaySymbol](), ...text };
};

LoaderExplanation.prototype[displaySymbol] = function (
  this: LoaderExplanation,
): Readonly<Record<string, string>> {
  const text = { "text/plain": this.toString() };
  const samples = this.orders[0]!.length;
  if (samples > 400) return text;
  const figure = heatmap(this.orders, {
    rows: this.orders.map((_, epoch) => `epoch ${epoch + 1}`),
    title: "Order of the samples",
    subtitle: `batches of ${this.batchSize}, from left to right`,
    xLabel: "position in the epoch",
    yLabel: "",
    colorLabel: "sample",
    numbers: samples <= 24,
    cellHeight: 26,
  });
  return { ...figure[displaySymbol](), ...text };
};

pictures.splits = (value: Split | Split[]) => splits(value)[displaySymbol]();
pictures.biasVarianceSweep = (value: BiasVarianceSweep<unknown>) => biasVariance(value)[displaySymbol]();
pictures.learningCurve = (value: ScoreCurve<number>) => learningCurve(value)[displaySymbol]();
pictures.validationCurve = (value: ScoreCurve<number>) => validationCurve(value)[displaySymbol]();
pictures.bootstrap = ({ replicates, low, high, estimate }: BootstrapResult) =>
  histogram(replicates, {
    xLabel: "statistic of a bootstrap sample",
    interval: { low, high },
    lines: { estimate },
  })[displaySymbol]();
