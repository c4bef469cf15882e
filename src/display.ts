// The one place that gives values of the library a picture in a notebook. The classes themselves know no plots: a History
// is made without loading one, and is drawn only when a notebook asks for it.

import { displaySymbol } from "./plot/figure.js";
import { lossCurve } from "./plot/training/lossCurve.js";
import { History } from "./train/history.js";

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
