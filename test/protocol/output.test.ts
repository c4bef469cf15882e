// Output: complete, in order, and under the cell that caused it.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Execution, textOf } from "../support/jupyterClient.js";
import { startKernel, type TestKernel } from "../support/startKernel.js";

let kernel: TestKernel;
beforeAll(async () => {
  kernel = await startKernel();
});
afterAll(() => kernel.stop());

const execute = (code: string, fields: object = {}) => kernel.client.execute(code, fields);
const updates = ({ messages }: Execution) =>
  messages.filter(({ type }) => type === "update_display_data").map(({ content }) => content);

describe("nothing is lost", () => {
  test("100,000 lines arrive in order, in few messages, and then idle", async () => {
    const cell = await execute("for (let i = 0; i < 100_000; i++) console.log('line ' + i)");
    const lines = textOf(cell.messages).split("\n");
    expect(lines.pop()).toBe("");
    expect(lines).toHaveLength(100_000);
    expect(lines.findIndex((line, i) => line !== `line ${i}`)).toBe(-1);
    expect(cell.messages.length).toBeLessThan(5000);
  });

  test("50 MB arrive", async () => {
    const cell = await execute(
      "for (let i = 0; i < 50; i++) process.stdout.write(String(i % 10).repeat(1e6))",
    );
    const text = textOf(cell.messages);
    expect(text.length).toBe(50e6);
    expect([0, 1, 25, 49].map((i) => text[i * 1e6])).toEqual(["0", "1", "5", "9"]);
  });

  test("stdout and stderr keep their order when they alternate 1,000 times", async () => {
    const cell = await execute(
      'for (let i = 0; i < 1000; i++) { console.log("o" + i); console.error("e" + i) }',
    );
    const expected = Array.from({ length: 1000 }, (_, i) => `o${i}\ne${i}\n`).join("");
    expect(textOf(cell.messages)).toBe(expected);
    expect(textOf(cell.messages, "stderr").startsWith("e0\ne1\n")).toBe(true);
  });

  test("1,000 updates of a display arrive in order", async () => {
    const cell = await execute('const d = display("0"); for (let i = 1; i <= 1000; i++) d.update(i)');
    expect(updates(cell).map(({ data }) => data["text/plain"])).toEqual(
      Array.from({ length: 1000 }, (_, i) => String(i + 1)),
    );
  });

  test("a character is never cut, however it is written", async () => {
    const cell = await execute(
      'const bytes = Buffer.from("𝐚é√".repeat(20_000));\n' +
        "for (let i = 0; i < bytes.length; i += 7) process.stdout.write(bytes.subarray(i, i + 7))",
    );
    expect(textOf(cell.messages)).toBe("𝐚é√".repeat(20_000));
  });

  test("a page of 5 MB is one display", async () => {
    const cell = await execute('display.html("<p>" + "x".repeat(5e6) + "</p>")');
    const data = cell.messages.find(({ type }) => type === "display_data")?.content.data;
    expect(data["text/html"]).toHaveLength(5e6 + 7);
  });
});

describe("native output", () => {
  test("of child processes and of raw writes arrives before idle", async () => {
    const cell = await execute(
      'import { execSync } from "node:child_process"; import { writeSync } from "node:fs";\n' +
        'execSync("echo inherited; echo wrong >&2", { stdio: "inherit" }); writeSync(1, "raw\\n");',
    );
    expect(textOf(cell.messages, "stdout")).toBe("inherited\nraw\n");
    expect(textOf(cell.messages, "stderr")).toBe("wrong\n");
  });
});

describe("displays", () => {
  test("two in one cell both appear, in order", async () => {
    const cell = await execute('display.html("<b>1</b>"); console.log("between"); display.markdown("*2*")');
    expect(
      cell.messages.slice(2, 5).map(({ type, content }) => content.data ?? content.text ?? type),
    ).toEqual([
      { "text/html": "<b>1</b>", "text/plain": expect.any(String) },
      "between\n",
      { "text/markdown": "*2*", "text/plain": expect.any(String) },
    ]);
  });

  test("a display is updated from a later cell, under that cell", async () => {
    const first = await execute('const shown = display("old", { displayId: "figure" })');
    expect(first.messages.find(({ type }) => type === "display_data")?.content.transient).toEqual({
      display_id: "figure",
    });
    const later = await execute('shown.update("new")');
    expect(updates(later)).toMatchObject([
      { data: { "text/plain": "'new'" }, transient: { display_id: "figure" } },
    ]);
  });

  test("clearOutput is a message, in its place among the text", async () => {
    const cell = await execute('console.log("a"); clearOutput(true); console.log("b")');
    expect(cell.messages.slice(2, 5).map(({ content }) => content)).toEqual([
      { name: "stdout", text: "a\n" },
      { wait: true },
      { name: "stdout", text: "b\n" },
    ]);
  });
});

describe("late output", () => {
  test("of a timer is under its own cell, also while another runs and after it", async () => {
    const first = await execute('setTimeout(() => { console.log("late"); display("picture") }, 50); 1');
    await execute("await new Promise((resolve) => setTimeout(resolve, 200))");
    const late = await kernel.client.wait(
      ({ type, parent }) => type === "display_data" && parent.msg_id === first.id,
    );
    expect(late.content.data["text/plain"]).toBe("'picture'");
    expect(textOf(kernel.client.published(first.id))).toBe("late\n");
  });

  test("of an unhandled rejection and of an error in a timer is text on stderr; the session lives on", async () => {
    await execute("let alive = true");
    const rejected = await execute('Promise.reject(new Error("nobody caught this")); 1');
    const thrown = await execute('setTimeout(() => { throw new TypeError("in a timer") }, 1); 1');
    const has = (id: string, text: string) =>
      kernel.client.wait(
        ({ type, parent, content }) =>
          type === "stream" &&
          parent.msg_id === id &&
          content.name === "stderr" &&
          content.text.includes(text),
      );
    await has(rejected.id, "nobody caught this");
    await has(thrown.id, "in a timer");
    expect((await execute("alive")).reply.status).toBe("ok");
  });
});

test("a slow subscriber loses nothing", async () => {
  // subscribed, but nothing is read from its socket by the time the cell has ended: the messages wait in the kernel
  const slow = kernel.connect();
  await slow.wait(({ type }) => type === "iopub_welcome");
  const cell = await execute(
    "for (let i = 0; i < 20_000; i++) { console.log(i); if (i % 10 === 0) console.error(i) }",
  );
  await slow.idle(cell.id);
  expect(textOf(slow.published(cell.id))).toBe(textOf(cell.messages));
  expect(textOf(cell.messages, "stdout").split("\n")).toHaveLength(20_001);
});
