import { expect, test } from "vitest";
import { callInterruptibly, compileFunction, PARAMETERS } from "../../../../kernel/run/evaluate.js";

test("compileFunction makes a function of the parameters", () => {
  const exports: Record<string, unknown> = {};
  compileFunction('"use strict";\nexports.a = __gradbookStop[0] + 1;', "cell", false)(
    exports,
    ...Array(5),
    [41],
  );
  expect(exports).toEqual({ a: 42 });
  expect(PARAMETERS).toHaveLength(7);
});

test("its text is strict, and its first line is line 1", () => {
  expect(() => compileFunction('"use strict";\nundeclared = 1;', "cell", false)()).toThrow(
    "undeclared is not defined",
  );
  try {
    compileFunction('"use strict";\nnull.x;', "gradbook-cell-1", false)();
    expect.unreachable();
  } catch (error) {
    expect((error as Error).stack).toContain("gradbook-cell-1:2:6");
  }
});

test("it returns a promise when the text awaits", async () => {
  const exports: Record<string, unknown> = {};
  const result = compileFunction('"use strict";\nexports.a = await 5;', "cell", true)(exports);
  expect(exports).toEqual({});
  await result;
  expect(exports).toEqual({ a: 5 });
});

test("text that does not parse is a SyntaxError", () => {
  expect(() => compileFunction("let = = 1", "cell", false)).toThrow(SyntaxError);
});

test("callInterruptibly returns the value and passes errors through", () => {
  expect(callInterruptibly(() => 5)).toBe(5);
  const error = new Error("x");
  expect(() =>
    callInterruptibly(() => {
      throw error;
    }),
  ).toThrow(error);
});
