import { describe, expect, test } from "vitest";
import { executeNotebook, type Progress } from "../../../../grader/notebook/execute.js";
import { code, notebookOf, text } from "../../../support/notebooks.js";
import { type CellScript, printed, ScriptedKernel, throws } from "../../../support/scriptedKernel.js";

const run = (scripts: Record<string, CellScript>, options = {}, ...cells: Parameters<typeof notebookOf>) => {
  const kernel = new ScriptedKernel(scripts);
  return executeNotebook(notebookOf(...cells), kernel, options).then((execution) => ({
    ...execution,
    log: kernel.log,
  }));
};

describe("executeNotebook", () => {
  test("runs code cells in order, leaves out empty ones, and does not change its input", async () => {
    const notebook = notebookOf(text("# T"), code("a"), code(" "), code("b"));
    const kernel = new ScriptedKernel({ a: printed("from a\n"), b: printed("1 %\r100 %\n") });
    const { notebook: executed, failures, stopped } = await executeNotebook(notebook, kernel);
    expect(kernel.log).toEqual(["a", "b"]);
    expect([failures, stopped]).toEqual([[], false]);
    expect(
      executed.cells.map((cell) => (cell.cell_type === "code" ? [cell.execution_count, cell.outputs] : null)),
    ).toEqual([
      null,
      [1, [{ output_type: "stream", name: "stdout", text: "from a\n" }]],
      [null, []],
      [2, [{ output_type: "stream", name: "stdout", text: "100 %\n" }]],
    ]);
    expect(executed.metadata).toMatchObject({
      kernelspec: { name: "gradbook" },
      language_info: { name: "typescript" },
    });
    expect(notebook.cells[1]).toMatchObject({ outputs: [], execution_count: null });
  });

  test("the state of widgets is saved, that of an earlier run is not", async () => {
    const state = {
      _model_name: "LabelModel",
      _model_module: "m",
      _model_module_version: "2.0.0",
      value: "x",
    };
    const opens: CellScript = {
      messages: [
        ["comm_open", { comm_id: "w", target_name: "jupyter.widget", data: { state, buffer_paths: [] } }],
      ],
    };
    const { notebook } = await run({ a: opens }, {}, code("a"));
    expect(notebook.metadata.widgets).toMatchObject({
      "application/vnd.jupyter.widget-state+json": {
        version_major: 2,
        state: { w: { model_name: "LabelModel", state } },
      },
    });
    const again = await executeNotebook(notebook, new ScriptedKernel());
    expect(again.notebook.metadata).not.toHaveProperty("widgets");
  });

  test("old outputs do not survive", async () => {
    const stale = {
      ...code("a"),
      execution_count: 9,
      outputs: [{ output_type: "stream" as const, name: "stdout" as const, text: "old" }],
    };
    const { notebook } = await run({}, {}, stale);
    expect(notebook.cells[0]).toMatchObject({ execution_count: 1, outputs: [] });
  });

  test("a failing cell is the last one; its place and line are told", async () => {
    const error = throws("TypeError", "x is bad", [
      "TypeError: x is bad",
      "    at f (In[1]:7:3)",
      "    at In[2]:4:1",
    ]);
    const { failures, stopped, log, notebook } = await run(
      { b: error },
      {},
      code("a"),
      text("t"),
      code("b"),
      code("c"),
    );
    expect(log).toEqual(["a", "b"]);
    expect(stopped).toBe(true);
    expect(failures).toEqual([
      {
        index: 2,
        reason: "error",
        line: 4,
        ename: "TypeError",
        evalue: "x is bad",
        traceback: error.messages![0]![1].traceback,
      },
    ]);
    expect(notebook.cells[2]).toMatchObject({ outputs: [{ output_type: "error", ename: "TypeError" }] });
  });

  test("allowErrors goes on and tells all failures", async () => {
    const { failures, stopped, log } = await run(
      { a: throws("E", "1"), c: throws("E", "2") },
      { allowErrors: true },
      ...["a", "b", "c", "d"].map((source) => code(source)),
    );
    expect(log).toEqual(["a", "b", "c", "d"]);
    expect(failures.map(({ index, evalue }) => [index, evalue])).toEqual([
      [0, "1"],
      [2, "2"],
    ]);
    expect(stopped).toBe(false);
  });

  test("tags: raises-exception may fail, skip-execution does not run", async () => {
    const { failures, log } = await run(
      { a: throws("E", "1") },
      {},
      code("a", { tags: ["raises-exception"] }),
      code("b", { tags: ["skip-execution"] }),
      code("c"),
    );
    expect([failures, log]).toEqual([[], ["a", "c"]]);
  });

  test("a cell over the time limit is interrupted and reported with the limit", async () => {
    const { failures, log } = await run({ a: { answer: "hang" } }, { timeoutMs: 5 }, code("a"), code("b"));
    expect(log).toEqual(["a", "(interrupt)"]);
    expect(failures).toMatchObject([
      { index: 0, reason: "timeout", evalue: "the cell ran longer than 0.005 s and was interrupted" },
    ]);
  });

  test("an aborted signal interrupts the running cell and starts no other", async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const kernel = new ScriptedKernel({ a: { answer: "hang" } }, () =>
      setImmediate(() => controller.abort()),
    );
    const execution = executeNotebook(notebookOf(code("a"), code("b")), kernel, {
      signal,
      allowErrors: true,
    });
    expect(await execution).toMatchObject({ stopped: true, failures: [{ index: 0, reason: "interrupted" }] });
    expect(kernel.log).toEqual(["a", "(interrupt)"]);
    expect(await executeNotebook(notebookOf(code("b")), kernel, { signal })).toMatchObject({
      stopped: true,
      failures: [],
    });
    expect(kernel.log).toEqual(["a", "(interrupt)"]);
  });

  test("a kernel that dies ends the run and leaves an error in its cell", async () => {
    const { failures, stopped, notebook } = await run(
      { a: { answer: "die" } },
      { allowErrors: true },
      code("a"),
      code("b"),
    );
    expect(stopped).toBe(true);
    expect(failures).toMatchObject([
      { reason: "died", ename: "KernelDied", evalue: "kernel: must stay alive, got signal SIGKILL" },
    ]);
    expect(notebook.cells[0]).toMatchObject({ outputs: [{ output_type: "error", ename: "KernelDied" }] });
  });

  test("late output finds the cell that caused it", async () => {
    const kernel = new ScriptedKernel();
    const onProgress = ({ state, position }: Progress) => {
      if (state === "ended" && position === 2)
        kernel.sendLate(1, ["stream", { name: "stdout", text: "late" }]);
    };
    const { notebook } = await executeNotebook(notebookOf(code("a"), code("b")), kernel, { onProgress });
    expect(notebook.cells.map((cell) => (cell.cell_type === "code" ? cell.outputs.length : 0))).toEqual([
      1, 0,
    ]);
  });

  test("progress counts the cells that run", async () => {
    const seen: string[] = [];
    const onProgress = ({ state, position, total, index }: Progress) =>
      seen.push(`${state} ${position}/${total} [${index}]`);
    await run({}, { onProgress }, text("t"), code("a"), code("b"));
    expect(seen).toEqual(["started 1/2 [1]", "ended 1/2 [1]", "started 2/2 [2]", "ended 2/2 [2]"]);
  });
});
