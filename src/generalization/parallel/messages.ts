// Main thread <-> fit worker: the only file both sides import. Both work on the same shared memory; the main thread waits
// with Atomics.wait, so results need no message. Only errors travel as messages.
import type { MessagePort } from "node:worker_threads";
import type { ModelDescription } from "../model/samples.js";

/** What is fitted. All arrays lie in SharedArrayBuffers. */
export interface FitWorkerData {
  readonly control: Int32Array;
  readonly description: ModelDescription;
  /** One seed a task; NaN when fits draw nothing. */
  readonly seeds: Float64Array;
  /** Rows of all samples, shape [samples, features]. */
  readonly x: Float64Array;
  readonly features: number;
  readonly y: Float64Array;
  /** Task t fits samples trainIndex[trainStart[t] … trainStart[t + 1] − 1]; likewise for its queries. */
  readonly trainIndex: Int32Array;
  readonly trainStart: Int32Array;
  readonly queryIndex: Int32Array;
  readonly queryStart: Int32Array;
  /** Predictions, at the places of queryIndex. */
  readonly output: Float64Array;
}

/** What a worker is started with: the data, and a port for its failure, which the waiting main thread can read. */
export interface FitWorkerStart extends FitWorkerData {
  readonly port: MessagePort;
}

/** Places in `control`. */
export const NEXT_TASK = 0;
export const DONE = 1;
/** Raised by the main thread about twenty times a second; a worker that sees it stand still for two seconds ends. */
export const BEAT = 2;
/** 1 + the number of the task that failed, or 0. */
export const FAILED = 3;
/** How many workers have loaded their program. */
export const STARTED = 4;
export const CONTROL_LENGTH = 5;

/** Sent by a worker whose fit threw. */
export interface FitFailure {
  readonly task: number;
  readonly name: string;
  readonly message: string;
}
