import { describe, expect, test } from "vitest";
import { checkContent, checkHeader } from "../../../../kernel/wire/schema.js";

const plain = { "text/plain": "1" };

describe("accepts", () => {
  test.each([
    ["status", { execution_state: "busy" }],
    ["stream", { name: "stderr", text: "x" }],
    ["execute_reply", { status: "aborted", execution_count: 1 }],
    ["execute_reply", { status: "ok", execution_count: 1, payload: [], user_expressions: {} }],
    ["display_data", { data: plain, metadata: {}, transient: {} }],
    ["inspect_reply", { status: "ok", found: false, data: {}, metadata: {} }],
    ["is_complete_reply", { status: "incomplete", indent: "  " }],
    [
      "history_reply",
      {
        status: "ok",
        history: [
          [1, 2, "x"],
          [1, 3, ["y", null]],
        ],
      },
    ],
    ["complete_reply", { status: "error", ename: "E", evalue: "v", traceback: ["t"] }],
  ])("%s %j", (type, content) => {
    expect(checkContent(type, content)).toEqual([]);
  });
});

// the mistakes that kernels really make
describe("rejects", () => {
  test.each([
    [
      "execute_reply",
      { status: "abort", execution_count: 1 },
      'execute_reply.status must be ok or error or aborted, got "abort"',
    ],
    ["execute_reply", { status: "aborted" }, "execute_reply.execution_count is missing"],
    [
      "execute_reply",
      { status: "error", execution_count: 1, ename: "E", evalue: "v", traceback: [] },
      "execute_reply.traceback must have at least 1 items, got 0",
    ],
    ["stream", { name: "stdout", text: "" }, 'stream.text must be text, got ""'],
    ["stream", { name: "out", text: "x" }, 'stream.name must be "stdout" or "stderr", got "out"'],
    [
      "display_data",
      { data: { "image/png": "" }, metadata: {}, transient: {} },
      "display_data.data must contain text/plain",
    ],
    [
      "display_data",
      { data: { ...plain, "text/html": {} }, metadata: {}, transient: {} },
      'display_data.data["text/html"] must be a string, got {}',
    ],
    [
      "update_display_data",
      { data: plain, metadata: {}, transient: {} },
      "update_display_data.transient.display_id is missing",
    ],
    ["status", { execution_state: "idle", extra: 1 }, "status.extra is not in the protocol"],
    ["is_complete_reply", { status: "incomplete" }, "is_complete_reply.indent is missing"],
    [
      "history_reply",
      { status: "ok", history: [[1, "x"]] },
      'history_reply.history[0] must be [session, line, input], got [1,"x"]',
    ],
    [
      "comm_info_reply",
      { status: "ok", comms: { a: {} } },
      'comm_info_reply.comms["a"].target_name is missing',
    ],
    ["hello", {}, "hello is not a message that a kernel sends"],
  ])("%s %j", (type, content, problem) => {
    expect(checkContent(type, content)).toEqual([problem]);
  });

  test("a header with a key of its own", () => {
    const header = {
      msg_id: "1",
      msg_type: "status",
      session: "s",
      username: "u",
      date: "2026-01-01T00:00:00Z",
      version: "5.5",
    };
    expect(checkHeader(header)).toEqual([]);
    expect(checkHeader({ ...header, subshell_id: null })).toEqual([
      "header.subshell_id is not in the protocol",
    ]);
    expect(checkHeader({ ...header, date: "yesterday" })).toEqual([
      'header.date must be an ISO 8601 date, got "yesterday"',
    ]);
  });
});
