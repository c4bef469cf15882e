// THREAD of the session: reads interrupt commands, because the main thread may be in a loop.
import { Session } from "node:inspector";
import { Socket } from "node:net";
import { workerData } from "node:worker_threads";

const { flag, fd } = workerData as { flag: SharedArrayBuffer; fd: number };
const stop = new Int32Array(flag);
const inspector = new Session();
inspector.connectToMainThread();

const commands = new Socket({ fd, readable: true, writable: false });
commands.on("data", (bytes: Buffer) => {
  for (const command of bytes.toString("latin1")) {
    if (command === "i") stop[0] = 1;
    if (command === "t") inspector.post("Runtime.terminateExecution");
  }
});
// The pipe ends when the supervisor is gone. The main thread may never notice.
const end = (): void => {
  process.kill(process.pid, "SIGKILL");
};
commands.on("end", end);
commands.on("error", end);
