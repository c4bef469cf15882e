// input(): asked of the client whose cell it is, and answered.
import { afterAll, beforeAll, expect, test } from "vitest";
import { type JupyterClient, resultOf } from "../support/jupyterClient.js";
import { startKernel, type TestKernel } from "../support/startKernel.js";

let kernel: TestKernel;
beforeAll(async () => {
  kernel = await startKernel();
});
afterAll(() => kernel.stop());

const asked = (client: JupyterClient, id: string) =>
  client.wait(({ type, parent }) => type === "input_request" && parent.msg_id === id);

test("a question is asked under the cell, and its answer is the value", async () => {
  const id = kernel.client.sendCell('console.log("before"); const name = input("name? "); name + "!"', {
    allow_stdin: true,
  });
  const question = await asked(kernel.client, id);
  expect(question.content).toEqual({ prompt: "name? ", password: false });
  kernel.client.send("stdin", "input_reply", { value: "Ada 𝐚" });
  const cell = await kernel.client.finished(id);
  expect(resultOf(cell)).toBe("'Ada 𝐚!'");
});

test("a password is asked as one", async () => {
  const id = kernel.client.sendCell('input("password", { password: true }).length', { allow_stdin: true });
  const question = await asked(kernel.client, id);
  expect(question.content.password).toBe(true);
  kernel.client.send("stdin", "input_reply", { value: "secret" }, { parent: question.header });
  expect(resultOf(await kernel.client.finished(id))).toBe("6");
});

test("a front end that cannot answer gets an error instead of a question", async () => {
  const cell = await kernel.client.execute('input("name? ")', { allow_stdin: false });
  expect(cell.reply).toMatchObject({ ename: "Error", evalue: "input() is not supported by this front end" });
  expect(
    kernel.client.received.some(({ type, parent }) => type === "input_request" && parent.msg_id === cell.id),
  ).toBe(false);
});

test("of two clients the one is asked whose cell it is", async () => {
  const other = kernel.connect();
  await other.wait(({ type }) => type === "iopub_welcome");
  const before = kernel.client.received.filter(({ type }) => type === "input_request").length;
  const id = other.sendCell('input("whose?")', { allow_stdin: true });
  await asked(other, id);
  other.send("stdin", "input_reply", { value: "mine" });
  expect(resultOf(await other.finished(id))).toBe("'mine'");
  expect(kernel.client.received.filter(({ type }) => type === "input_request")).toHaveLength(before);
});

test("an answer that nobody asked for is dropped", async () => {
  kernel.client.send("stdin", "input_reply", { value: "early" });
  const id = kernel.client.sendCell("input()", { allow_stdin: true });
  await asked(kernel.client, id);
  kernel.client.send("stdin", "input_reply", { value: "right" });
  expect(resultOf(await kernel.client.finished(id))).toBe("'right'");
});

test("process.stdin of a cell is empty", async () => {
  const cell = await kernel.client.execute(
    'let text = ""; for await (const chunk of process.stdin) text += chunk; text.length',
  );
  expect(resultOf(cell)).toBe("0");
});
