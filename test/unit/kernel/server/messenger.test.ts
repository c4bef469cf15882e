import { describe, expect, test } from "vitest";
import { makeMessenger, makeRequest } from "../../../support/serverParts.js";

const cell = makeRequest("execute_request", {}, { id: "cell" });
const other = makeRequest("execute_request", {}, { id: "other" });

describe("stream", () => {
  test("joins text of one stream and one cell", () => {
    const { messenger, sent } = makeMessenger();
    for (const text of ["a", "b", "c"]) messenger.stream("stdout", text, cell.headerBytes);
    expect(sent).toEqual([]);
    messenger.flush();
    expect(sent).toMatchObject([
      { type: "stream", topic: "stream.stdout", parent: "cell", content: { name: "stdout", text: "abc" } },
    ]);
  });

  test("another stream, another cell or another message waits for what was joined", () => {
    const { messenger, sent } = makeMessenger();
    messenger.stream("stdout", "1", cell.headerBytes);
    messenger.stream("stderr", "2", cell.headerBytes);
    messenger.stream("stderr", "3", other.headerBytes);
    messenger.publish("clear_output", other.headerBytes, { wait: false });
    expect(sent.map(({ type, content, parent }) => [type, content.text, parent])).toEqual([
      ["stream", "1", "cell"],
      ["stream", "2", "cell"],
      ["stream", "3", "other"],
      ["clear_output", undefined, "other"],
    ]);
  });

  test("leaves by itself a moment later, and at once when it is long", async () => {
    const { messenger, sent } = makeMessenger();
    messenger.stream("stdout", "x".repeat(65_536), cell.headerBytes);
    expect(sent).toHaveLength(1);
    messenger.stream("stdout", "y", cell.headerBytes);
    while (sent.length < 2) await new Promise((resolve) => setImmediate(resolve));
    expect(sent[1]?.content).toEqual({ name: "stdout", text: "y" });
  });

  test("empty text is no message", () => {
    const { messenger, sent } = makeMessenger();
    messenger.stream("stdout", "", cell.headerBytes);
    messenger.flush();
    expect(sent).toEqual([]);
  });
});

test("a reply goes to the channel and the identities of its request", () => {
  const { messenger, sent } = makeMessenger();
  const request = makeRequest("interrupt_request", {}, { channel: "control" as never });
  messenger.reply(request, "interrupt_reply", { status: "ok" });
  expect(sent).toMatchObject([
    { channel: "control", topic: "client of interrupt_request", parent: "interrupt_request" },
  ]);
});

test("a question goes to the client of the cell, after the text before it", () => {
  const { messenger, sent } = makeMessenger();
  messenger.stream("stdout", "before", cell.headerBytes);
  const id = messenger.ask(cell, { prompt: "name?", password: false });
  expect(id).toMatch(/^[0-9a-f-]{36}$/);
  expect(sent.map(({ channel, type, topic }) => [channel, type, topic])).toEqual([
    ["iopub", "stream", "stream.stdout"],
    ["stdin", "input_request", "client of cell"],
  ]);
});

test("a welcome has the topic of the subscription and no parent", () => {
  const { messenger, sent } = makeMessenger();
  messenger.welcome(Buffer.from("stream"));
  expect(sent).toMatchObject([
    { type: "iopub_welcome", topic: "stream", content: { subscription: "stream" } },
  ]);
  expect(sent[0]?.parent).toBeUndefined();
});

test("buffers of comm messages are frames", () => {
  const { messenger, sent } = makeMessenger();
  messenger.publish("comm_msg", undefined, { comm_id: "1", data: {} }, {}, [Buffer.from("bytes")]);
  expect(sent[0]?.buffers).toEqual(["bytes"]);
});

test("while a log is written, what the protocol does not allow is in it", () => {
  const { messenger, log } = makeMessenger();
  messenger.publish("display_data", undefined, { data: {}, metadata: {}, transient: {} });
  expect(log).toEqual(["protocol: display_data.data must contain text/plain"]);
});
