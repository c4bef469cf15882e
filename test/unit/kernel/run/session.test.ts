// The session with its real parts, in this process. Pipes, signals and the thread are tested with the real process (test/protocol).
import { describe, expect, test } from "vitest";
import { makeCaptures } from "../../../../kernel/display/capture.js";
import { makeDisplays } from "../../../../kernel/display/display.js";
import { attributeByContext } from "../../../../kernel/run/attribution.js";
import { makeErrorFormatter } from "../../../../kernel/run/errors.js";
import { makeInterrupts } from "../../../../kernel/run/interrupt.js";
import type { FromSession, ToSession } from "../../../../kernel/run/messages.js";
import { makeResolver } from "../../../../kernel/run/resolve.js";
import { makeSession } from "../../../../kernel/run/session.js";
import { makeVariables } from "../../../../kernel/run/variables.js";
import { packageRoot } from "../../../../kernel/text/packageRoot.js";
import { makeComms } from "../../../../kernel/widgets/comm.js";
import { makeInteractions } from "../../../../kernel/widgets/interact.js";
import { makeWidgets } from "../../../../kernel/widgets/widgets.js";

type Run = Extract<ToSession, { op: "run" }>;

function setUp() {
  const frames: FromSession[] = [];
  let ended: () => void = () => {};
  const attribution = attributeByContext();
  const captures = makeCaptures((frame) => {
    frames.push(frame);
    if (frame.t === "done" || frame.t === "failed") ended();
  }, attribution);
  const { send } = captures;
  const interrupts = makeInterrupts();
  const variables = makeVariables();
  const errors = makeErrorFormatter(packageRoot(), "/nb");
  const comms = makeComms(send, attribution.current);
  const displays = makeDisplays({ send, currentCell: attribution.current, report: () => {} });
  const resolver = makeResolver({
    cwd: "/nb",
    ownFolder: packageRoot(),
    flag: interrupts.shared,
    stop: interrupts.stop,
    define: variables.define,
    register: () => {},
  });
  const interactions = makeInteractions({
    widgets: makeWidgets(comms, displays),
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
    resolver,
    interrupts,
    errors,
    displays,
    comms,
    interactions,
  });
  let cell = 0;
  const finish = (message: ToSession): Promise<FromSession | undefined> =>
    new Promise((resolve) => {
      ended = () => resolve(frames.at(-1));
      session.receive(message);
    });
  const run = (code: string, fields: Partial<Run> = {}) =>
    finish({
      op: "run",
      cell: ++cell,
      count: cell,
      code: `"use strict";\n${code}`,
      source: code,
      map: [[1, 0, 0, 0]],
      async: false,
      imports: [],
      files: [],
      silent: false,
      keepsLast: true,
      ...fields,
    });
  return { frames, session, interrupts, comms, displays, interactions, finish, run };
}

test("a cell's last expression is its result, and is kept as $_", async () => {
  const { run } = setUp();
  expect(await run("exports.last = 5;", { last: "last" })).toEqual({
    t: "done",
    cell: 1,
    result: { "text/plain": "5" },
    payload: [],
  });
  expect((globalThis as Record<string, unknown>).$_).toBe(5);
});

test.each([
  ["undefined", {}],
  ["5", { silent: true }],
])("%s with %j has no result", async (value, fields) => {
  const { run } = setUp();
  expect(await run(`exports.last = ${value};`, { last: "last", ...fields })).not.toHaveProperty("result");
});

test("a user expression has a result though the request is silent, and leaves $_ alone", async () => {
  const { run } = setUp();
  await run("exports.last = 1;", { last: "last" });
  const fields = { last: "last", silent: true, keepsLast: false };
  expect(await run("exports.last = 2;", fields)).toMatchObject({ result: { "text/plain": "2" } });
  expect((globalThis as Record<string, unknown>).$_).toBe(1);
});

test("cells share their exports", async () => {
  const { run } = setUp();
  await run("exports.a = 1;");
  expect(await run("exports.last = exports.a + 1;", { last: "last" })).toMatchObject({
    result: { "text/plain": "2" },
  });
});

test("an error fails the cell with its place; what ran is kept", async () => {
  const { run } = setUp();
  expect(await run("exports.a = 1; throw new RangeError('x')")).toMatchObject({
    t: "failed",
    error: {
      ename: "RangeError",
      evalue: "x",
      traceback: ["RangeError: x", "  In[1]:1:1", expect.any(String), expect.any(String)],
    },
  });
  expect(await run("exports.last = exports.a;", { last: "last" })).toMatchObject({
    result: { "text/plain": "1" },
  });
});

test("an interrupt ends a pending await and keeps the variables", async () => {
  const { run, interrupts } = setUp();
  const pending = run("exports.a = 1; await new Promise(() => {});", { async: true });
  await Promise.resolve();
  while (!interrupts.interrupt()) await Promise.resolve();
  expect(await pending).toMatchObject({ t: "failed", error: { ename: "KeyboardInterrupt" } });
  expect(await run("exports.last = exports.a;", { last: "last" })).toMatchObject({
    result: { "text/plain": "1" },
  });
});

