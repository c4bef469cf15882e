// The garbage collector as this library needs it: run now, in the middle of a synchronous program. JavaScript tells that an
// object is dead only between two tasks, and a training loop is one task.
import { setFlagsFromString } from "node:v8";
import { createContext, Script } from "node:vm";

/** Collects garbage at once; afterwards `WeakRef.deref()` of what nobody refers to gives undefined. */
export type Collect = () => void;

let known: Collect | null | undefined;

/** The collector of this process; null when V8 flags may not be set (GRADBOOK_V8_FLAGS=0) and node was started without `--expose-gc`. */
export function systemCollector(): Collect | null {
  if (known === undefined)
    known = findCollector(process.env.GRADBOOK_V8_FLAGS !== "0", (globalThis as { gc?: Collect }).gc);
  return known;
}

/** Another thread that looks for its own puts the flag back at the wrong moment: one time in twenty when four start together. */
const ATTEMPTS = 100;

export function findCollector(mayToggleFlags: boolean, given: Collect | undefined): Collect | null {
  if (!mayToggleFlags) return given === undefined ? null : forgettingFirst(given, quietContext());
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    // The function is put into contexts that are made while the flag is set, and works when it no longer is.
    setFlagsFromString("--expose-gc");
    const context = quietContext();
    if (given === undefined) setFlagsFromString("--no-expose-gc");
    const gc: Collect | undefined = new Script("globalThis.gc").runInContext(context);
    if (gc !== undefined) return forgettingFirst(gc, context);
  }
  return null;
}

/**
 * V8 keeps what a WeakRef refers to until the task that made or read it ends, and takes for its end that a queue of promise
 * jobs was run. A context with a queue of its own has that one run, empty, after every script; the program's jobs wait as before.
 */
function quietContext(): object {
  return createContext({}, { microtaskMode: "afterEvaluate" });
}

function forgettingFirst(gc: Collect, context: object): Collect {
  const nothing = new Script("0");
  return () => {
    nothing.runInContext(context);
    gc();
  };
}
