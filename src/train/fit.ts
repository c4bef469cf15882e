import type { Batch } from "../data/dataLoader.js";
import type { Module } from "../nn/module.js";
import { clipGradNorm } from "../optim/clip.js";
import { NaNGradientError } from "../optim/nanGradientError.js";
import { fromFunction } from "../optim/schedules/factory.js";
import type { Curve } from "../optim/schedules/schedule.js";
import { add } from "../tensor/elementwise.js";
import { type Callback, callAll, type TrainingState } from "./callbacks.js";
import { evaluate } from "./evaluate.js";
import { type FitOptions, type Plan, readFitOptions, type Schedule } from "./fitOptions.js";
import { History } from "./history.js";
import { currentEnvironment, type Environment, progressText } from "./progress.js";

/** Milliseconds of work between two looks at the clock, the stop button and the progress line. */
const turn = 100;
/** Runs shorter than this many milliseconds show no progress: a saved notebook would keep a line that nobody had time to read. */
const quiet = 1000;

/**
 * Trains a model: takes batches, computes the loss, lets the optimizer step, and records what happened.
 *
 * Every step is `zeroGrad`, `loss(model.forward(x), y)`, `backward`, `step`, then the schedule. After every epoch (or `validateEvery` steps) the
 * validation data is evaluated. A loss or gradient that is no longer finite ends the run: that is no error but a result, told in
 * `history.ending` ("diverged"), `history.divergedAt` and `history.message`. The model is in training mode while it runs and in evaluation
 * mode afterwards.
 *
 * It runs to its end before it returns, so no `await` is needed (one does no harm); its progress is written as it goes. Ctrl-C on a
 * terminal and the stop button of a notebook end it, and the model keeps the weights it has.
 *
 * To compare optimizers fairly give each run a fresh model from the same seed and the same `random`: identical starting weights
 * and identical batches.
 *
 * @param model changed in place
 * @param options.data a DataLoader, or `{x, y}`, shuffled into batches of `batchSize` (default 32) by `random`
 * @param options.loss `(prediction, target) => Tensor`, the mean over a batch
 * @param options.optimizer over the model's parameters
 * @param options.epochs, options.steps length of the run: exactly one of them
 * @param options.validation data the model is judged on; `validateEvery` steps, default once an epoch; `metrics` by name
 * @param options.schedule `(step) => factor` on the starting learning rate, or a schedule of `optim.schedules`
 * @param options.penalty added to the loss; `transform` changes batches; `clipNorm` limits gradients; `earlyStopping` may end the run
 * @param options.callbacks see {@link Callback}
 * @returns the record of the run
 * @throws {TypeError} or {RangeError} for options that are missing, wrong, or would be ignored
 * @example
 * const { x, y } = data.datasets.sineRegression({ random: createRandom(1) });
 * const model = new nn.MLP({ sizes: [1, 8, 1], activation: "tanh", random: createRandom(2) });
 * const optimizer = new optim.Adam(model.parameters(), { learningRate: 0.01 });
 * const history = train.fit(model, { data: { x, y }, loss: nn.mseLoss, optimizer, epochs: 2, random: createRandom(3) });
 * history.epochs.length // 2
 */
export function fit(
  model: Module,
  options: FitOptions,
  environment: Environment = currentEnvironment(),
): History {
  const run = new Run(model, readFitOptions(model, options), environment);
  model.train();
  try {
    run.tell("onStart");
    run.steps();
    run.tell("onEnd");
  } finally {
    model.eval();
    run.finish();
  }
  return run.history;
}

/** A schedule at work: a function of the step has become one. */
type ScheduleLike = Exclude<Schedule, Curve>;

/** One call of `fit`. */
class Run implements TrainingState {
  readonly model: Module;
  readonly history: History;
  readonly #plan: Plan;
  readonly #environment: Environment;
  readonly #schedule: ScheduleLike | undefined;
  readonly #start: number;
  step = 0;
  loss: number = Number.NaN;
  #isOver = false;
  #lastTurn: number;
  #lastShown = Number.NEGATIVE_INFINITY;
  /** Σ loss·samples and Σ samples since the last epoch record. */
  #lossSum = 0;
  #sampleSum = 0;

  constructor(model: Module, plan: Plan, environment: Environment) {
    this.model = model;
    this.history = new History(plan.name);
    this.#plan = plan;
    this.#environment = environment;
    const { optimizer, schedule } = plan;
    this.#schedule = typeof schedule === "function" ? fromFunction(optimizer, schedule) : schedule;
    this.#start = environment.now();
    this.#lastTurn = this.#start;
  }

