import { describe, expect, test } from "vitest";
import { History } from "../../../../kernel/server/history.js";
import { Kernel } from "../../../../kernel/server/kernel.js";
import { kernelInfo } from "../../../../kernel/server/kernelInfo.js";
import { MessageCodec } from "../../../../kernel/wire/frames.js";
import {
  type FakeRunner,
  failed,
  makeCompile,
  makeRequest,
  makeRunner,
  makeSink,
  type Sent,
} from "../../../support/serverParts.js";

function make(runner: FakeRunner = makeRunner()) {
  const { sent, send } = makeSink();
  let exits = 0;
  const log: string[] = [];
  const kernel = new Kernel({
    compile: makeCompile(),
    runner,
    codec: new MessageCodec({ key: "key" }),
    send,
    history: new History(),
    info: kernelInfo("0", "5.9.3"),
    ports: { shell_port: 1 },
    log: (text) => log.push(text),
    exit: () => exits++,
    checks: true,
  });
  const ask = (type: string, content: object, id = type, channel: "shell" | "control" = "shell") =>
    kernel.receive(channel, makeRequest(type, content, { id }));
  /** Waits for the idle of a request, or of any when none is named. */
  const idle = async (id: string) => {
    const isIdle = ({ type, content, parent }: Sent): boolean =>
      type === "status" && content.execution_state === "idle" && parent === id;
    while (!sent.some(isIdle)) await new Promise((resolve) => setImmediate(resolve));
  };
  const story = (): string[] =>
    sent.map(
      ({ type, content, parent }) =>
        `${parent}: ${type === "status" ? content.execution_state : (content.status ?? type)}`,
    );
  return { kernel, ask, idle, story, sent, log, runner, exits: () => exits };
}

test.each([
  ["kernel_info_request", {}, "kernel_info_reply"],
  ["complete_request", { code: "a", cursor_pos: 1 }, "complete_reply"],
  ["inspect_request", { code: "a", cursor_pos: 1 }, "inspect_reply"],
  ["is_complete_request", { code: "a" }, "is_complete_reply"],
  ["history_request", { hist_access_type: "tail", n: 1 }, "history_reply"],
  ["comm_info_request", {}, "comm_info_reply"],
  ["connect_request", {}, "connect_reply"],
  ["interrupt_request", {}, "interrupt_reply"],
  ["debug_request", {}, "debug_reply"],
  ["execute_request", { code: "" }, "execute_reply"],
])("%s is answered between busy and idle", async (type, content, replyType) => {
  const { ask, idle, sent } = make();
  ask(type, content);
  await idle(type);
  const types = sent.map(({ type: each, content: { execution_state } }) => execution_state ?? each);
  expect(types[0]).toBe("busy");
  expect(types).toContain(replyType);
  expect(types.at(-1)).toBe("idle");
  expect(new Set(sent.map(({ parent }) => parent))).toEqual(new Set([type]));
});

test("an unknown type, and the name of an inherited property, are logged and ignored", () => {
  const { ask, sent, log } = make();
  ask("create_subshell_request", {});
  ask("constructor", {});
  expect(sent).toEqual([]);
  expect(log[0]).toBe("shell: create_subshell_request is not known and is ignored");
});

describe("a cell that fails", () => {
  const fails = () =>
    makeRunner(({ code }) => (code === "throw" ? failed("Error") : { ok: true, payload: [] }));

  test("aborts the cells behind it, after its own idle; other requests are answered", async () => {
    const { ask, idle, story } = make(fails());
    for (const code of ["1", "throw", "2", "3"]) ask("execute_request", { code }, code);
    ask("kernel_info_request", {}, "info");
    await idle("3");
    const replies = story().filter((line) => /ok|error|aborted/.test(line) && !line.endsWith(": error"));
    expect(story().filter((line) => /^(2|3): /.test(line))).toEqual([
      "2: busy",
      "2: aborted",
      "2: idle",
      "3: busy",
      "3: aborted",
      "3: idle",
    ]);
    expect(replies).toContain("info: ok");
    expect(story().indexOf("throw: idle")).toBeLessThan(story().indexOf("2: busy"));
  });

  test("with stop_on_error: false aborts nothing", async () => {
    const { ask, idle, story } = make(fails());
    for (const code of ["throw", "2"]) ask("execute_request", { code, stop_on_error: false }, code);
    await idle("2");
    expect(story()).toContain("2: ok");
  });

  test("lets a cell run that its client sends after the reply", async () => {
    const { ask, idle, story, sent } = make(fails());
    ask("execute_request", { code: "throw" }, "throw");
    while (!sent.some(({ type }) => type === "execute_reply"))
      await new Promise((resolve) => setImmediate(resolve));
    ask("execute_request", { code: "2" }, "2");
    await idle("2");
    expect(story()).toContain("2: ok");
  });
});

