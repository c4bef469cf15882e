import { expect, test } from "vitest";
import { inspect } from "../../../../kernel/server/inspection.js";
import { makeCompile } from "../../../support/serverParts.js";

/** Knows something at one UTF-16 offset only. */
const knowsAt = (offset: number) =>
  makeCompile({
    inspect: async (_declarations, _code, position, detail) =>
      position === offset ? { plain: `let x, detail ${detail}`, markdown: "`let x`" } : null,
  });

test("the name at the cursor", async () => {
  const reply = await inspect(knowsAt(2), "", { code: "𝐚x", cursor_pos: 1, detail_level: 1 });
  expect(reply).toEqual({
    status: "ok",
    found: true,
    data: { "text/plain": "let x, detail 1", "text/markdown": "`let x`" },
    metadata: {},
  });
});

test("or the name just before it", async () => {
  expect(await inspect(knowsAt(0), "", { code: "x", cursor_pos: 1, detail_level: 0 })).toMatchObject({
    found: true,
  });
});

test("or nothing", async () => {
  expect(await inspect(knowsAt(9), "", { code: "x", cursor_pos: 0, detail_level: 0 })).toEqual({
    status: "ok",
    found: false,
    data: {},
    metadata: {},
  });
});
