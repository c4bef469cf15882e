// THREAD of the session: reads interrupt commands, because the main thread may be in a loop. See interrupt.ts.
import { Session } from "node:inspector";
import { Socket } from "node:net";
import { parentPort, workerData } from "node:worker_threads";
import { FLAG, INSIDE, PLACE, SIGNALLED } from "./interruptState.js";

const { shared: buffer, fd } = workerData as { shared: SharedArrayBuffer; fd: number };
const shared = new Int32Array(buffer);
const inspector = new Session();
inspector.connectToMainThread();

function stop(): void {
  // Windows has no signals: there a "SIGINT" would end the process, and the flag must do.
  if (process.platform === "win32") shared[FLAG] = 1;
  else if (Atomics.compareExchange(shared, PLACE, INSIDE, SIGNALLED) === INSIDE) raise();
  parentPort?.postMessage("interrupt");
}

/** To the whole group, so that a child process the cell waits for is interrupted too. */
function raise(): void {
  try {
    process.kill(-process.pid, "SIGINT");
  } catch {
    process.kill(process.pid, "SIGINT"); // not the leader of a group
  }
}

const commands = new Socket({ fd, readable: true, writable: false });
commands.on("data", (bytes: Buffer) => {
  for (const command of bytes.toString("latin1")) {
    if (command === "s") stop();
    if (command === "i") shared[FLAG] = 1;
    if (command === "t") inspector.post("Runtime.terminateExecution");
  }
});
// The pipe ends when the supervisor is gone. The main thread may never notice.
const end = (): void => {
  process.kill(process.pid, "SIGKILL");
};
commands.on("end", end);
commands.on("error", end);
