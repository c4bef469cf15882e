// execute_request: its messages, their order, and every field of the request.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { resultOf, textOf, typesOf } from "../support/jupyterClient.js";
import { startKernel, type TestKernel } from "../support/startKernel.js";

let kernel: TestKernel;
beforeAll(async () => {
  kernel = await startKernel();
});
afterAll(() => kernel.stop());

const execute = (code: string, fields: object = {}) => kernel.client.execute(code, fields);
const count = async (): Promise<number> => (await execute("", { silent: true })).reply.execution_count;

test("a cell is busy, its input, its output in order, its value, idle", async () => {
  const before = await count();
  const cell = await execute('console.log("a"); console.error("b"); display.html("<i>c</i>"); 1 + 1');
  expect(typesOf(cell.messages)).toEqual([
    "busy",
    "execute_input",
    "stream",
    "stream",
    "display_data",
    "execute_result",
    "idle",
  ]);
  expect(cell.messages[1]?.content).toEqual({
    code: 'console.log("a"); console.error("b"); display.html("<i>c</i>"); 1 + 1',
    execution_count: before + 1,
  });
  expect(cell.messages[5]?.content).toEqual({
    execution_count: before + 1,
    data: { "text/plain": "2" },
    metadata: {},
  });
  expect(cell.reply).toEqual({
    status: "ok",
    execution_count: before + 1,
    payload: [],
    user_expressions: {},
  });
});

test("undefined is not shown, null is", async () => {
  expect(resultOf(await execute("undefined"))).toBeUndefined();
  expect(resultOf(await execute("null"))).toBe("null");
});

describe("execution_count", () => {
  test("advances for stored cells only", async () => {
    const before = await count();
    await execute("1", { silent: true });
    await execute("2", { store_history: false });
    await execute(" \n ");
    expect(await count()).toBe(before);
    await execute("3");
    await execute("throw 1");
    expect(await count()).toBe(before + 2);
  });
});

test("blank code is ok and runs nothing", async () => {
  const cell = await execute("  \n\t");
  expect(cell.reply.status).toBe("ok");
  expect(typesOf(cell.messages)).toEqual(["busy", "execute_input", "idle"]);
});

test("a silent cell runs and publishes its status only", async () => {
  const cell = await execute('let quiet = 5; console.log("x"); display("y"); quiet', { silent: true });
  expect(typesOf(cell.messages)).toEqual(["busy", "idle"]);
  expect(resultOf(await execute("quiet"))).toBe("5");
  const failed = await execute('throw new Error("x")', { silent: true });
  expect(typesOf(failed.messages)).toEqual(["busy", "idle"]);
  expect(failed.reply).toMatchObject({ status: "error", ename: "Error", evalue: "x" });
});

describe("user_expressions", () => {
  test("are evaluated after the cell, each with its own fate", async () => {
    const { reply } = await execute("let side = 3", {
      user_expressions: {
        value: "side * 2",
        nothing: "undefined",
        comment: "side // the side",
        wrongType: "side.toUpperCase()",
        thrown: '(() => { throw new RangeError("far") })()',
      },
    });
    expect(reply.user_expressions).toMatchObject({
      value: { status: "ok", data: { "text/plain": "6" }, metadata: {} },
      nothing: { status: "ok", data: { "text/plain": "undefined" } },
      comment: { status: "ok", data: { "text/plain": "3" } },
      wrongType: { status: "error", ename: "TypeScriptError" },
      thrown: { status: "error", ename: "RangeError", evalue: "far" },
    });
  });

  test("leave no trace in the notebook", async () => {
    await execute("41", { user_expressions: { a: "1 + 1" } });
    expect(resultOf(await execute("$_"))).toBe("41");
  });

  test("are not evaluated after an error", async () => {
    const { reply } = await execute("throw 1", { user_expressions: { a: "globalThis.evaluated = 1" } });
    expect(reply).not.toHaveProperty("user_expressions");
    expect(resultOf(await execute('"evaluated" in globalThis'))).toBe("false");
  });
});

describe("payload", () => {
  test("page and set_next_input", async () => {
    const { reply } = await execute('notebook.page("help text"); notebook.setNextInput("1 + 1")');
    expect(reply.payload).toEqual([
      { source: "page", data: { "text/plain": "help text" }, start: 0 },
      { source: "set_next_input", text: "1 + 1", replace: false },
    ]);
    expect((await execute("1")).reply.payload).toEqual([]);
  });
});

