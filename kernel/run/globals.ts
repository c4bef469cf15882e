// Defines the names that cells have without an import; compile/globals.ts declares them for the compiler.
import type { Displays } from "../display/display.js";
import type { Comms } from "../widgets/comm.js";
import type { Interact } from "../widgets/interact.js";
import type { Widgets } from "../widgets/widgets.js";
import type { Input } from "./input.js";
import type { Payload } from "./messages.js";

export interface GlobalsInput {
  readonly displays: Displays;
  readonly input: Input;
  readonly comms: Comms;
  readonly widgets: Widgets["factories"];
  readonly interact: Interact;
  /** Throws when the user has asked to stop: for loops in libraries, which the compiler never saw. */
  readonly checkInterrupt: () => void;
  /** Receives what the reply of the running cell carries. */
  readonly addPayload: (payload: Payload) => void;
}

export function defineGlobals(parts: GlobalsInput): void {
  const { displays, input, comms, widgets, interact, checkInterrupt, addPayload } = parts;
  const notebook = {
    page: (text: string): void =>
      addPayload({ source: "page", data: { "text/plain": String(text) }, start: 0 }),
    setNextInput: (text: string, replace = false): void =>
      addPayload({ source: "set_next_input", text: String(text), replace }),
    comm: { open: comms.open, onOpen: comms.onOpen },
  };
  define("display", displays.display);
  define("clearOutput", displays.clearOutput);
  define("input", input);
  define("notebook", notebook);
  define("widgets", widgets);
  define("interact", interact);
  define("$_", undefined);
  define(Symbol.for("Jupyter.output"), { ...displays.output, checkInterrupt });
}

/** Writable, so that a cell may replace it, and not enumerable, so that it does not show among the global variables. */
function define(name: string | symbol, value: unknown): void {
  Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
}
