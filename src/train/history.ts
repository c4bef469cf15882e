import { errorText } from "../errors.js";

/** What one optimizer step left behind. */
export interface StepRecord {
  /** Steps taken so far, this one included: 1, 2, … */
  readonly step: number;
  /** Loss of this step's batch, before the step. */
  readonly loss: number;
  /** Learning rate of this step (of the first parameter group). */
  readonly learningRate: number;
}

/** What one epoch, or one round of validation, left behind. */
export interface EpochRecord {
  /** Epochs so far, this one included; a fraction when validation runs inside an epoch. */
  readonly epoch: number;
  /** Steps taken when this was written: the place on the x axis shared with `steps`. */
  readonly step: number;
  /** Mean loss of the batches since the last record, weighted by their sizes. */
  readonly trainLoss: number;
  /** Loss on the validation data in evaluation mode; absent without validation. */
  readonly validationLoss?: number;
  /** Metrics on the validation data by name. */
  readonly metrics: Readonly<Record<string, number>>;
  /** Learning rate at that time. */
  readonly learningRate: number;
}

/** Why training ended. */
export type Ending = "finished" | "stopped" | "diverged";

/** One line of {@link History.compare}. */
export interface ComparisonRow {
  readonly name: string;
  readonly steps: number;
  readonly ending: Ending;
  /** Training loss of the last record. */
  readonly trainLoss: number;
  /** Smallest validation loss and the epoch it belongs to; NaN without validation. */
  readonly bestValidationLoss: number;
  readonly bestEpoch: number;
  readonly seconds: number;
}

/**
 * What happened in a training run: one record a step, one an epoch, and how it ended. Made by `train.fit`; plain data, so that it
 * can be plotted, compared, and written as JSON.
 *
 * @example
 * const run = new train.History("SGD");
 * run.addStep({ step: 1, loss: 0.5, learningRate: 0.1 });
 * run.losses // [0.5]
 */
export class History {
  /** Name of the run in figures and comparisons. */
  name: string;
  readonly steps: StepRecord[] = [];
  readonly epochs: EpochRecord[] = [];
  /** "finished" as planned, "stopped" by a callback, or "diverged": the loss was no longer finite. */
  ending: Ending = "finished";
  /** One sentence on why the run ended early, empty otherwise. */
  message: string = "";
  /** The step whose loss was not finite; null when every loss was. */
  divergedAt: number | null = null;
  /** Time spent, in seconds. */
  seconds: number = 0;

  constructor(name: string = "run") {
    this.name = name;
  }

  addStep(record: StepRecord): void {
    this.steps.push(record);
  }

  addEpoch(record: EpochRecord): void {
    this.epochs.push(record);
  }

  /** Loss of every step, in order. */
  get losses(): number[] {
    return this.steps.map(({ loss }) => loss);
  }

  /** Mean training loss of every epoch record. */
  get trainLosses(): number[] {
    return this.epochs.map(({ trainLoss }) => trainLoss);
  }

  /** Validation loss of every epoch record that has one. */
  get validationLosses(): number[] {
    return this.epochs.flatMap(({ validationLoss }) =>
      validationLoss === undefined ? [] : [validationLoss],
    );
  }

  /** Values of one metric, one an epoch record. @throws {RangeError} when no record has it */
  metric(name: string): number[] {
    const values = this.epochs.flatMap(({ metrics }) =>
      Object.hasOwn(metrics, name) ? [metrics[name]!] : [],
    );
    if (values.length === 0) {
      const names = [...new Set(this.epochs.flatMap(({ metrics }) => Object.keys(metrics)))];
      throw new RangeError(
        errorText(
          "metric",
          `name must be a recorded metric (${names.join(", ") || "none were"}), got "${name}"`,
        ),
      );
    }
    return values;
  }

  /** The record with the smallest validation loss (training loss without validation); undefined before the first one. */
  get best(): EpochRecord | undefined {
    const score = (record: EpochRecord): number => record.validationLoss ?? record.trainLoss;
    let best: EpochRecord | undefined;
    for (const record of this.epochs)
      if (Number.isFinite(score(record)) && (best === undefined || score(record) < score(best)))
        best = record;
    return best;
  }

  /** This run beside others, one row each, in the order given. */
  compare(...others: readonly History[]): ComparisonRow[] {
    return [this, ...others].map((run) => ({
      name: run.name,
      steps: run.steps.length,
      ending: run.ending,
      trainLoss: run.epochs.at(-1)?.trainLoss ?? Number.NaN,
      bestValidationLoss: run.best?.validationLoss ?? Number.NaN,
      bestEpoch: run.best?.epoch ?? Number.NaN,
      seconds: run.seconds,
    }));
  }

  /** Two or three lines on the run. */
  toString(): string {
    const last = this.epochs.at(-1);
    const number = (value: number): string => value.toPrecision(4);
    const lines = [`${this.name}: ${this.steps.length} steps in ${this.seconds.toFixed(1)} s`];
    if (last !== undefined) {
      const validation =
        last.validationLoss === undefined ? "" : `, validation loss ${number(last.validationLoss)}`;
      const metrics = Object.entries(last.metrics).map(([name, value]) => `, ${name} ${number(value)}`);
      lines.push(`  last: training loss ${number(last.trainLoss)}${validation}${metrics.join("")}`);
    }
    if (this.message !== "") lines.push(`  ${this.message}`);
    return lines.join("\n");
  }
}