test("after a completion during a cell the kernel says busy again", async () => {
  let end: () => void = () => {};
  const { ask, idle, story } = make(
    makeRunner(
      () =>
        new Promise((resolve) => {
          end = () => resolve({ ok: true, payload: [] });
        }),
    ),
  );
  ask("execute_request", { code: "long" }, "cell");
  ask("complete_request", { code: "a", cursor_pos: 1 }, "completion");
  await idle("completion");
  expect(story().at(-1)).toBe("cell: busy");
  end();
  await idle("cell");
  expect(story().at(-1)).toBe("cell: idle");
});

test("comm messages wait for their turn and carry their bytes", async () => {
  const { kernel, idle, runner } = make();
  const content = { comm_id: "1", target_name: "t", data: {} };
  kernel.receive("shell", makeRequest("comm_open", content, { buffers: [Buffer.from("hi")] }));
  await idle("comm_open");
  expect(runner.ran).toMatchObject([{ kind: "comm_open", content, buffers: ["aGk="] }]);
});

test("the session is told when another comm message waits", async () => {
  const { kernel, idle, runner } = make();
  const send = (id: string): void =>
    kernel.receive("shell", makeRequest("comm_msg", { comm_id: "slider", data: {} }, { id }));
  send("first");
  send("second");
  send("third");
  kernel.receive("shell", makeRequest("execute_request", { code: "1" }, { id: "cell" }));
  await idle("cell");
  // the first had been given to the session before the second came
  expect(runner.ran).toMatchObject([{ more: false }, { more: true }, { more: false }, { source: "1" }]);
});

describe("interrupt", () => {
  test("while nothing runs reaches nobody", () => {
    const { kernel, runner } = make();
    kernel.interrupt();
    expect(runner.interrupts).toBe(0);
  });

  test("of a cell that waits for input answers the read instead of sending a signal", async () => {
    const { kernel, ask, idle, runner } = make(
      makeRunner(async ({ cell }, fake) => {
        fake.events.output({ t: "input", prompt: "?", password: false, cell });
        kernel.interrupt();
        return failed("KeyboardInterrupt");
      }),
    );
    ask("execute_request", { code: "input()", allow_stdin: true }, "cell");
    await idle("cell");
    expect(runner.answers).toEqual([{ interrupt: true }]);
    expect(runner.interrupts).toBe(0);
  });
});

describe("the end of the session", () => {
  const ended = { ename: "SessionDied", evalue: "gone", traceback: ["SessionDied: gone"] };

  test("while idle is told under the last cell, and comms are closed", async () => {
    const { ask, idle, runner, sent } = make();
    ask("execute_request", { code: "1" }, "cell");
    await idle("cell");
    const content = { comm_id: "c", target_name: "t", data: {} };
    const open = { t: "comm", kind: "comm_open", content, metadata: {}, buffers: [], cell: 1 } as const;
    runner.events.output(open);
    runner.events.sessionEnded(ended, false);
    ask("kernel_info_request", {}, "info");
    await idle("info");
    const after = sent.slice(sent.findIndex(({ type }) => type === "comm_open") + 1);
    expect(after.slice(0, 3).map(({ type, parent, content: { text } }) => [type, parent, text])).toEqual([
      ["comm_close", "cell", undefined],
      ["stream", "cell", "SessionDied: gone\n"],
      ["status", "info", undefined],
    ]);
  });
});

test("shutdown echoes restart, is published, and ends the process after idle", async () => {
  const { ask, idle, sent, exits } = make();
  ask("shutdown_request", { restart: true }, "end", "control");
  await idle("end");
  expect(sent.map(({ channel, type }) => `${channel} ${type}`)).toEqual([
    "iopub status",
    "control shutdown_reply",
    "iopub shutdown_reply",
    "iopub status",
  ]);
  expect(sent[1]?.content).toEqual({ status: "ok", restart: true });
  await new Promise((resolve) => setImmediate(resolve));
  expect(exits()).toBe(1);
});

test("a request that cannot be read gets an error reply", async () => {
  const { ask, idle, sent } = make();
  ask("history_request", { hist_access_type: "all" });
  await idle("history_request");
  expect(sent.find(({ type }) => type === "history_reply")?.content.ename).toBe("RangeError");
});
