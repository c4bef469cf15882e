// Many fits of one model: each task has its own training samples and queries. Runs here when it is quick or the model is
// somebody else's, else in worker threads; the numbers are the same either way.
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { MessageChannel, receiveMessageOnPort, Worker } from "node:worker_threads";
import { checkNumber, errorText } from "../../errors.js";
import { createRandom } from "../../random.js";
import type { Model } from "../model/samples.js";
import { buildModel, describeModel } from "./buildModel.js";
import {
  BEAT,
  CONTROL_LENGTH,
  DONE,
  FAILED,
  type FitFailure,
  type FitWorkerData,
  STARTED,
} from "./messages.js";
import { fitTask } from "./tasks.js";

/** Indices into the common table of samples. */
export interface FitTask {
  readonly train: ArrayLike<number>;
  readonly query: ArrayLike<number>;
}

export interface FitManyOptions {
  /** Worker threads; 1 runs here; default as many as the machine has cores, once the work is worth their start. */
  readonly workers?: number | undefined;
  /** Called a few times a second with the number of finished tasks. */
  readonly onProgress?: (done: number, total: number, threads: number) => void;
  /** The worker's program; differs from the default only where the sources run uncompiled. */
  readonly workerUrl?: URL;
}

/** Starting a worker takes about 60 ms; below this much remaining work the threads do not pay. */
const WORTH_MS = 400;
const BEAT_MS = 50;
/** A worker that has not loaded its program by then never will. */
const START_LIMIT_MS = 20_000;

const shared = (bytes: number): SharedArrayBuffer => new SharedArrayBuffer(Math.max(8, bytes));

function flatten(lists: readonly ArrayLike<number>[]): { index: Int32Array; start: Int32Array } {
  const start = new Int32Array(shared(4 * (lists.length + 1)), 0, lists.length + 1);
  lists.forEach((list, i) => {
    start[i + 1] = start[i]! + list.length;
  });
  const total = start[lists.length]!;
  const index = new Int32Array(shared(4 * total), 0, total);
  lists.forEach((list, i) => {
    for (let j = 0; j < list.length; j++) index[start[i]! + j] = list[j]!;
  });
  return { index, start };
}

/**
 * Fits the model once for each task and returns the predictions for each task's queries.
 *
 * A model of ours is built anew for each task, with a seed of its own drawn from the model's generator when its fits draw
 * random numbers, so the result does not depend on the number of threads. Any other model is fitted here, task by task.
 *
 * @param where for errors
 * @throws what a fit throws, with the task's number; {RangeError} for workers < 1
 */
