import { describe, expect, test } from "vitest";
import { Interrupted, isInterruption, makeErrorFormatter } from "../../../../kernel/run/errors.js";

const formatter = makeErrorFormatter("/own", "/work");
// Compiled line 1 column 2 is cell line 0 column 4; line 2 is cell line 2.
formatter.register("gradbook-cell-5", {
  label: "In[2]",
  source: "let a = 1;\n\nfail();",
  map: [
    [1, 2, 0, 4],
    [2, 0, 2, 0],
  ],
});
formatter.register("/project/local.ts", { label: "local.ts", map: [[3, 0, 6, 2]] });

/** An error with a stack as V8 writes it. */
function errorWith(frames: readonly string[], message = "boom"): Error {
  const error = new RangeError(message);
  error.stack = `RangeError: ${message}\n${frames.map((frame) => `    at ${frame}`).join("\n")}`;
  return error;
}

test("frames name cells, local files and packages; those of the kernel and of Node are gone", () => {
  const error = errorWith([
    "fail (/project/local.ts:4:9)",
    "Object.inner (gradbook-cell-5:2:3)",
    "gradbook-cell-5:3:1",
    "gradbook-cell-5:9:4",
    "thing (file:///project/node_modules/d3-array/src/mean.js:3:5)",
    "conv2d (file:///own/dist/src/conv/convNd.js:7:8)",
    "async file:///own/dist/kernel/run/session.js:19:17",
    "node:gradbook:1:1",
    "new Script (node:vm:99:7)",
    "process.processTicksAndRejections (node:internal/process/task_queues:95:5)",
    "Array.map (<anonymous>)",
  ]);
  expect(formatter.toCellError(error)).toEqual({
    ename: "RangeError",
    evalue: "boom",
    traceback: [
      "RangeError: boom",
      "  In[2]:1:5",
      "  1 | let a = 1;",
      "    |     ^",
      "    at fail (local.ts:7:3)",
      "    at inner (In[2]:1:5)",
      "    at In[2]:3:1",
      "    at thing (d3-array/src/mean.js:3:5)",
      "    at conv2d (gradbook/src/conv/convNd.js:7:8)",
      "    at Array.map (<anonymous>)",
    ],
  });
});

test("one frame in a cell is shown by the excerpt alone", () => {
  expect(formatter.toCellError(errorWith(["gradbook-cell-5:3:1"])).traceback).toEqual([
    "RangeError: boom",
    "  In[2]:3:1",
    "  3 | fail();",
    "    | ^",
  ]);
});

test("a message of several lines, some like frames, is kept whole", () => {
  const { evalue, traceback } = formatter.toCellError(
    errorWith(["gradbook-cell-5:3:1"], "a\n    at b (c:1:1)"),
  );
  expect(evalue).toBe("a\n    at b (c:1:1)");
  expect(traceback[0]).toBe("RangeError: a\n    at b (c:1:1)");
  expect(traceback).toHaveLength(4);
});

test("causes and the errors of an AggregateError are indented below", () => {
  const error = new AggregateError([errorWith(["gradbook-cell-5:3:1"], "one")], "all", { cause: "why" });
  error.stack = "AggregateError: all";
  expect(formatter.toCellError(error).traceback).toEqual([
    "AggregateError: all",
    "[cause] Thrown: 'why'",
    "[errors 0] RangeError: one",
    "    In[2]:3:1",
    "    3 | fail();",
    "      | ^",
  ]);
});

test("a cause that is the error itself ends", () => {
  const error = errorWith([]);
  error.cause = error;
  expect(formatter.toCellError(error).traceback).toHaveLength(5);
});

test("more than twenty frames are counted", () => {
  const { traceback } = formatter.toCellError(
    errorWith(Array.from({ length: 30 }, () => "f (gradbook-cell-5:3:1)")),
  );
  expect(traceback.at(-1)).toBe("    … and 10 more");
  expect(traceback).toHaveLength(4 + 20 + 1);
});

describe("a thrown value that is no error", () => {
  test.each([
    [{ a: 1 }, "{ a: 1 }"],
    ["text", "'text'"],
    [null, "null"],
    [undefined, "undefined"],
  ])("%j", (value, text) => {
    expect(formatter.toCellError(value)).toEqual({
      ename: "Thrown",
      evalue: text,
      traceback: [`Thrown: ${text}`],
    });
  });
  test("of another realm is an error when it has a stack", () => {
    const value = { name: "TypeError", message: "m", stack: "TypeError: m\n    at gradbook-cell-5:3:1" };
    expect(formatter.toCellError(value)).toMatchObject({ ename: "TypeError", evalue: "m" });
  });
});

test("interruptions have one form, wherever they come from", () => {
  const expected = {
    ename: "KeyboardInterrupt",
    evalue: "Interrupted",
    traceback: ["KeyboardInterrupt: Interrupted"],
  };
  const byNode = Object.assign(new Error("Script execution was interrupted"), {
    code: "ERR_SCRIPT_EXECUTION_INTERRUPTED",
  });
  for (const error of [new Interrupted(), byNode, Object.assign(new Error("read"), { code: "EINTR" })]) {
    expect(formatter.toCellError(error)).toEqual(expected);
    expect(isInterruption(error)).toBe(true);
  }
  expect(isInterruption(new Error("Interrupted"))).toBe(false);
});
