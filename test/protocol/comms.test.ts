// Comms: opened, used and closed from both ends.
import { afterAll, beforeAll, expect, test } from "vitest";
import { textOf } from "../support/jupyterClient.js";
import { startKernel, type TestKernel } from "../support/startKernel.js";

let kernel: TestKernel;
beforeAll(async () => {
  kernel = await startKernel();
});
afterAll(() => kernel.stop());

const send = async (type: string, content: object, buffers: Uint8Array[] = []) => {
  const id = kernel.client.send("shell", type, content, { buffers });
  await kernel.client.idle(id);
  return kernel.client.published(id);
};

test("from the cell: open, message with bytes, close", async () => {
  const cell = await kernel.client.execute(
    'const link = notebook.comm.open("chart", { points: 3 });\n' +
      "link.send({ more: 1 }, { buffers: [new Uint8Array([0, 255])] }); link.close({ bye: true })",
  );
  const comms = cell.messages.filter(({ type }) => type.startsWith("comm_"));
  const id = comms[0]?.content.comm_id;
  expect(comms.map(({ type, content }) => [type, content])).toEqual([
    ["comm_open", { comm_id: id, target_name: "chart", data: { points: 3 } }],
    ["comm_msg", { comm_id: id, data: { more: 1 } }],
    ["comm_close", { comm_id: id, data: { bye: true } }],
  ]);
  expect(comms[1]?.buffers).toEqual([Buffer.from([0, 255])]);
});

test("from the front end: the handler gets data and bytes and answers under that message", async () => {
  await kernel.client.execute(
    'notebook.comm.onOpen("echo", (comm, data) => {\n' +
      "  comm.send({ opened: data });\n" +
      '  comm.onMessage = (data, buffers) => { console.log("got", buffers[0]?.[1]); comm.send({ echo: data }, { buffers }) };\n' +
      '  comm.onClose = () => console.log("closed");\n' +
      "});",
  );
  const opened = await send("comm_open", { comm_id: "e", target_name: "echo", data: { a: 1 } });
  expect(opened.find(({ type }) => type === "comm_msg")?.content.data).toEqual({ opened: { a: 1 } });
  const info = await kernel.client.request("shell", "comm_info_request", { target_name: "echo" });
  expect(info.content.comms).toEqual({ e: { target_name: "echo" } });
  const echoed = await send("comm_msg", { comm_id: "e", data: { b: 2 } }, [Buffer.from([1, 200])]);
  expect(textOf(echoed)).toBe("got 200\n");
  const answer = echoed.find(({ type }) => type === "comm_msg");
  expect(answer?.content.data).toEqual({ echo: { b: 2 } });
  expect(answer?.buffers).toEqual([Buffer.from([1, 200])]);
  expect(textOf(await send("comm_close", { comm_id: "e", data: {} }))).toBe("closed\n");
  const after = await kernel.client.request("shell", "comm_info_request", { target_name: "echo" });
  expect(after.content.comms).toEqual({});
});

test("an unknown target is closed again; a message to an unknown comm does nothing", async () => {
  const opened = await send("comm_open", { comm_id: "u", target_name: "nobody", data: {} });
  expect(opened.map(({ type, content }) => [type, content.comm_id])).toContainEqual(["comm_close", "u"]);
  const info = await kernel.client.request("shell", "comm_info_request", {});
  expect(info.content.comms).not.toHaveProperty("u");
  const lost = await send("comm_msg", { comm_id: "unknown", data: {} });
  expect(lost.map(({ type }) => type)).toEqual(["status", "status"]);
  expect((await kernel.client.execute("1")).reply.status).toBe("ok");
});

test("an error in a handler is shown under its message, and the kernel goes on", async () => {
  await kernel.client.execute('notebook.comm.onOpen("bad", () => { throw new Error("in the handler") })');
  const opened = await send("comm_open", { comm_id: "b", target_name: "bad", data: {} });
  expect(textOf(opened, "stderr")).toContain("in the handler");
  expect((await kernel.client.execute("1")).reply.status).toBe("ok");
});

test("a message waits for the cell that runs", async () => {
  await kernel.client.execute(
    'let log: string[] = []; notebook.comm.onOpen("log", () => { log.push("comm") })',
  );
  const cell = kernel.client.sendCell(
    'await new Promise((resolve) => setTimeout(resolve, 100)); log.push("cell")',
  );
  await send("comm_open", { comm_id: "l", target_name: "log", data: {} });
  await kernel.client.finished(cell);
  const order = await kernel.client.execute("log.join()");
  expect(order.messages.find(({ type }) => type === "execute_result")?.content.data["text/plain"]).toBe(
    "'cell,comm'",
  );
});
