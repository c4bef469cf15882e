// COMPILE PROCESS, entry. Answers one request at a time over Node's IPC channel. The parent is compileService.ts.
import { createCompiler } from "./compiler.js";
import type { CompileOperations, FromCompiler, ToCompiler } from "./messages.js";

const send = (message: FromCompiler): void => {
  process.send?.(message);
};

const compiler: CompileOperations = createCompiler();
process.on("disconnect", () => process.exit(0));
process.on("message", (message: ToCompiler) => {
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

// The first conversion parses the library declarations: better now than when the first cell waits for it.
compiler.convert("", "let x = 1; x", "");
send({ ready: true });

// What most notebooks need next, one step at a time so that a request never waits for more than one of them.
const warmUp = [
  () => compiler.complete("", "conso", 5),
  () => compiler.convert("", 'import * as gradbook from "gradbook"; gradbook', ""),
];
const warmUpNext = (): void => {
  warmUp.shift()?.();
  if (warmUp.length > 0) setImmediate(warmUpNext);
};
setImmediate(warmUpNext);
