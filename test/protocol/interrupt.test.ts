// Interrupts: whatever a cell does, it can be stopped, the kernel answers meanwhile, and the variables are kept.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { resultOf } from "../support/jupyterClient.js";
import { startKernel, type TestKernel } from "../support/startKernel.js";

let kernel: TestKernel;
beforeAll(async () => {
  kernel = await startKernel({
    files: { "never.mjs": "await new Promise(() => setInterval(() => {}, 1000));" },
  });
  await kernel.client.execute("let kept = 42");
});
afterAll(() => kernel.stop());

/** Sends a cell and resolves when it has printed "running". */
async function startCell(code: string, fields: object = {}): Promise<string> {
  const id = kernel.client.sendCell(code, fields);
  await kernel.client.wait(
    ({ type, parent, content }) =>
      type === "stream" && parent.msg_id === id && content.text.includes("running"),
  );
  return id;
}

const interrupt = () => kernel.client.request("control", "interrupt_request");

describe("an interrupt stops", () => {
  test.each([
    ["a loop", 'console.log("running"); while (true) {}'],
    ["a pending await", 'console.log("running"); await new Promise(() => {})'],
    ["a loop after an await", 'await 1; console.log("running"); while (true) {}'],
    [
      "a loop in a timer that the cell waits for",
      'await new Promise(() => setTimeout(() => { console.log("running"); for (;;) {} }, 5))',
    ],
    [
      "training after an await",
      [
        'import { createRandom, data, nn, optim, train } from "gradbook";',
        "await 1;",
        "const model = new nn.Linear(1, 1, { random: createRandom(1) });",
        "const optimizer = new optim.SGD(model.parameters(), { learningRate: 1e-9 });",
        "const samples = data.datasets.sineRegression({ random: createRandom(2) });",
        'console.log("running");',
        "train.fit(model, { data: samples, loss: nn.mseLoss, optimizer, steps: 1e9, progress: false });",
      ].join("\n"),
    ],
    [
      "many fits in worker threads",
      [
        'import { createRandom, generalization } from "gradbook";',
        "await 1;",
        "const forest = new generalization.RandomForestRegressor({ random: createRandom(1) });",
        "const rows = Array.from({ length: 300 }, (_, i) => [i, (i * 7) % 11]);",
        "const targets = rows.map(([a]) => Math.sin(a!));",
        'console.log("running");',
        "generalization.crossValidate(forest, { x: rows, y: targets }, generalization.repeatedKFold(300, { repeats: 500, random: createRandom(2) }));",
      ].join("\n"),
    ],
    ["a loop of promise jobs", 'console.log("running"); for (;;) await null'],
    [
      "a loop in a function of an earlier cell",
      'function spin() { let n = 0; do { n++ } while (n > 0); }\nawait null; console.log("running"); spin()',
    ],
    ["a cell that prints without end", 'for (;;) console.log("running")'],
  ])("%s, and the variables are kept", async (_, code) => {
    const id = await startCell(code);
    const reply = await interrupt();
    expect(reply.content).toEqual({ status: "ok" });
    const cell = await kernel.client.finished(id);
    expect(cell.reply).toMatchObject({ status: "error", ename: "KeyboardInterrupt", evalue: "Interrupted" });
    expect(cell.messages.find(({ type }) => type === "error")?.content.traceback.length).toBeGreaterThan(0);
    expect(resultOf(await kernel.client.execute("kept"))).toBe("42");
  });

  test("input(), and the next input() works", async () => {
    const id = kernel.client.sendCell('input("first?")', { allow_stdin: true });
    await kernel.client.wait(({ type, parent }) => type === "input_request" && parent.msg_id === id);
    await interrupt();
    expect((await kernel.client.finished(id)).reply.ename).toBe("KeyboardInterrupt");
    // the late answer to the first question must not answer the second
    kernel.client.send("stdin", "input_reply", { value: "late" });
    const next = kernel.client.sendCell('input("second?")', { allow_stdin: true });
    await kernel.client.wait(({ type, parent }) => type === "input_request" && parent.msg_id === next);
    kernel.client.send("stdin", "input_reply", { value: "right" });
    expect(resultOf(await kernel.client.finished(next))).toBe("'right'");
  });

  test("the import of a module that never settles", async () => {
    const id = kernel.client.sendCell('import "./never.mjs"; 1');
    await kernel.client.wait(({ type, parent }) => type === "execute_input" && parent.msg_id === id);
    await interrupt();
    expect((await kernel.client.finished(id)).reply.ename).toBe("KeyboardInterrupt");
    expect(resultOf(await kernel.client.execute("kept"))).toBe("42");
  });

  test("by SIGINT to the process, as by a message", async () => {
    const id = await startCell('console.log("running"); while (true) {}');
    kernel.process.kill("SIGINT");
    expect((await kernel.client.finished(id)).reply.ename).toBe("KeyboardInterrupt");
  });

  test("once, when it comes twice", async () => {
    const id = await startCell('console.log("running"); await new Promise(() => {})');
    await Promise.all([interrupt(), interrupt()]);
    expect((await kernel.client.finished(id)).reply.ename).toBe("KeyboardInterrupt");
    expect(resultOf(await kernel.client.execute("kept"))).toBe("42");
  });

  test("nothing while the kernel is idle; the next cell runs", async () => {
    await interrupt();
    kernel.process.kill("SIGINT");
    expect(resultOf(await kernel.client.execute("kept"))).toBe("42");
  });

  test("and the cells behind it are aborted, not run", async () => {
    const id = await startCell('console.log("running"); while (true) {}');
    const behind = kernel.client.sendCell("kept = 0");
    await kernel.client.request("shell", "kernel_info_request");
    await interrupt();
    await kernel.client.finished(id);
    expect((await kernel.client.finished(behind)).reply.status).toBe("aborted");
    expect(resultOf(await kernel.client.execute("kept"))).toBe("42");
  });

  test("a comm handler", async () => {
    await kernel.client.execute(
      'notebook.comm.onOpen("spin", (comm) => { comm.onMessage = () => { console.log("running"); while (true) {} } })',
    );
    const comm = { comm_id: "s", data: {} };
    kernel.client.send("shell", "comm_open", { ...comm, target_name: "spin" });
    const id = kernel.client.send("shell", "comm_msg", comm);
    await kernel.client.wait(
      ({ type, parent, content }) =>
        type === "stream" && parent.msg_id === id && content.text.includes("running"),
    );
    await interrupt();
    await kernel.client.idle(id);
    expect(resultOf(await kernel.client.execute("kept"))).toBe("42");
  });
});