export function fitMany(
  where: string,
  model: Model,
  x: number[][],
  y: ArrayLike<number>,
  tasks: readonly FitTask[],
  options: FitManyOptions = {},
): Float64Array[] {
  const {
    workers,
    onProgress = () => {},
    workerUrl = new URL("./fitWorkerMain.js", import.meta.url),
  } = options;
  if (workers !== undefined) checkNumber(where, "workers", workers, { integer: true, min: 1 });
  const described = describeModel(model);
  const seeds = new Float64Array(shared(8 * tasks.length), 0, tasks.length).fill(Number.NaN);
  if (described?.generator) {
    const seeder = createRandom(described.generator.bits());
    for (let t = 0; t < tasks.length; t++) seeds[t] = seeder.bits();
  }
  const features = x[0]?.length ?? 1;
  const targets = new Float64Array(shared(8 * y.length), 0, y.length);
  targets.set(y);
  const train = flatten(tasks.map((task) => task.train));
  const query = flatten(tasks.map((task) => task.query));
  const output = new Float64Array(shared(8 * query.index.length), 0, query.index.length);
  const data = {
    y: targets,
    trainIndex: train.index,
    trainStart: train.start,
    queryIndex: query.index,
    queryStart: query.start,
    output,
  };

  const taskData = { ...data, rows: x };
  const threads = described ? threadCount(where, workers, workerUrl) : 1;
  const started = performance.now();
  let reported = started;
  let task = 0;
  for (; task < tasks.length; task++) {
    const elapsed = performance.now() - started;
    const isWorthThreads = workers !== undefined || (elapsed / task) * (tasks.length - task) > WORTH_MS;
    if (threads > 1 && (workers !== undefined || (task > 0 && elapsed > 100)) && isWorthThreads) break;
    const seed = seeds[task]!;
    fitTask(
      described ? buildModel(described.description, Number.isNaN(seed) ? null : seed) : model,
      taskData,
      task,
    );
    if (performance.now() - reported > 200) {
      reported = performance.now();
      onProgress(task + 1, tasks.length, 1);
    }
  }
  if (task < tasks.length && described) {
    const table = new Float64Array(shared(8 * x.length * features), 0, x.length * features);
    for (let i = 0; i < x.length; i++) table.set(x[i]!, i * features);
    const control = new Int32Array(shared(4 * CONTROL_LENGTH));
    control[0] = task;
    control[1] = task;
    runWorkers(
      where,
      { ...data, x: table, features, control, seeds, description: described.description },
      threads,
      workerUrl,
      onProgress,
    );
  }
  return tasks.map((_, t) => output.slice(query.start[t]!, query.start[t + 1]!));
}

/** How many threads may be used: where the sources run uncompiled there is no worker program to start. */
function threadCount(where: string, workers: number | undefined, workerUrl: URL): number {
  const exists = existsSync(fileURLToPath(workerUrl));
  if (workers === undefined) return exists ? availableParallelism() : 1;
  if (exists || workers === 1) return workers;
  const text = `workers must be 1 where the sources run uncompiled, got ${workers}`;
  throw new Error(errorText(where, text, "", "compile the sources, or drop workers"));
}

function runWorkers(
  where: string,
  data: FitWorkerData,
  threads: number,
  workerUrl: URL,
  onProgress: NonNullable<FitManyOptions["onProgress"]>,
): void {
  const { control } = data;
  const total = data.trainStart.length - 1;
  const count = Math.min(threads, total - control[DONE]!);
  const workers: Worker[] = [];
  const ports = Array.from({ length: count }, () => new MessageChannel());
  try {
    for (const { port2 } of ports) {
      const worker = new Worker(workerUrl, { workerData: { ...data, port: port2 }, transferList: [port2] });
      worker.unref();
      workers.push(worker);
    }
    const started = performance.now();
    let reported = started;
    for (let done = Atomics.load(control, DONE); done < total; done = Atomics.load(control, DONE)) {
      if (Atomics.load(control, FAILED) !== 0) break;
      Atomics.wait(control, DONE, done, BEAT_MS);
      Atomics.add(control, BEAT, 1);
      if (Atomics.load(control, STARTED) === 0 && performance.now() - started > START_LIMIT_MS) {
        const text = `the worker threads did not start within ${START_LIMIT_MS / 1000} s`;
        throw new Error(errorText(where, text, "", "pass {workers: 1} to fit in this thread"));
      }
      if (performance.now() - reported > 200) {
        reported = performance.now();
        onProgress(done, total, count);
      }
    }
    const failure = ports.map(({ port1 }) => receiveMessageOnPort(port1)?.message as FitFailure | undefined);
    const first = failure.find((item) => item !== undefined);
    if (first) throw fitError(where, first);
  } finally {
    for (const worker of workers) void worker.terminate();
    for (const { port1 } of ports) port1.close();
  }
}

function fitError(where: string, { task, name, message }: FitFailure): Error {
  const text = errorText(where, `fit ${task} failed`, `${name}: ${message.replaceAll("\n", "\n  ")}`);
  return name === "RangeError"
    ? new RangeError(text)
    : name === "TypeError"
      ? new TypeError(text)
      : new Error(text);
}
