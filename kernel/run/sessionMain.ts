// SESSION PROCESS, entry: runs the user's code. It may loop, leak, exit or crash; the parent (runner.ts) replaces it.
// The only file of the session that puts the parts together.
import { makeCaptures } from "../display/capture.js";
import { makeDisplays } from "../display/display.js";
import { packageRoot } from "../text/packageRoot.js";
import { makeComms } from "../widgets/comm.js";
import { makeInteractions } from "../widgets/interact.js";
import { makeWidgets } from "../widgets/widgets.js";
import { makeAttribution } from "./attribution.js";
import { captureStream, makeWriteText } from "./capture.js";
import { makeErrorFormatter } from "./errors.js";
import { makeFrameWriter } from "./frames.js";
import { defineGlobals } from "./globals.js";
import { makeInput } from "./input.js";
import { makeInterrupts } from "./interrupt.js";
import type { ToSession } from "./messages.js";
import { makeResolver } from "./resolve.js";
import { makeSession } from "./session.js";
import { makeVariables } from "./variables.js";

const FRAMES = 3;
const ANSWERS = 4;
const COMMANDS = 5;

const cwd = process.cwd().replace(/\\/g, "/");
const ownFolder = packageRoot().replace(/\\/g, "/");
const attribution = makeAttribution(Number(process.versions.node.split(".")[0]));
const captures = makeCaptures(makeFrameWriter(FRAMES), attribution);
const { send } = captures;
const errors = makeErrorFormatter(ownFolder, cwd);
const interrupts = makeInterrupts();
const variables = makeVariables();
const displays = makeDisplays({
  send,
  currentCell: attribution.current,
  report: (error) => writeText("stderr", `${errors.toCellError(error).traceback.join("\n")}\n`),
});
const comms = makeComms(send, attribution.current);
const writeText = makeWriteText(send, attribution.current);
captureStream(process.stdout, "stdout", writeText);
captureStream(process.stderr, "stderr", writeText);
const widgets = makeWidgets(comms, displays);
const interactions = makeInteractions({
  widgets,
  displays,
  captures,
  send,
  currentCell: attribution.current,
  toCellError: errors.toCellError,
});

const session = makeSession({
  send,
  attribution,
  variables,
  interrupts,
  errors,
  displays,
  comms,
  interactions,
  resolver: makeResolver({
    cwd,
    ownFolder,
    flag: interrupts.shared,
    stop: interrupts.stop,
    define: variables.define,
    register: ({ path, map }) => errors.register(path, { label: path.slice(path.lastIndexOf("/") + 1), map }),
  }),
});
defineGlobals({
  displays,
  comms,
  widgets: widgets.factories,
  interact: interactions.interact,
  input: makeInput(ANSWERS, send, attribution.current),
  checkInterrupt: interrupts.check,
  addPayload: session.addPayload,
});

// Only interrupt.ts raises SIGINT, while a script expects it; one that comes a moment late is no reason to die.
process.on("SIGINT", () => void interrupts.interrupt());
process.on("uncaughtException", (error) => session.reportUncaught("exception", error));
process.on("unhandledRejection", (error) => session.reportUncaught("rejection", error));
process.on("disconnect", () => process.exit(0));
process.on("message", (message: ToSession) => session.receive(message));
send({ t: "ready" });
setImmediate(() => interrupts.listen(COMMANDS));
