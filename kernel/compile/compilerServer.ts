// Answers the requests of the supervisor with a compiler, one at a time, and warms it up while nobody asks.
import type { CompileOperations, FromCompiler, ToCompiler } from "./messages.js";

/** The end of an IPC channel that a child process has. */
export interface Channel {
  send?(message: FromCompiler): void;
  on(event: "message", listener: (message: ToCompiler) => void): unknown;
  on(event: "disconnect", listener: () => void): unknown;
  exit(code: number): void;
}

/** Serves until the channel closes; then nobody needs this process. */
export function serve(compiler: CompileOperations, channel: Channel = process as Channel): void {
  const send = (message: FromCompiler): void => channel.send?.(message);
  channel.on("disconnect", () => channel.exit(0));
  channel.on("message", (message) => {
    try {
      const operation = compiler[message.op] as (...args: unknown[]) => unknown;
      send({ id: message.id, ok: true, value: operation(...message.args) });
    } catch (error) {
      send({
        id: message.id,
        ok: false,
        message: error instanceof Error ? String(error.stack) : String(error),
      });
    }
  });
  // The first conversion parses the declarations of the libraries: better now than when the first cell waits for it.
  compiler.convert("", "let x = 1; x", "");
  send({ ready: true });
  warmUp([
    () => compiler.complete("", "conso", 5),
    () => compiler.convert("", 'import * as gradbook from "gradbook"; gradbook', ""),
  ]);
}

/** What most notebooks need next, one step at a time so that a request waits for one of them at most. */
function warmUp([step, ...rest]: readonly (() => unknown)[]): void {
  if (step === undefined) return;
  setImmediate(() => {
    try {
      step();
    } catch {
      // A request that fails like this will say so.
    }
    warmUp(rest);
  });
}
