// Runs compiled text in the main context. The only file that uses node:vm.
import { Script } from "node:vm";

/** What compiled code sees besides globals; the names of cells cannot collide with the last two. */
export const PARAMETERS = [
  "exports",
  "require",
  "module",
  "__filename",
  "__dirname",
  "__gradbook",
  "__gradbookStop",
] as const;

export type CellFunction = (...args: unknown[]) => unknown;

/**
 * Compiles the text of a cell or local file into a function of `PARAMETERS`.
 *
 * @param async whether the text has top-level await: the function then returns a promise
 */
export function compileFunction(code: string, fileName: string, async: boolean): CellFunction {
  // The first line of `code` is its "use strict", which must stay the first statement; no line is moved.
  const script = new Script(`(${async ? "async " : ""}function (${PARAMETERS.join(", ")}) {${code}\n})`, {
    filename: fileName,
  });
  return script.runInThisContext() as CellFunction;
}

// A script takes no arguments: the function to call waits under a registered symbol. V8 stops whole scripts only.
const slot = "gradbook.call";
const caller = new Script(`globalThis[Symbol.for("${slot}")]()`, { filename: "node:gradbook" });
Object.defineProperty(globalThis, Symbol.for(slot), { value: undefined, writable: true, enumerable: false });

/** Calls a function so that SIGINT ends its synchronous part. */
export function callInterruptibly<T>(run: () => T): T {
  (globalThis as unknown as Record<symbol, unknown>)[Symbol.for(slot)] = run;
  return caller.runInThisContext({ breakOnSigint: true }) as T;
}