describe("errors are on iopub and in the reply, with a traceback", () => {
  test.each([
    ["an Error", 'throw new RangeError("far")', "RangeError", "far"],
    ["a value that is no error", "throw { a: 1 }", "Thrown", "{ a: 1 }"],
    ["a type error", 'const n: number = "x"', "TypeScriptError", /TS2322/],
    ["a syntax error", "let = ;", "TypeScriptError", /TS\d+/],
    ["an unfilled blank", "const m = ____ + 1", "NotFilledIn", /line 1/],
    ["stack overflow", "function deep(): number { return deep() + 1 }\ndeep()", "RangeError", /call stack/],
  ])("%s", async (_, code, ename, evalue) => {
    const cell = await execute(code);
    expect(cell.reply).toMatchObject({ status: "error", ename });
    if (typeof evalue === "string") expect(cell.reply.evalue).toBe(evalue);
    else expect(cell.reply.evalue).toMatch(evalue);
    const published = cell.messages.find(({ type }) => type === "error")?.content;
    const { status, execution_count, ...error } = cell.reply;
    expect(published).toEqual(error);
    expect(cell.reply.traceback.join("\n")).not.toBe("");
  });

  test("a cell that threw keeps what it declared before", async () => {
    await execute("let reached = 1; throw 1; let notReached = 2");
    expect(resultOf(await execute("[reached, notReached]"))).toBe("[ 1, undefined ]");
  });
});

describe("the queue", () => {
  const burst = async (fields: object): Promise<string[]> => {
    const ids = ["1", 'throw new Error("stop")', "2", "3"].map((code) =>
      kernel.client.sendCell(code, fields),
    );
    const cells = await Promise.all(ids.map((id) => kernel.client.finished(id)));
    return cells.map(({ reply }) => reply.status);
  };

  test("cells behind one that fails are aborted", async () => {
    expect(await burst({})).toEqual(["ok", "error", "aborted", "aborted"]);
  });

  test("unless stop_on_error is false", async () => {
    expect(await burst({ stop_on_error: false })).toEqual(["ok", "error", "ok", "ok"]);
  });

  test("an aborted cell has its own busy and idle, and the counter does not move", async () => {
    const ids = ["throw 1", "2"].map((code) => kernel.client.sendCell(code));
    const [failed, aborted] = await Promise.all(ids.map((id) => kernel.client.finished(id)));
    expect(typesOf(aborted?.messages ?? [])).toEqual(["busy", "idle"]);
    expect(aborted?.reply).toEqual({ status: "aborted", execution_count: failed?.reply.execution_count });
  });

  test("a client that waits for each reply is never aborted", async () => {
    for (let i = 0; i < 5; i++) {
      // sent the moment the reply arrives, before idle
      const failing = kernel.client.sendCell('throw new Error("stop")');
      await kernel.client.reply(failing);
      const next = await kernel.client.execute("1");
      expect(next.reply.status).toBe("ok");
    }
  });

  test("kernel_info is answered between cells that are aborted", async () => {
    const ids = ['throw new Error("stop")', "1"].map((code) => kernel.client.sendCell(code));
    const info = await kernel.client.request("shell", "kernel_info_request");
    expect(info.content.status).toBe("ok");
    await Promise.all(ids.map((id) => kernel.client.finished(id)));
  });

  test("a burst of cells runs in order", async () => {
    await execute("let order: number[] = []");
    const ids = Array.from({ length: 20 }, (_, i) => kernel.client.sendCell(`order.push(${i})`));
    await Promise.all(ids.map((id) => kernel.client.finished(id)));
    expect(resultOf(await execute("order.join()"))).toBe(
      `'${Array.from({ length: 20 }, (_, i) => i).join()}'`,
    );
  });
});

test("busy and idle are around every request of every type, with its own parent", async () => {
  const requests: [string, object][] = [
    ["kernel_info_request", {}],
    ["complete_request", { code: "consol", cursor_pos: 6 }],
    ["inspect_request", { code: "console", cursor_pos: 3, detail_level: 0 }],
    ["is_complete_request", { code: "1" }],
    ["history_request", { hist_access_type: "tail", n: 1 }],
    ["comm_info_request", {}],
    ["connect_request", {}],
    ["execute_request", { code: "1" }],
  ];
  for (const [type, content] of requests) {
    const id = kernel.client.send("shell", type, content);
    const [reply] = await Promise.all([kernel.client.reply(id), kernel.client.idle(id)]);
    expect(reply.type).toBe(type.replace("_request", "_reply"));
    expect(reply.content.status).toBe("ok" in reply.content ? "ok" : reply.content.status);
    const states = typesOf(kernel.client.published(id)).filter((each) => each === "busy" || each === "idle");
    expect([type, ...states]).toEqual([type, "busy", "idle"]);
  }
});

test("connect_reply has the ports of the connection file", async () => {
  const { content } = await kernel.client.request("shell", "connect_request");
  expect(content.shell_port).toBe(kernel.connection.shell_port);
  expect(content.hb_port).toBe(kernel.connection.hb_port);
});

test("no message of a cell comes after its idle", async () => {
  const cell = await execute('for (let i = 0; i < 1000; i++) console.log("line", i)');
  expect(textOf(cell.messages).split("\n")).toHaveLength(1001);
  await kernel.client.request("control", "kernel_info_request");
  expect(kernel.client.published(cell.id)).toHaveLength(cell.messages.length);
});