describe("while a cell loops", () => {
  test("heartbeat, control, completion, inspection, history and comm_info answer, and the kernel stays busy", async () => {
    const id = await startCell('const looping = "yes"; console.log("running"); while (true) {}');
    expect(await kernel.client.beat("alive?")).toBe("alive?");
    const control = await kernel.client.request("control", "kernel_info_request");
    expect(control.content.status).toBe("ok");
    const completion = await kernel.client.request("shell", "complete_request", {
      code: "kep",
      cursor_pos: 3,
    });
    expect(completion.content.matches).toContain("kept");
    const inspection = await kernel.client.request("shell", "inspect_request", {
      code: "kept",
      cursor_pos: 2,
    });
    expect(inspection.content.found).toBe(true);
    const whole = await kernel.client.request("shell", "is_complete_request", { code: "f(" });
    expect(whole.content.status).toBe("incomplete");
    const history = await kernel.client.request("shell", "history_request", {
      hist_access_type: "tail",
      n: 1,
    });
    expect(history.content.history[0][2]).toContain("looping");
    const comms = await kernel.client.request("shell", "comm_info_request", {});
    expect(comms.content.status).toBe("ok");
    const busyAgain = await kernel.client.wait(
      ({ type, parent, content }) =>
        type === "status" &&
        parent.msg_id === id &&
        content.execution_state === "busy" &&
        kernel.client.published(id).filter((each) => each.type === "status").length > 1,
    );
    expect(busyAgain.content.execution_state).toBe("busy");
    await interrupt();
    await kernel.client.finished(id);
  });
});
