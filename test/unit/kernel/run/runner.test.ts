import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, test } from "vitest";
import {
  type Outcome,
  type OutputFrame,
  type RunRequest,
  SessionRunner,
  type SessionRunnerOptions,
} from "../../../../kernel/run/runner.js";

const script = fileURLToPath(new URL("../../../support/scriptedSession.mjs", import.meta.url));

let runner: SessionRunner;
let said: string[];
afterEach(() => runner.kill());

function start(options: SessionRunnerOptions = {}): SessionRunner {
  runner = new SessionRunner({ args: [script], ...options });
  said = [];
  runner.attach({
    output(frame: OutputFrame) {
      said.push(frame.t === "stream" ? frame.text : frame.t);
    },
    native: (name, text) => said.push(`${name}:${text}`),
    sessionEnded: ({ ename }, wasRunning) => said.push(`${ename} ${wasRunning ? "running" : "idle"}`),
  });
  return runner;
}

let cell = 0;
const request = (code: string, fields: Partial<RunRequest> = {}): RunRequest => ({
  cell: ++cell,
  count: 1,
  code,
  source: code,
  map: [],
  async: false,
  imports: [],
  files: [],
  silent: false,
  keepsLast: true,
  ...fields,
});

describe("run", () => {
  test("returns the result; native output written before the end comes before it", async () => {
    const outcome = await start().run(request("print:a;native:n", { last: "5" }));
    expect(outcome).toEqual({ ok: true, payload: [], result: { "text/plain": "5" } });
    expect(said.sort()).toEqual(["a", "stdout:n"]);
  });

  test("returns the error of the cell and keeps the session", async () => {
    start();
    const running = runner.run(request("print:here;wait"));
    await expectSaid("here");
    runner.interrupt();
    expect(await running).toEqual({
      ok: false,
      sessionEnded: false,
      error: { ename: "Error", evalue: "Interrupted", traceback: ["Error: Interrupted"] },
    });
    expect((await runner.run(request("print:next"))).ok).toBe(true);
    expect(said).toEqual(["here", "next"]);
  });

  test("runs comm messages too", async () => {
    start();
    const content = { comm_id: "1", data: "slider" };
    const outcome = await runner.comm({ cell: 9, kind: "comm_msg", content, buffers: [], more: false });
    expect(outcome.ok).toBe(true);
    expect(said).toEqual(["slider"]);
  });
});

/** Waits until the session has said something. */
async function expectSaid(text: string): Promise<void> {
  while (!said.includes(text)) await new Promise((resolve) => setImmediate(resolve));
}

describe("interrupt", () => {
  test("before the session is ready is remembered, and no signal hits the start", async () => {
    start();
    const running = runner.run(request("print:never"));
    runner.interrupt();
    expect(await running).toMatchObject({
      ok: false,
      sessionEnded: false,
      error: { ename: "KeyboardInterrupt" },
    });
    expect((await runner.run(request("print:next"))).ok).toBe(true);
    expect(said).toEqual(["next"]);
  });

  test("of what nothing else stops ends the session", async () => {
    start({ times: { flagMs: 1, terminateMs: 2, killMs: 3 } });
    const running = runner.run(request("print:here;loop"));
    await expectSaid("here");
    runner.interrupt();
    const outcome = (await running) as Extract<Outcome, { ok: false }>;
    expect(outcome.sessionEnded).toBe(true);
    expect(outcome.error.evalue).toBe(
      "The session process ended (signal SIGKILL). All variables are lost; the session was restarted.",
    );
  });

  test("while nothing runs does nothing", async () => {
    start();
    runner.interrupt();
    await runner.run(request("print:a"));
    runner.interrupt();
    expect((await runner.run(request("print:b"))).ok).toBe(true);
    expect(said).toEqual(["a", "b"]);
  });
});

describe("a session that ends", () => {
  test("gives its cell an error, and the next cell another session", async () => {
    start();
    const outcome = await runner.run(request("error:why\n;exit:3"));
    const evalue =
      "The session process ended (exit code 3). All variables are lost; the session was restarted.";
    expect(outcome).toEqual({
      ok: false,
      sessionEnded: true,
      error: { ename: "SessionDied", evalue, traceback: [`SessionDied: ${evalue}`, "why"] },
    });
    expect(said.filter((text) => text.startsWith("SessionDied"))).toEqual(["SessionDied running"]);
    expect((await runner.run(request("print:next"))).ok).toBe(true);
  });

  test("out of memory says so and names the limit", async () => {
    const outcome = await start().run(request("error:FATAL ERROR: JavaScript heap out of memory\n;exit:134"));
    expect(outcome).toMatchObject({ error: { ename: "OutOfMemory" } });
    expect((outcome as Extract<Outcome, { ok: false }>).error.evalue).toMatchInlineSnapshot(
      `"The session process ran out of memory. All variables are lost; the session was restarted. The limit is Node's: start the kernel with NODE_OPTIONS=--max-old-space-size=MEGABYTES to raise it."`,
    );
  });

  test("before it was ready fails the cell with its last words and is not started for ever", async () => {
    start({ args: ["-e", "console.error('no such module'); process.exit(7)"] });
    const outcome = (await runner.run(request("1"))) as Extract<Outcome, { ok: false }>;
    expect(outcome.error.traceback).toContain("no such module");
    expect(outcome.error.evalue).toContain("exit code 7");
    // one for the start of the runner; the next only with the next cell
    expect(said.filter((text) => text.startsWith("SessionDied"))).toHaveLength(1);
    expect((await runner.run(request("1"))).ok).toBe(false);
  });
});
