import { describe, expect, test } from "vitest";
import type { CompileService } from "../../../../kernel/compile/compileService.js";
import { Cells } from "../../../../kernel/server/cells.js";
import { Comms } from "../../../../kernel/server/comms.js";
import { CellExecutor } from "../../../../kernel/server/executeCell.js";
import { History } from "../../../../kernel/server/history.js";
import { Output } from "../../../../kernel/server/output.js";
import { Stdin } from "../../../../kernel/server/stdin.js";
import { readExecuteRequest } from "../../../../kernel/wire/requests.js";
import {
  type FakeRunner,
  failed,
  makeCompile,
  makeMessenger,
  makeRequest,
  makeRunner,
} from "../../../support/serverParts.js";

function make({ runner = makeRunner() as FakeRunner, compile = makeCompile() as CompileService } = {}) {
  const { messenger, sent } = makeMessenger();
  const cells = new Cells();
  const history = new History();
  const output = new Output({
    messenger,
    cells,
    comms: new Comms(messenger),
    stdin: new Stdin({ messenger, answer: () => {} }),
  });
  const executor = new CellExecutor({ compile, runner, messenger, output, history, compileGraceMs: 0 });
  const execute = (code: string, fields: object = {}) => {
    const request = makeRequest("execute_request", { code, ...fields }, { id: code });
    const content = readExecuteRequest(request.content);
    const cell = cells.add(request, { silent: content.silent, allowStdin: content.allow_stdin });
    return executor.execute(cell, content);
  };
  const inputs = () =>
    history
      .query({ ...readHistory, hist_access_type: "tail" })
      .map(([, line, pair]) => [line, ...(pair as readonly (string | null)[])]);
  return { executor, execute, sent, inputs, runner, compile };
}
const readHistory = {
  output: true,
  session: 0,
  start: 0,
  stop: null,
  n: null,
  pattern: "*",
  unique: false,
} as const;

test("a cell shows its input and its value, and replies", async () => {
  const { execute, sent, inputs } = make();
  expect(await execute("1 + 1")).toEqual({
    status: "ok",
    execution_count: 1,
    payload: [],
    user_expressions: {},
  });
  expect(sent.map(({ type, content }) => [type, content])).toEqual([
    ["execute_input", { code: "1 + 1", execution_count: 1 }],
    ["execute_result", { execution_count: 1, data: { "text/plain": "1 + 1" }, metadata: {} }],
  ]);
  expect(inputs()).toEqual([[1, "1 + 1", "1 + 1"]]);
});

describe("the counter", () => {
  test("advances with stored cells only, and history with it", async () => {
    const { execute, inputs } = make();
    const counts = [];
    for (const [code, fields] of [
      ["a", {}],
      ["b", { silent: true }],
      ["c", { store_history: false }],
      ["  \n", {}],
      ["d", {}],
    ] as const)
      counts.push((await execute(code, fields)).execution_count);
    expect(counts).toEqual([1, 1, 1, 1, 2]);
    expect(inputs().map(([line, input]) => [line, input])).toEqual([
      [1, "a"],
      [2, "d"],
    ]);
  });

  test("advances with cells that fail", async () => {
    const { execute } = make();
    expect(await execute("bad")).toMatchObject({ status: "error", execution_count: 1 });
    expect(await execute("good")).toMatchObject({ execution_count: 2 });
  });
});

test("a blank cell runs nothing and is ok", async () => {
  const { execute, runner, sent } = make();
  expect(await execute(" \n")).toMatchObject({ status: "ok" });
  expect(runner.ran).toEqual([]);
  expect(sent.map(({ type }) => type)).toEqual(["execute_input"]);
});

test("a silent cell runs and publishes nothing, not even its error", async () => {
  const { execute, sent, runner } = make({ runner: makeRunner(() => failed("Error")) });
  expect(await execute("throw", { silent: true })).toMatchObject({ status: "error", ename: "Error" });
  expect(runner.ran).toHaveLength(1);
  expect(sent).toEqual([]);
});

