// Our passes against what nbgrader made of the same notebooks (golden/README.md).
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { gradingOf } from "../../grader/format/cellMetadata.js";
import { cellChecksum } from "../../grader/format/checksum.js";
import { readNotebook } from "../../grader/notebook/nbformat.js";
import type { Notebook } from "../../grader/notebook/notebook.js";
import type { PassContext } from "../../grader/pass/pass.js";
import { releasePasses, runPasses, sourcePasses } from "../../grader/passes.js";
import { filesBelow } from "../support/sourceFiles.js";

const releases = filesBelow("test/grading/golden/release", ".ipynb");

/** The stubs nbgrader was configured with. */
const context = (path: string): PassContext => ({
  path,
  codeStub: (language) =>
    language === "python"
      ? "# YOUR CODE HERE\nraise NotImplementedError()"
      : "// YOUR CODE HERE\nthrow new Error('not implemented');",
  textStub: "YOUR ANSWER HERE",
});

const released = (path: string): Notebook => {
  const checked = runPasses(sourcePasses, readNotebook(path), context(path));
  return runPasses(releasePasses, checked, context(path));
};

/** Cells as nbgrader wrote them; format 4.4 has no ids. */
const withoutIds = ({ cells }: Notebook) => cells.map(({ id: _, ...cell }) => cell);

describe("nbgrader's checksums", () => {
  test("all 64 of its releases are ours too", () => {
    const cells = releases
      .flatMap((path) => readNotebook(path).cells)
      .filter((cell) => gradingOf(cell)?.checksum !== undefined);
    expect(cells).toHaveLength(64);
    for (const cell of cells) expect(cellChecksum(cell, gradingOf(cell)!)).toBe(gradingOf(cell)!.checksum);
  });
});

describe("a release is nbgrader's, cell by cell: source, metadata, order", () => {
  test.each(releases)("%s", (path) => {
    const ours = released(path.replace("/release/", "/source/"));
    expect(withoutIds(ours)).toEqual(withoutIds(readNotebook(path)));
    expect(ours.metadata).toEqual(JSON.parse(readFileSync(path, "utf8")).metadata);
  });
});
