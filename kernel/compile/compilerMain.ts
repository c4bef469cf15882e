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
send({ ready: true });
