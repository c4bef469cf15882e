import { expect, test } from "vitest";
import { createCompiler } from "../../../../kernel/compile/compiler.js";
import { GLOBALS } from "../../../../kernel/compile/globals.js";
import { defineGlobals } from "../../../../kernel/run/globals.js";

test("the declarations have no errors of their own", () => {
  // As a cell they are checked; as a .d.ts file they are not.
  expect(createCompiler({ cwd: "/nowhere" }).convert("", GLOBALS, "In[1]")).toMatchObject({ ok: true });
});

test("every value that is declared is defined in a session, and the other way round", () => {
  const declared = [...GLOBALS.matchAll(/^declare (?:const|function|namespace) ([\w$]+)/gm)].map(
    ([, name]) => name,
  );
  const before = new Set(Object.getOwnPropertyNames(globalThis));
  const nothing = {} as Parameters<typeof defineGlobals>[0];
  defineGlobals({ ...nothing, displays: { ...nothing.displays }, comms: { ...nothing.comms } });
  const defined = Object.getOwnPropertyNames(globalThis).filter((name) => !before.has(name));
  expect(defined.sort()).toEqual(declared.sort());
  for (const name of defined) Reflect.deleteProperty(globalThis, name);
});
