import type { Model } from "../model/samples.js";
import type { FitWorkerData } from "./messages.js";

/** The arrays a task reads and writes; the rows once as lists, as models take them. */
export interface TaskData
  extends Pick<FitWorkerData, "y" | "trainIndex" | "trainStart" | "queryIndex" | "queryStart" | "output"> {
  readonly rows: readonly number[][];
}

/** The rows of a flat table. */
export function rowsOf(x: Float64Array, features: number): number[][] {
  return Array.from({ length: x.length / features }, (_, i) =>
    Array.from(x.subarray(i * features, (i + 1) * features)),
  );
}

/** Fits the model to the task's training samples and writes its predictions for the task's queries. */
export function fitTask(model: Model, data: TaskData, task: number): void {
  const pick = (index: Int32Array, start: Int32Array): number[][] => {
    const rows: number[][] = [];
    for (let i = start[task]!; i < start[task + 1]!; i++) rows.push(data.rows[index[i]!]!);
    return rows;
  };
  const targets: number[] = [];
  for (let i = data.trainStart[task]!; i < data.trainStart[task + 1]!; i++)
    targets.push(data.y[data.trainIndex[i]!]!);
  model.fit(pick(data.trainIndex, data.trainStart), targets);
  data.output.set(model.predict(pick(data.queryIndex, data.queryStart)), data.queryStart[task]!);
}
