import { expect, test, vi } from "vitest";
import { type Channel, type PreparedOperations, serve } from "../../../../kernel/compile/compilerServer.js";
import type { FromCompiler, ToCompiler } from "../../../../kernel/compile/messages.js";

function setUp() {
  const asked: string[] = [];
  const sent: FromCompiler[] = [];
  const exits: number[] = [];
  const listeners: Record<string, (message: never) => void> = {};
  const prepared: string[] = [];
  const compiler: PreparedOperations = {
    prepare: (declarations) => void prepared.push(declarations),
    convert(_, source) {
      asked.push(source);
      if (source === "fail") throw new TypeError("no");
      return {
        ok: true,
        code: source,
        declarations: `let ${source}`,
        map: [],
        imports: [],
        async: false,
        files: [],
      };
    },
    complete: () => ({ start: 0, end: 0, matches: [] }),
    inspect: () => null,
    isComplete: () => ({ status: "complete" }),
    version: () => "5",
  };
  const channel: Channel = {
    send: (message) => void sent.push(message),
    on: (event: string, listener: (message: never) => void) => {
      listeners[event] = listener;
    },
    exit: (code) => void exits.push(code),
  };
  serve(compiler, channel);
  return {
    asked,
    prepared,
    sent,
    exits,
    receive: (message: ToCompiler) => listeners.message?.(message as never),
    listeners,
  };
}

test("it is ready at once: the first cell may be in the pipe already", () => {
  const { asked, sent } = setUp();
  expect(asked).toEqual([]);
  expect(sent).toEqual([{ ready: true }]);
});

test("requests are answered under their ids, errors too", () => {
  const { sent, receive } = setUp();
  receive({ id: 7, op: "isComplete", args: ["1"] });
  receive({ id: 8, op: "convert", args: ["", "fail", "In[1]"] });
  receive({ id: 9, op: "version", args: [] });
  expect(sent.slice(1)).toEqual([
    { id: 7, ok: true, value: { status: "complete" } },
    { id: 8, ok: false, message: expect.stringContaining("TypeError: no") },
    { id: 9, ok: true, value: "5" },
  ]);
});

test("what most notebooks need is compiled when nobody asks", async () => {
  const { asked, receive } = setUp();
  receive({ id: 1, op: "convert", args: ["", "1 + 1", "In[1]"] });
  await vi.waitFor(() => expect(asked).toHaveLength(3));
  expect(asked).toEqual(["1 + 1", "let x = 1; x", 'import * as gradbook from "gradbook"; gradbook']);
});

test("after a request the next one is prepared, with the declarations it will have", async () => {
  const { prepared, receive } = setUp();
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  receive({ id: 1, op: "convert", args: ["", "a", "In[1]"] });
  expect(prepared).toEqual([]);
  await turn();
  receive({ id: 2, op: "complete", args: ["let b", "1", 1] });
  await turn();
  receive({ id: 3, op: "isComplete", args: ["1"] });
  await turn();
  expect(prepared).toEqual(["let a", "let b", "let b"]);
});

test("the process ends when its parent is gone", () => {
  const { exits, listeners } = setUp();
  listeners.disconnect?.(undefined as never);
  expect(exits).toEqual([0]);
});
