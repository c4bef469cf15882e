import { afterAll, expect, test } from "vitest";
import { defineGlobals } from "../../../../kernel/run/globals.js";
import type { Payload } from "../../../../kernel/run/messages.js";

const payloads: Payload[] = [];
const output = { display() {}, update() {}, clear() {} };
type Input = Parameters<typeof defineGlobals>[0];
const displays = { display: () => "shown", clearOutput: () => {}, output } as unknown as Input["displays"];
const comms = { open: () => "opened", onOpen: () => {} } as unknown as Input["comms"];
const names = ["display", "clearOutput", "input", "notebook", "widgets", "interact", "$_"];
const globals = globalThis as unknown as Record<string | symbol, never>;

defineGlobals({
  displays,
  comms,
  widgets: {},
  interact: () => {
    throw new Error("not called");
  },
  input: () => "answer",
  checkInterrupt: () => {
    throw new Error("stopped");
  },
  addPayload: (payload) => void payloads.push(payload),
});
afterAll(() => {
  for (const name of [...names, Symbol.for("Jupyter.output")]) Reflect.deleteProperty(globalThis, name);
});

test("names without import are there, can be replaced, and do not show among the variables", () => {
  expect(Object.keys(globalThis)).not.toEqual(expect.arrayContaining(["display"]));
  for (const name of names) {
    expect(Object.getOwnPropertyDescriptor(globalThis, name)).toMatchObject({
      writable: true,
      configurable: true,
    });
  }
  const { input } = globals as unknown as { input: () => string };
  expect(input()).toBe("answer");
});

test("libraries find the output under its symbol", () => {
  const found = globals[Symbol.for("Jupyter.output")] as unknown as typeof output & {
    checkInterrupt(): void;
  };
  expect(found).toMatchObject(output);
  expect(() => found.checkInterrupt()).toThrow("stopped");
});

test("notebook.page and notebook.setNextInput go with the reply", () => {
  const { notebook } = globals as unknown as {
    notebook: { page(text: string): void; setNextInput(text: string, replace?: boolean): void };
  };
  notebook.page("help");
  notebook.setNextInput("1 + 1");
  notebook.setNextInput("2", true);
  expect(payloads).toEqual([
    { source: "page", data: { "text/plain": "help" }, start: 0 },
    { source: "set_next_input", text: "1 + 1", replace: false },
    { source: "set_next_input", text: "2", replace: true },
  ]);
});