  get optimizer(): Plan["optimizer"] {
    return this.#plan.optimizer;
  }

  get epoch(): number {
    return this.step / this.#plan.loader.length;
  }

  stop(reason: string): void {
    this.#end("stopped", reason);
  }

  tell(moment: keyof Callback): void {
    callAll(this.#plan.callbacks, moment, this);
  }

  /** All steps of the run. */
  steps(): void {
    const { loader, totalSteps, validateEvery = loader.length } = this.#plan;
    while (!this.#isOver) {
      for (const batch of loader) {
        if (this.#isOver) return;
        this.#oneStep(batch);
        if (this.history.ending === "diverged") {
          this.#writeRecord();
          return;
        }
        this.tell("onStep");
        const isLast = this.#isOver || this.step === totalSteps;
        if (isLast || this.step % validateEvery === 0) {
          this.#writeRecord();
          this.tell("onEpoch");
        }
        if (isLast) this.#isOver = true;
        const now = this.#environment.now();
        if (now - this.#lastTurn >= turn) this.#takeTurn(now);
      }
    }
  }

  #oneStep({ x, y }: Batch): void {
    const { optimizer, loss, penalty, transform, clipNorm } = this.#plan;
    const batch = transform === undefined ? { x, y } : transform(x, y);
    optimizer.zeroGrad();
    const value = loss(this.model.forward(batch.x), batch.y);
    const objective = penalty === undefined ? value : add(value, penalty(this.model));
    this.step++;
    this.loss = objective.item();
    const samples = x.shape[0]!;
    this.#lossSum += this.loss * samples;
    this.#sampleSum += samples;
    this.history.addStep({ step: this.step, loss: this.loss, learningRate: optimizer.learningRate });
    if (!Number.isFinite(this.loss)) {
      this.#diverge(`the loss is ${this.loss}`);
      return;
    }
    objective.backward();
    try {
      if (clipNorm !== undefined)
        clipGradNorm(
          optimizer.groups.flatMap((group) => group.parameters),
          clipNorm,
        );
      optimizer.step();
    } catch (error) {
      if (!(error instanceof NaNGradientError)) throw error;
      this.#diverge("a gradient is NaN");
      return;
    }
    if (this.#schedule?.interval !== "epoch") this.#schedule?.step();
  }

  #diverge(what: string): void {
    const text = `diverged at step ${this.step}: ${what}; lower the learning rate or clip the gradients`;
    this.history.divergedAt = this.step;
    this.#end("diverged", text);
  }

  #end(ending: "stopped" | "diverged", message: string): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.history.ending = ending;
    this.history.message = message;
  }

  /** Writes an epoch record: training loss since the last one, validation, metrics; then whoever decides on them. */
  #writeRecord(): void {
    const { validation, metrics, loss, earlyStopping, optimizer, loader } = this.#plan;
    const trainLoss = this.#lossSum / this.#sampleSum;
    this.#lossSum = 0;
    this.#sampleSum = 0;
    const judged = validation === undefined ? undefined : evaluate(this.model, validation, { loss, metrics });
    this.history.addEpoch({
      epoch: this.step / loader.length,
      step: this.step,
      trainLoss,
      ...(judged === undefined ? {} : { validationLoss: judged.loss }),
      metrics: judged?.metrics ?? {},
      learningRate: optimizer.learningRate,
    });
    if (this.history.ending === "diverged") return;
    const score = judged?.loss ?? trainLoss;
    if (this.#schedule?.interval === "epoch") this.#schedule.step(score);
    if (earlyStopping?.update(score, this.model).stop === true)
      this.stop(`stopped early at step ${this.step}: no improvement`);
  }

  #takeTurn(now: number): void {
    if (now - this.#start >= quiet && now - this.#lastShown >= turn) this.#show(now, false);
    this.#environment.checkInterrupt();
    this.#lastTurn = this.#environment.now();
  }

  #show(now: number, isLast: boolean): void {
    const { show } = this.#environment;
    if (show === null || !this.#plan.progress) return;
    const { step, loss, epoch, history } = this;
    const { totalSteps } = this.#plan;
    const position = { step, totalSteps, epoch, loss, elapsed: now - this.#start };
    show(
      isLast ? history.toString().split("\n").join(";") : progressText(history, position),
      step / totalSteps,
      isLast,
    );
    this.#lastShown = now;
  }

  finish(): void {
    const now = this.#environment.now();
    this.history.seconds = (now - this.#start) / 1000;
    if (this.#lastShown > Number.NEGATIVE_INFINITY) this.#show(now, true);
  }
}
