// Answers the requests of the supervisor with a compiler, one at a time, and warms it up while nobody asks.
import type { Compiled, CompileOperations, FromCompiler, NotCompiled, ToCompiler } from "./messages.js";

/** The end of an IPC channel that a child process has. */
export interface Channel {
  send?(message: FromCompiler): void;
  on(event: "message", listener: (message: ToCompiler) => void): unknown;
  on(event: "disconnect", listener: () => void): unknown;
  exit(code: number): void;
}

export interface PreparedOperations extends CompileOperations {
  /** Called between two requests, with the declarations that the next one will probably have. */
  prepare(declarations: string): void;
}

/** Requests are sent while this process starts, so the first one is in the pipe before this time is over. */
const QUIET_MS = 20;

/** Serves until the channel closes; then nobody needs this process. */
export function serve(compiler: PreparedOperations, channel: Channel = process as Channel): void {
  const send = (message: FromCompiler): void => channel.send?.(message);
  channel.on("disconnect", () => channel.exit(0));
  let lastRequest = Number.NEGATIVE_INFINITY;
  /** What the next request will probably have. */
  let declarations = "";
  const steps = [
    // The first conversion parses the declarations of the libraries, unless a snapshot has them.
    () => compiler.convert("", "let x = 1; x", ""),
    () => compiler.complete("", "conso", 5),
    () => compiler.convert("", 'import * as gradbook from "gradbook"; gradbook', ""),
  ];
  channel.on("message", (message) => {
    try {
      const operation = compiler[message.op] as (...args: unknown[]) => unknown;
      const value = operation(...message.args);
      send({ id: message.id, ok: true, value });
      declarations = declarationsAfter(message, value) ?? declarations;
    } catch (error) {
      send({
        id: message.id,
        ok: false,
        message: error instanceof Error ? String(error.stack) : String(error),
      });
    }
    lastRequest = performance.now();
    setImmediate(prepare);
  });
  send({ ready: true });
  warmUp();

  function prepare(): void {
    try {
      compiler.prepare(declarations);
    } catch {
      // The next request does it again, and says so.
    }
  }

  /** What most notebooks need next, one step at a time and each after a moment without a request. */
  function warmUp(): void {
    setTimeout(() => {
      if (performance.now() - lastRequest < QUIET_MS) warmUp();
      else {
        const [step] = steps.splice(0, 1);
        try {
          step?.();
        } catch {
          // A request that fails like this will say so.
        }
        if (steps.length > 0) warmUp();
        else prepare();
      }
    }, QUIET_MS);
  }
}

/** A cell that compiled adds its declarations; the session may end, and then they are gone. */
function declarationsAfter(message: ToCompiler, value: unknown): string | undefined {
  if (message.op === "version" || message.op === "isComplete") return undefined;
  const compiled = value as Compiled | NotCompiled;
  return message.op === "convert" && compiled.ok ? compiled.declarations : message.args[0];
}