describe("declarations", () => {
  test("of a cell that ran are given to the next", async () => {
    const { execute, compile } = make();
    await execute("a");
    await execute("type T");
    await execute("b");
    expect((compile as ReturnType<typeof makeCompile>).asked.map(([declarations]) => declarations)).toEqual([
      "",
      "[a]",
      "[a][type T]",
    ]);
  });

  test("survive a cell that throws, but not one that does not compile, nor the end of the session", async () => {
    let sessionEnded = false;
    const { execute, executor } = make({ runner: makeRunner(() => failed("Error", sessionEnded)) });
    await execute("throws");
    expect(executor.declarations).toBe("[throws]");
    await execute("bad");
    expect(executor.declarations).toBe("[throws]");
    sessionEnded = true;
    executor.forget();
    await execute("dies");
    expect(executor.declarations).toBe("");
  });
});

test("an error is published and replied", async () => {
  const { execute, sent } = make({ runner: makeRunner(() => failed("RangeError")) });
  const error = { ename: "RangeError", evalue: "why", traceback: ["RangeError: why"] };
  expect(await execute("x")).toEqual({ status: "error", execution_count: 1, ...error });
  expect(sent.at(-1)).toMatchObject({ type: "error", content: error });
});

test("a compile process that gives no answer is the cell's error", async () => {
  const compile = makeCompile({ convert: () => Promise.reject(new RangeError("too deep")) });
  expect(await make({ compile }).execute("x")).toMatchObject({
    ename: "RangeError",
    traceback: ["RangeError: too deep"],
  });
});

describe("user_expressions", () => {
  test("are evaluated after success, each with its own fate", async () => {
    const { execute, runner } = make({
      runner: makeRunner(({ code }) =>
        code.includes("throw") ? failed("Error") : { ok: true, payload: [], result: { "text/plain": code } },
      ),
    });
    const user_expressions = { good: "a + 1", wrong: "bad", thrown: "throw" };
    const reply = await execute("a", { user_expressions });
    expect(reply).toMatchObject({
      status: "ok",
      user_expressions: {
        good: { status: "ok", data: { "text/plain": "(a + 1\n)" }, metadata: {} },
        wrong: { status: "error", ename: "TypeScriptError" },
        thrown: { status: "error", ename: "Error", traceback: ["Error: why"] },
      },
    });
    expect(runner.ran.map((ran) => "keepsLast" in ran && ran.keepsLast)).toEqual([true, false, false]);
  });

  test("are not evaluated after a failure", async () => {
    const { execute, runner } = make({ runner: makeRunner(() => failed("Error")) });
    expect(await execute("a", { user_expressions: { b: "1" } })).not.toHaveProperty("user_expressions");
    expect(runner.ran).toHaveLength(1);
  });
});

describe("interrupt", () => {
  test("while it runs goes to the session", async () => {
    const interrupted = makeRunner(async (_request, runner) => {
      executor.interrupt();
      return failed(`after ${runner.interrupts} interrupt`);
    });
    const { execute, executor } = make({ runner: interrupted });
    expect(await execute("x")).toMatchObject({ ename: "after 1 interrupt" });
  });

  test("while it compiles ends the cell before it runs", async () => {
    let answer: (value: never) => void = () => {};
    const compile = makeCompile({
      convert: () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    });
    const { execute, executor, runner } = make({ compile });
    const reply = execute("x");
    executor.interrupt();
    answer({ ok: true, code: "x", declarations: "", map: [], async: false, imports: [], files: [] } as never);
    expect(await reply).toMatchObject({ ename: "KeyboardInterrupt", evalue: "Interrupted" });
    expect(runner.ran).toEqual([]);
  });

  test("of a compilation that does not end stops the compile process", async () => {
    let reject: (error: Error) => void = () => {};
    const compile = makeCompile({
      convert: () =>
        new Promise((_, no) => {
          reject = no;
        }),
      interrupt: () => reject(new Error("killed")),
    });
    const { execute, executor } = make({ compile });
    const reply = execute("x");
    executor.interrupt();
    expect(await reply).toMatchObject({ ename: "KeyboardInterrupt" });
  });
});
