import { expect, test } from "vitest";
import { clearHiddenTests } from "../../../../grader/pass/clearHiddenTests.js";
import { standardStubs } from "../../../../grader/passes.js";
import { code, graded, notebookOf } from "../../../support/notebooks.js";

const cleared = (source: string): string =>
  clearHiddenTests(notebookOf(code(source, graded("t", { grade: true, points: 1 }))), {
    path: "a.ipynb",
    ...standardStubs,
  }).cells[0]!.source;

test("hidden tests disappear with their delimiters", () => {
  expect(cleared("a\n  // BEGIN HIDDEN TESTS\n  b\n  // END HIDDEN TESTS\nc")).toBe("a\nc");
  expect(cleared("// BEGIN HIDDEN TESTS\nb\n// END HIDDEN TESTS")).toBe("");
});

test("their label stays: students know what kind of test will be added", () => {
  expect(cleared("a\n  // BEGIN HIDDEN TESTS other shapes and seeds\n  b\n  // END HIDDEN TESTS")).toBe(
    "a\n  // also tested when graded: other shapes and seeds",
  );
});
