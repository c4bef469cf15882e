// The wire: who is answered, who is not, and that nothing a client sends ends the kernel.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startKernel, type TestKernel } from "../support/startKernel.js";

let kernel: TestKernel;
beforeAll(async () => {
  kernel = await startKernel();
});
afterAll(() => kernel.stop());

const replies = (): string[] =>
  kernel.client.received
    .filter(({ channel }) => channel === "shell")
    .map(({ parent }) => String(parent.msg_id));

describe("signatures", () => {
  test("a wrong signature gets no reply and the kernel lives on", async () => {
    const wrong = kernel.client.send("shell", "kernel_info_request", {}, { key: "wrong" });
    const right = kernel.client.send("shell", "kernel_info_request", {});
    await kernel.client.reply(right);
    expect(replies()).toContain(right);
    expect(replies()).not.toContain(wrong);
  });

  test("the signature is checked before anything is parsed", async () => {
    const parts = ["not JSON", "{", "[", "}"];
    kernel.client.sendFrames("shell", ["<IDS|MSG>", kernel.client.sign(parts, "wrong"), ...parts]);
    kernel.client.sendFrames("shell", ["<IDS|MSG>", kernel.client.sign(parts), ...parts]);
    const reply = await kernel.client.request("shell", "kernel_info_request");
    expect(reply.content.status).toBe("ok");
  });

  test("an empty key turns signing off", async () => {
    const open = await startKernel({ key: "" });
    const reply = await open.client.request("shell", "kernel_info_request");
    expect(reply.content.implementation).toBe("gradbook");
    await open.stop();
  });
});

describe("frames", () => {
  test.each([
    ["no delimiter", ["hello"]],
    ["nothing after the delimiter", ["<IDS|MSG>"]],
    ["three of four JSON frames", ["<IDS|MSG>", "", "{}", "{}", "{}"]],
    ["no frame with anything in it", [""]],
  ])("%s is ignored", async (_, frames) => {
    for (const channel of ["shell", "control", "stdin"] as const)
      kernel.client.sendFrames(channel, [...frames]);
    const reply = await kernel.client.request("control", "kernel_info_request");
    expect(reply.content.status).toBe("ok");
  });

  test("a header that is an array, or has no type, is ignored", async () => {
    for (const header of ["[]", "{}", '{"msg_id":1,"msg_type":2}', "null"]) {
      const parts = [header, "{}", "{}", "{}"];
      kernel.client.sendFrames("shell", ["<IDS|MSG>", kernel.client.sign(parts), ...parts]);
    }
    const reply = await kernel.client.request("shell", "kernel_info_request");
    expect(reply.content.status).toBe("ok");
  });

  test("the request's header comes back unchanged, with fields that nobody knows", async () => {
    const id = kernel.client.send(
      "shell",
      "kernel_info_request",
      { unknown: 1 },
      { header: { subshell_id: null, future: { deep: [1.5, "é"] } } },
    );
    const reply = await kernel.client.reply(id);
    expect(reply.parentText).toContain('"subshell_id":null,"future":{"deep":[1.5,"é"]}');
    const idle = await kernel.client.idle(id);
    expect(idle.parentText).toBe(reply.parentText);
  });

  test("an unknown message type is ignored", async () => {
    const id = kernel.client.send("shell", "create_subshell_request", {});
    const inherited = kernel.client.send("control", "toString", {});
    await kernel.client.request("shell", "kernel_info_request");
    await kernel.client.request("control", "kernel_info_request");
    expect(
      kernel.client.received.filter(({ parent }) => [id, inherited].includes(String(parent.msg_id))),
    ).toEqual([]);
  });

  test("a request that lacks its field gets an error reply that names it", async () => {
    const reply = await kernel.client.request("shell", "complete_request", { cursor_pos: 1 });
    expect(reply.content).toEqual({
      status: "error",
      ename: "TypeError",
      evalue: "complete_request: code must be a string, got undefined",
      traceback: ["TypeError: complete_request: code must be a string, got undefined"],
    });
    const cell = await kernel.client.execute(1 as unknown as string);
    expect(cell.reply).toMatchObject({ status: "error", execution_count: 0 });
  });

  test("each client gets the replies to its own requests", async () => {
    const other = kernel.connect();
    const mine = kernel.client.send("shell", "kernel_info_request", {});
    const theirs = other.send("shell", "kernel_info_request", {});
    await Promise.all([kernel.client.reply(mine), other.reply(theirs)]);
    expect(replies()).not.toContain(theirs);
  });
});

test("the ipc transport works as tcp does", async () => {
  const local = await startKernel({ transport: "ipc" });
  const reply = await local.client.request("shell", "kernel_info_request");
  expect(reply.content.status).toBe("ok");
  expect(await local.client.beat("ping")).toBe("ping");
  await local.stop();
});

test("a heartbeat returns the same bytes", async () => {
  expect(await kernel.client.beat("are you there? ✓")).toBe("are you there? ✓");
});

describe("iopub", () => {
  test("starting is not said again to later clients", async () => {
    const later = kernel.connect();
    await later.wait(({ type }) => type === "iopub_welcome");
    const id = later.send("shell", "kernel_info_request", {});
    await later.idle(id);
    const states = later.received
      .filter(({ type }) => type === "status")
      .map(({ content }) => content.execution_state);
    expect(states).toEqual(["busy", "idle"]);
  });

  test("the first and the second subscriber are welcomed", async () => {
    const second = kernel.connect();
    const welcome = await second.wait(({ type }) => type === "iopub_welcome");
    expect(welcome.content).toEqual({ subscription: "" });
    expect(welcome.parent).toEqual({});
  });

  test("topics are the message type", async () => {
    const id = kernel.client.send("shell", "kernel_info_request", {});
    const idle = await kernel.client.idle(id);
    expect(idle.topics).toEqual(["status"]);
  });
});
