import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { FromSession, ToSession } from "../../../../kernel/run/messages.js";
import { type SessionExit, SessionProcess } from "../../../../kernel/run/sessionProcess.js";

const script = fileURLToPath(new URL("../../../support/scriptedSession.mjs", import.meta.url));

const run = (code: string): ToSession => ({
  op: "run",
  cell: 1,
  count: 1,
  code,
  source: code,
  map: [],
  async: false,
  imports: [],
  files: [],
  silent: false,
  keepsLast: true,
});

/** Starts a session, runs the code, and resolves when the session has ended. */
async function runToEnd(code: string, use: (session: SessionProcess) => void = () => {}) {
  const frames: FromSession[] = [];
  const native: string[] = [];
  const exit = await new Promise<SessionExit>((resolve) => {
    const session = new SessionProcess({
      args: [script],
      log: () => {},
      listener: {
        frame(frame) {
          frames.push(frame);
          if (frame.t === "done") session.kill();
          if (frame.t === "input") session.answerInput({ value: "42" });
        },
        native: (name, text) => native.push(`${name}:${text}`),
        ended: resolve,
      },
    });
    void session.ready.then(() => {
      session.send(run(code));
      use(session);
    });
  });
  return { frames, native, exit };
}

test("frames arrive in order, native output beside them, and then the end", async () => {
  const { frames, native, exit } = await runToEnd("print:a;native:n;print:b");
  expect(frames).toEqual([
    { t: "stream", name: "stdout", text: "a", cell: 1 },
    { t: "stream", name: "stdout", text: "b", cell: 1 },
    { t: "done", cell: 1, payload: [] },
  ]);
  expect(native).toEqual(["stdout:n"]);
  expect(exit).toEqual({ code: null, signal: "SIGKILL", stderr: "" });
});

test("the last words of standard error come with the end, without what Node says about its inspector", async () => {
  const { exit, native } = await runToEnd(
    "error:out of luck\n;error:Waiting for the debugger to disconnect...\n;exit:3",
  );
  expect(exit).toEqual({ code: 3, signal: null, stderr: "out of luck\n" });
  expect(native.join("")).toBe("stderr:out of luck\n");
});

test("an answer reaches the blocking read", async () => {
  const { frames } = await runToEnd("read");
  expect(frames[1]).toEqual({ t: "stream", name: "stdout", text: '{"value":"42"}\n', cell: 1 });
});

test("a program that is not there is an end, not a crash", async () => {
  const session = await new Promise<{ exit: SessionExit; isReady: Promise<boolean> }>((resolve) => {
    const made: SessionProcess = new SessionProcess({
      args: ["/no/such/session.js"],
      log: () => {},
      listener: {
        frame: () => {},
        native: () => {},
        ended: (exit) => resolve({ exit, isReady: made.ready }),
      },
    });
  });
  expect(session.exit.code).toBe(1);
  expect(session.exit.stderr).toContain("Cannot find module");
  expect(await session.isReady).toBe(false);
});
