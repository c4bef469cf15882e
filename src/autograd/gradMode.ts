/** Whether operations are recorded: the only global switch of the library besides the default generator. */
import { errorText } from "../errors.js";

let recording = true;

/** Whether operations on tensors that need a gradient are recorded now. */
export function isRecording(): boolean {
  return recording;
}

/**
 * Runs `fn` without recording: results need no gradient and keep nothing alive. For evaluation, and for changing
 * parameters by hand.
 *
 * @returns what `fn` returns
 * @throws {TypeError} when `fn` returns a promise: the switch is back on before its work is done
 * @example
 * noGrad(() => tensor([1, 2], { requiresGrad: true }).mul(2)).requiresGrad // false
 */
export function noGrad<R>(fn: () => R): R {
  const before = recording;
  recording = false;
  try {
    const result = fn();
    if (typeof (result as { then?: unknown } | null | undefined)?.then === "function") {
      const help = "await first and put only the tensor arithmetic inside noGrad";
      throw new TypeError(errorText("noGrad", "the function must not be async", "", help));
    }
    return result;
  } finally {
    recording = before;
  }
}
