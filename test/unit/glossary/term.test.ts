import { expect, test } from "vitest";
import { term } from "../../../src/glossary/term.js";

test("a term without other names has an empty list of them", () => {
  expect(term("loss", "손실", "N00", "How wrong it is.")).toEqual({
    english: "loss",
    korean: "손실",
    notebook: "N00",
    definition: "How wrong it is.",
    aliases: [],
  });
});
