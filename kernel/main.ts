// Entry of the supervisor, the process that Jupyter starts: node main.js CONNECTION_FILE (or -f FILE; other arguments are
// ignored). The only file that constructs and connects everything. The compile process and the session are started before
// anything else is loaded: they need the time that ZeroMQ takes.
import { readFileSync, writeSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { CompileProcess, typescriptVersion } from "./compile/compileService.js";
import { buildSnapshotInBackground, compilerCommands } from "./compile/snapshot.js";
import { SessionRunner } from "./run/runner.js";
import { makeLog } from "./server/log.js";
import { packageRoot } from "./text/packageRoot.js";
import {
  type Connection,
  ConnectionError,
  connectionFileOf,
  readConnection,
} from "./transport/connection.js";

const log = makeLog(process.env.GRADBOOK_LOG);

function refuse(error: unknown): never {
  // a wrong connection file is the user's to repair: the message says how, a stack would only hide it
  writeSync(2, `${error instanceof ConnectionError ? error.message : (error as Error).stack}\n`);
  process.exit(1);
}

function connectionFromArguments(): Connection {
  try {
    return readConnection(connectionFileOf(process.argv.slice(2)));
  } catch (error) {
    return refuse(error);
  }
}

const connection: Connection = connectionFromArguments();
const compile = new CompileProcess({ log, commands: compilerCommands() });
const runner = new SessionRunner({ log });
process.on("exit", () => {
  compile.kill();
  runner.kill();
});
process.on("uncaughtException", (error) => log(`uncaught: ${error.stack}`));
process.on("unhandledRejection", (error) => log(`unhandled rejection: ${(error as Error)?.stack ?? error}`));

const [{ openChannels }, { portFields }, frames, server, info, history, files, { watchParent }] =
  await Promise.all([
    import("./transport/channels.js"),
    import("./transport/connection.js"),
    import("./wire/frames.js"),
    import("./server/kernel.js"),
    import("./server/kernelInfo.js"),
    import("./server/history.js"),
    import("./server/historyFiles.js"),
    import("./server/parentWatch.js"),
  ]);
const channels = await openChannels(connection, log).catch(refuse);
log("sockets are bound");

const manifest = readFileSync(join(packageRoot(), "package.json"), "utf8");
const packageVersion: string = JSON.parse(manifest).version;
const codec = new frames.MessageCodec({ key: connection.key });
const folder = files.historyFolder(process.env, homedir(), process.platform);
const kernel = new server.Kernel({
  compile,
  runner,
  codec,
  send: channels.send,
  history: new history.History(folder === null ? history.inMemory : files.historyFiles(folder, log)),
  info: info.kernelInfo(packageVersion, typescriptVersion()),
  ports: portFields(connection),
  log,
  exit: () => void end(),
  checks: process.env.GRADBOOK_LOG !== undefined,
});

channels.listen({
  shell: (message) => kernel.receive("shell", codec.decode(message)),
  control: (message) => kernel.receive("control", codec.decode(message)),
  stdin: (message) => kernel.receiveStdin(codec.decode(message)),
  subscribed: (topic) => kernel.subscribed(topic),
});
kernel.announce();
process.on("SIGINT", () => kernel.interrupt());
process.on("SIGTERM", () => void end());
process.on("SIGHUP", () => void end());
watchParent(() => {
  log("the process that started this kernel is gone");
  process.exit(1);
});

// Later, because it takes some ten seconds of a processor that the first cells need more.
setTimeout(() => buildSnapshotInBackground(log), 10_000).unref();

/** Ends the process when everything that was said has left, or after a second. */
async function end(): Promise<void> {
  compile.kill();
  runner.kill();
  await Promise.race([channels.drained(), delay(1000)]);
  channels.close();
  process.exit(0);
}
