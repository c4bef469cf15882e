import { describe, expect, test } from "vitest";
import {
  readCommInfoRequest,
  readCompleteRequest,
  readExecuteRequest,
  readHistoryRequest,
  readInspectRequest,
  readIsCompleteRequest,
  readShutdownRequest,
} from "../../../../kernel/wire/requests.js";

describe("readExecuteRequest", () => {
  test("has the protocol's defaults", () => {
    expect(readExecuteRequest({ code: "1" })).toEqual({
      code: "1",
      silent: false,
      store_history: true,
      user_expressions: {},
      allow_stdin: true,
      stop_on_error: true,
    });
  });

  test("silent turns store_history off, whatever the request says", () => {
    expect(readExecuteRequest({ code: "", silent: true, store_history: true }).store_history).toBe(false);
  });

  test("ignores what it does not know, and expressions that are no text", () => {
    const request = readExecuteRequest({
      code: "",
      future: 1,
      user_expressions: { a: "1", b: 2 },
      silent: "yes",
    });
    expect(request.user_expressions).toEqual({ a: "1" });
    expect(request.silent).toBe(false);
    expect(request).not.toHaveProperty("future");
  });

  test("refuses a request without code", () => {
    expect(() => readExecuteRequest({})).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: execute_request: code must be a string, got undefined]`,
    );
  });
});

test("a cursor that is missing is at the end", () => {
  expect(readCompleteRequest({ code: "abc" })).toEqual({ code: "abc", cursor_pos: 3 });
  expect(readInspectRequest({ code: "ab", cursor_pos: 1 })).toEqual({
    code: "ab",
    cursor_pos: 1,
    detail_level: 0,
  });
  expect(readInspectRequest({ code: "ab", detail_level: 1 }).detail_level).toBe(1);
});

describe("readHistoryRequest", () => {
  test("has the protocol's defaults", () => {
    expect(readHistoryRequest({ hist_access_type: "tail" })).toEqual({
      output: false,
      hist_access_type: "tail",
      session: 0,
      start: 0,
      stop: null,
      n: null,
      pattern: "*",
      unique: false,
    });
  });

  test("refuses another kind of access", () => {
    expect(() => readHistoryRequest({ hist_access_type: "all" })).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: history_request: hist_access_type must be "tail", "range" or "search", got "all"]`,
    );
  });
});

test("the small ones", () => {
  expect(readIsCompleteRequest({ code: "if (" })).toEqual({ code: "if (" });
  expect(readShutdownRequest({})).toEqual({ restart: false });
  expect(readShutdownRequest({ restart: true })).toEqual({ restart: true });
  expect(readCommInfoRequest({})).toEqual({ target_name: null });
  expect(readCommInfoRequest({ target_name: "t" })).toEqual({ target_name: "t" });
});
