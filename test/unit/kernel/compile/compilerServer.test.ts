import { expect, test, vi } from "vitest";
import { type Channel, serve } from "../../../../kernel/compile/compilerServer.js";
import type { CompileOperations, FromCompiler, ToCompiler } from "../../../../kernel/compile/messages.js";

function setUp() {
  const asked: string[] = [];
  const sent: FromCompiler[] = [];
  const exits: number[] = [];
  const listeners: Record<string, (message: never) => void> = {};
  const compiler: CompileOperations = {
    convert(_, source) {
      asked.push(source);
      if (source === "fail") throw new TypeError("no");
      return { ok: true, code: source, declarations: "", map: [], imports: [], async: false, files: [] };
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

test("the process ends when its parent is gone", () => {
  const { exits, listeners } = setUp();
  listeners.disconnect?.(undefined as never);
  expect(exits).toEqual([0]);
});