test("after an interrupt no cell waits for a display that never comes", async () => {
  const { run, interrupts, displays } = setUp();
  displays.display({ [Symbol.for("Jupyter.display")]: () => new Promise(() => {}) });
  const waiting = run("exports.a = 1;");
  await Promise.resolve();
  while (!interrupts.interrupt()) await Promise.resolve();
  expect(await waiting).toMatchObject({ t: "failed", error: { ename: "KeyboardInterrupt" } });
  expect(await run("exports.b = 2;")).toMatchObject({ t: "done" });
});

test("an async display method is waited for", async () => {
  const { run } = setUp();
  const code = "exports.last = { [Symbol.for('Jupyter.display')]: async () => ({ 'text/plain': 'later' }) };";
  expect(await run(code, { last: "last" })).toMatchObject({ result: { "text/plain": "later" } });
});

test("payloads go with the cell that made them", async () => {
  const { run, session } = setUp();
  const payload = { source: "set_next_input", text: "x", replace: false } as const;
  const pending = run("await null;", { async: true });
  session.addPayload(payload);
  expect(await pending).toMatchObject({ payload: [payload] });
  expect(await run("")).toMatchObject({ payload: [] });
});

describe("comm messages", () => {
  test("run their handlers, and end like cells", async () => {
    const { comms, finish } = setUp();
    const seen: unknown[] = [];
    comms.onOpen("mine", (_, data) => seen.push(data));
    const content = { comm_id: "c", target_name: "mine", data: { x: 1 } };
    expect(
      await finish({ op: "comm", cell: 9, kind: "comm_open", content, buffers: [], more: false }),
    ).toMatchObject({
      t: "done",
      cell: 9,
    });
    expect(seen).toEqual([{ x: 1 }]);
  });
  test("redraw what depends on them with the last one that waits", async () => {
    const { interactions, finish, frames } = setUp();
    const { controls } = interactions.interact({ n: [0, 10] }, ({ n }) => n);
    const drag = (value: number, more: boolean) => {
      const content = { comm_id: controls.n?.id, data: { method: "update", state: { value } } };
      return finish({ op: "comm", cell: 9, kind: "comm_msg", content, buffers: [], more });
    };
    const updates = () =>
      frames.flatMap((frame) => (frame.t === "update" ? [frame.bundle["text/plain"]] : []));
    await drag(1, true);
    await drag(2, true);
    expect(updates()).toEqual([]);
    await drag(3, false);
    expect(updates()).toEqual(["3"]);
  });
  test("that are interrupted while they redraw say so in place and do not fail", async () => {
    const { interactions, interrupts, finish, frames } = setUp();
    const never = new Promise(() => {});
    const { controls } = interactions.interact({ n: [0, 10] }, ({ n }) => (n === 5 ? n : never));
    const content = { comm_id: controls.n?.id, data: { method: "update", state: { value: 6 } } };
    const ended = finish({ op: "comm", cell: 9, kind: "comm_msg", content, buffers: [], more: false });
    await new Promise((resolve) => setImmediate(resolve));
    expect(interrupts.interrupt()).toBe(true);
    expect(await ended).toMatchObject({ t: "done", cell: 9 });
    expect(frames.at(-2)).toMatchObject({
      t: "update",
      bundle: { "text/plain": "KeyboardInterrupt: Interrupted" },
    });
  });
  test("fail when a handler throws", async () => {
    const { comms, finish } = setUp();
    comms.onOpen("mine", () => {
      throw new TypeError("handler");
    });
    const content = { comm_id: "c", target_name: "mine" };
    expect(
      await finish({ op: "comm", cell: 9, kind: "comm_open", content, buffers: [], more: false }),
    ).toMatchObject({
      t: "failed",
      error: { ename: "TypeError", evalue: "handler" },
    });
  });
});

test("a cell waits for the first result of an asynchronous interaction, and fails with its error", async () => {
  const { run, frames, interactions } = setUp();
  Object.assign(globalThis, { testInteract: interactions.interact });
  const first = await run("testInteract({ n: [0, 10] }, async ({ n }) => n)");
  expect(first).toMatchObject({ t: "done" });
  expect(frames.at(-2)).toMatchObject({ t: "display", cell: 1, bundle: { "text/plain": "5" } });
  const failed = await run("testInteract({ n: [0, 10] }, async () => { throw new RangeError('no') })");
  expect(failed).toMatchObject({ t: "failed", cell: 2, error: { ename: "RangeError", evalue: "no" } });
  Reflect.deleteProperty(globalThis, "testInteract");
});

test("an error that nobody caught is shown on stderr", () => {
  const { session, frames } = setUp();
  session.reportUncaught("rejection", "text");
  expect(frames).toEqual([
    { t: "stream", name: "stderr", text: "Uncaught rejection: Thrown: 'text'\n", cell: 0 },
  ]);
});
