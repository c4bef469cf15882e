import { expect, test } from "vitest";
import { complete } from "../../../../kernel/compile/complete.js";
import type { Converter } from "../../../../kernel/compile/tslab.js";

const converterWith = (candidates: readonly string[]): Converter => ({
  convert: () => ({ diagnostics: [] }),
  inspect: () => undefined,
  complete: () => ({
    start: 2,
    end: 4,
    candidates,
    original: {
      isGlobalCompletion: false,
      isMemberCompletion: true,
      isNewIdentifierLocation: false,
      entries: [{ name: "map", kind: "method" as never, sortText: "" }],
    },
  }),
});

test("matches keep tslab's order and get their kind", () => {
  expect(complete(converterWith(["map", "max"]), "", "a.m", 3)).toEqual({
    start: 2,
    end: 4,
    matches: [
      { text: "map", kind: "method" },
      { text: "max", kind: "" },
    ],
  });
});

test("a list longer than 500 is cut", () => {
  const names = Array.from({ length: 900 }, (_, i) => `n${i}`);
  expect(complete(converterWith(names), "", "", 0).matches.map(({ text }) => text)).toEqual(
    names.slice(0, 500),
  );
});
