import { expect, test } from "vitest";
import { runInKernel } from "../../../../grader/command/runInKernel.js";
import { MemoryTerminal } from "../../../support/memoryTerminal.js";
import { code, notebookOf, text } from "../../../support/notebooks.js";
import { ScriptedKernel } from "../../../support/scriptedKernel.js";

test("the kernel gets folder and environment, is shut down, and each cell's time is known by its position", async () => {
  const kernel = new ScriptedKernel();
  const started: unknown[] = [];
  const start = async (...args: unknown[]) => {
    started.push(args);
    return kernel;
  };
  const notebook = notebookOf(text("t"), code("a"), code("b"));
  const { cellMs } = await runInKernel(
    "/course/a.ipynb",
    notebook,
    { env: { A: "1" }, start },
    new MemoryTerminal(),
  );
  expect(started).toEqual([["/course", { A: "1" }]]);
  expect(kernel.log).toEqual(["a", "b", "(shutdown)"]);
  expect([...cellMs.keys()]).toEqual([1, 2]);
});

test("an error in the middle still shuts the kernel down and removes the progress line", async () => {
  const kernel = new ScriptedKernel();
  kernel.execute = () => Promise.reject(new Error("bug"));
  const terminal = new MemoryTerminal({ isInteractive: true });
  const run = runInKernel("a.ipynb", notebookOf(code("a")), { start: async () => kernel }, terminal);
  await expect(run).rejects.toThrow("bug");
  expect(kernel.log).toEqual(["(shutdown)"]);
  expect(terminal.errors.endsWith("\r\u001b[K")).toBe(true);
});
