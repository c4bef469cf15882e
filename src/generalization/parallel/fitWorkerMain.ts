// CHILD: takes tasks from a shared counter until none is left.
import { workerData } from "node:worker_threads";
import { buildModel } from "./buildModel.js";
import { BEAT, DONE, FAILED, type FitFailure, type FitWorkerStart, NEXT_TASK, STARTED } from "./messages.js";
import { fitTask, rowsOf } from "./tasks.js";

const data = workerData as FitWorkerStart;
const { control, seeds } = data;
const tasks = data.trainStart.length - 1;
Atomics.add(control, STARTED, 1);
const taskData = { ...data, rows: rowsOf(data.x, data.features) };

/** True while the main thread still raises the beat: an interrupted one cannot tell its workers to stop. */
let lastBeat = -1;
let lastChange = 0;
function isAlive(): boolean {
  const beat = Atomics.load(control, BEAT);
  const now = performance.now();
  if (beat !== lastBeat) {
    lastBeat = beat;
    lastChange = now;
  }
  return now - lastChange < 2000;
}

for (
  let task = Atomics.add(control, NEXT_TASK, 1);
  task < tasks && isAlive();
  task = Atomics.add(control, NEXT_TASK, 1)
) {
  if (Atomics.load(control, FAILED) !== 0) break;
  try {
    const seed = seeds[task]!;
    fitTask(buildModel(data.description, Number.isNaN(seed) ? null : seed), taskData, task);
  } catch (error) {
    const { name, message } = error as Error;
    const failure: FitFailure = { task, name, message };
    data.port.postMessage(failure);
    Atomics.compareExchange(control, FAILED, 0, task + 1);
  }
  Atomics.add(control, DONE, 1);
  Atomics.notify(control, DONE);
}
