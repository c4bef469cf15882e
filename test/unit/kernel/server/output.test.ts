import { describe, expect, test } from "vitest";
import type { OutputFrame } from "../../../../kernel/run/runner.js";
import { Cells } from "../../../../kernel/server/cells.js";
import { Comms } from "../../../../kernel/server/comms.js";
import { Output } from "../../../../kernel/server/output.js";
import { Stdin } from "../../../../kernel/server/stdin.js";
import { makeMessenger, makeRequest } from "../../../support/serverParts.js";

function make({ silent = false, textLimit = undefined as number | undefined } = {}) {
  const { messenger, sent } = makeMessenger();
  const cells = new Cells();
  const answers: unknown[] = [];
  const output = new Output({
    messenger,
    cells,
    comms: new Comms(messenger),
    stdin: new Stdin({ messenger, answer: (answer) => answers.push(answer) }),
    ...(textLimit !== undefined && { textLimit }),
  });
  const cell = cells.add(makeRequest("execute_request", {}, { id: "first" }), { silent, allowStdin: true });
  const say = (frame: OutputFrame) => {
    output.frame(frame);
    messenger.flush();
  };
  return { output, cell, cells, sent, say, answers, messenger };
}

const bundle = { "text/plain": "x" };
const stream = (text: string, cell: number): OutputFrame => ({ t: "stream", name: "stdout", text, cell });

test("each frame becomes its message, under the cell that said it", () => {
  const { cell, cells, say, sent } = make();
  cells.add(makeRequest("execute_request", {}, { id: "second" }), { silent: false, allowStdin: false });
  say(stream("late", cell.id));
  say({ t: "display", bundle, metadata: { a: 1 }, cell: cell.id });
  say({ t: "display", bundle, metadata: {}, id: "d", cell: cell.id });
  say({ t: "update", bundle, metadata: {}, id: "d", cell: cell.id });
  say({ t: "clear", wait: true, cell: cell.id });
  const comm = { comm_id: "c", target_name: "t", data: {} };
  say({ t: "comm", kind: "comm_open", content: comm, metadata: {}, buffers: ["aGk="], cell: cell.id });
  expect(sent.map(({ type, content }) => [type, content])).toEqual([
    ["stream", { name: "stdout", text: "late" }],
    ["display_data", { data: bundle, metadata: { a: 1 }, transient: {} }],
    ["display_data", { data: bundle, metadata: {}, transient: { display_id: "d" } }],
    ["update_display_data", { data: bundle, metadata: {}, transient: { display_id: "d" } }],
    ["clear_output", { wait: true }],
    ["comm_open", comm],
  ]);
  expect(new Set(sent.map(({ parent }) => parent))).toEqual(new Set(["first"]));
  expect(sent.at(-1)?.buffers).toEqual(["hi"]);
});

test("native text belongs to the last cell", () => {
  const { output, cells, messenger, sent } = make();
  cells.add(makeRequest("execute_request", {}, { id: "second" }), { silent: false, allowStdin: false });
  output.native("stderr", "from C");
  messenger.flush();
  expect(sent).toMatchObject([{ parent: "second", content: { name: "stderr", text: "from C" } }]);
});

test("a silent cell publishes nothing", () => {
  const { output, cell, say, sent, messenger } = make({ silent: true });
  say(stream("a", cell.id));
  say({ t: "display", bundle, metadata: {}, cell: cell.id });
  output.native("stdout", "b");
  output.result(cell, 1, bundle);
  messenger.flush();
  expect(sent).toEqual([]);
});

test("a question goes to the cell's client", () => {
  const { cell, say, sent } = make();
  say({ t: "input", prompt: "?", password: true, cell: cell.id });
  expect(sent).toMatchObject([{ type: "input_request", content: { prompt: "?", password: true } }]);
});

describe("a cell that prints without end", () => {
  test("loses nothing up to the limit, is told once, and still shows pictures", () => {
    const { cell, say, sent } = make({ textLimit: 10 });
    for (const text of ["12345", "67890", "abc", "def"]) say(stream(text, cell.id));
    say({ t: "display", bundle, metadata: {}, cell: cell.id });
    expect(sent.map(({ type, content }) => [type, content.name, content.text])).toEqual([
      ["stream", "stdout", "12345"],
      ["stream", "stdout", "67890"],
      [
        "stream",
        "stderr",
        "\ngradbook: this cell has printed 10 characters; the rest of its text is dropped. Pictures, results and errors are still shown.\n",
      ],
      ["display_data", undefined, undefined],
    ]);
  });

  test("and the next cell has a limit of its own", () => {
    const { cell, cells, say, sent } = make({ textLimit: 3 });
    say(stream("12345", cell.id));
    const next = cells.add(makeRequest("execute_request", {}), { silent: false, allowStdin: false });
    say(stream("abc", next.id));
    expect(sent.map(({ content }) => content.text)).toEqual([
      "123",
      expect.stringContaining("3 characters"),
      "abc",
    ]);
  });
});
