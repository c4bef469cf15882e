import { expect, test } from "vitest";
import { complete, isComplete } from "../../../../kernel/server/completion.js";
import { makeCompile } from "../../../support/serverParts.js";

test("complete counts code points outside and UTF-16 units inside", async () => {
  const asked: unknown[] = [];
  const compile = makeCompile({
    complete: async (...args) => {
      asked.push(args);
      return { start: 5, end: 7, matches: [{ text: "console", kind: "var" }] };
    },
  });
  // "𝐚𝐚;co": the cursor is after 5 code points, which are 7 units
  const reply = await complete(compile, "declarations", { code: "𝐚𝐚;co", cursor_pos: 5 });
  expect(asked).toEqual([["declarations", "𝐚𝐚;co", 7]]);
  expect(reply).toEqual({
    status: "ok",
    matches: ["console"],
    cursor_start: 3,
    cursor_end: 5,
    metadata: { _jupyter_types_experimental: [{ text: "console", type: "var", start: 3, end: 5 }] },
  });
});

test("isComplete passes the answer on", async () => {
  const compile = makeCompile({ isComplete: async () => ({ status: "incomplete", indent: "  " }) });
  expect(await isComplete(compile, "if (")).toEqual({ status: "incomplete", indent: "  " });
});
