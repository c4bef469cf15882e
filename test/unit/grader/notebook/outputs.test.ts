import { describe, expect, test } from "vitest";
import { applyControlCharacters, OutputCollector } from "../../../../grader/notebook/outputs.js";
import { code } from "../../../support/notebooks.js";

const stream = (text: string, name = "stdout") => ({ type: "stream", content: { name, text } });
const display = (text: string, id?: string, type = "display_data") => ({
  type,
  content: {
    data: { "text/plain": text },
    metadata: {},
    transient: id === undefined ? {} : { display_id: id },
  },
});
const clear = (wait: boolean) => ({ type: "clear_output", content: { wait } });
const shown = (text: string) => ({ output_type: "display_data", data: { "text/plain": text }, metadata: {} });

function collect(...messages: { type: string; content: Record<string, unknown> }[]) {
  const collector = new OutputCollector();
  const cell = code("");
  for (const message of messages) collector.apply(cell, message);
  return cell.outputs;
}

describe("OutputCollector", () => {
  test("joins consecutive text of one stream, not across another output", () => {
    expect(collect(stream("a"), stream("b\n"), stream("!", "stderr"), stream("c"))).toEqual([
      { output_type: "stream", name: "stdout", text: "ab\n" },
      { output_type: "stream", name: "stderr", text: "!" },
      { output_type: "stream", name: "stdout", text: "c" },
    ]);
  });

  test("keeps results and errors, drops what is no output", () => {
    expect(
      collect(
        { type: "status", content: { execution_state: "busy" } },
        {
          type: "execute_result",
          content: { execution_count: 3, data: { "text/plain": "7" }, metadata: {} },
        },
        { type: "error", content: { ename: "TypeError", evalue: "bad", traceback: ["one", "two"] } },
      ),
    ).toEqual([
      { output_type: "execute_result", execution_count: 3, data: { "text/plain": "7" }, metadata: {} },
      { output_type: "error", ename: "TypeError", evalue: "bad", traceback: ["one", "two"] },
    ]);
  });

  test("the transient part of a display is not stored", () => {
    expect(collect(display("a", "id"))).toEqual([shown("a")]);
  });

  test("an update changes every display of its id, and adds none", () => {
    expect(
      collect(
        display("a", "one"),
        display("b", "two"),
        display("c", "one"),
        display("new", "one", "update_display_data"),
      ),
    ).toEqual([shown("new"), shown("b"), shown("new")]);
    expect(collect(display("x", "unknown", "update_display_data"))).toEqual([]);
  });

  test("an update reaches an earlier cell", () => {
    const collector = new OutputCollector();
    const [first, second] = [code(""), code("")];
    collector.apply(first, display("a", "one"));
    collector.apply(second, display("b", "one", "update_display_data"));
    expect([first.outputs, second.outputs]).toEqual([[shown("b")], []]);
  });

  test("clear_output empties the cell at once, or before the next output", () => {
    expect(collect(stream("a"), clear(false))).toEqual([]);
    expect(collect(stream("a"), clear(true))).toEqual([{ output_type: "stream", name: "stdout", text: "a" }]);
    expect(collect(stream("a"), clear(true), stream("b"), stream("c"))).toEqual([
      { output_type: "stream", name: "stdout", text: "bc" },
    ]);
  });

  test("an update does not count as the next output of clear_output", () => {
    expect(collect(display("a", "one"), clear(true), display("b", "one", "update_display_data"))).toEqual([
      shown("b"),
    ]);
  });
});

test.each([
  ["plain\n", "plain\n"],
  ["10 %\r50 %\r100 %\n", "100 %\n"],
  ["long line\rshort\n", "shortline\n"],
  ["a\r\nb\r\n", "a\nb\n"],
  ["abc\b\bX\n", "aXc\n"],
  ["\bx", "x"],
])("applyControlCharacters(%j) is %j", (text, expected) => {
  expect(applyControlCharacters(text)).toBe(expected);
});
