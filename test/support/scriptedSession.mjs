// A session process that does what the cell's code says, one word a step: the parent side is tested with a real process
// and real pipes, without compiling and running TypeScript. See sessionMain.ts for the real one.
import { readSync, writeSync } from "node:fs";
import { Socket } from "node:net";

const frame = (value) => writeSync(3, `${JSON.stringify(value)}\n`);

let onInterrupt = null;
const commands = new Socket({ fd: 5, readable: true, writable: false });
commands.on("data", (bytes) => {
  if (bytes.includes("s")) onInterrupt?.();
});
commands.on("error", () => process.exit(1));
process.on("disconnect", () => process.exit(0));

const steps = {
  print: ({ cell }, text) => frame({ t: "stream", name: "stdout", text, cell }),
  native: (_, text) => writeSync(1, text),
  error: (_, text) => writeSync(2, text),
  exit: (_, code) => process.exit(Number(code)),
  // never ends: only a kill does
  loop: () => {
    for (;;);
  },
  // waits for the first rung of the ladder, or with "deaf" for nothing
  wait: (_, how) =>
    new Promise((_resolve, reject) => {
      onInterrupt = how === "deaf" ? null : () => reject(new Error("Interrupted"));
    }),
  read({ cell }) {
    frame({ t: "input", prompt: "?", password: false, cell });
    const bytes = Buffer.alloc(1000);
    const text = bytes.subarray(0, readSync(4, bytes)).toString();
    frame({ t: "stream", name: "stdout", text, cell });
  },
};

process.on("message", async (message) => {
  const { cell } = message;
  try {
    const words = message.op === "run" ? message.code.split(";") : [`print:${message.content.data}`];
    for (const word of words) {
      const [step, ...rest] = word.split(":");
      await steps[step]?.(message, rest.join(":"));
    }
    frame({ t: "done", cell, payload: [], ...(message.last && { result: { "text/plain": message.last } }) });
  } catch (error) {
    const traceback = [`${error.name}: ${error.message}`];
    frame({ t: "failed", cell, error: { ename: error.name, evalue: error.message, traceback } });
  }
});
frame({ t: "ready" });
