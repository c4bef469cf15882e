import { describe, expect, test } from "vitest";
import { gradingOf } from "../../../grader/format/cellMetadata.js";
import {
  releasePasses,
  runPasses,
  sourcePasses,
  standardStubs,
  validatePasses,
} from "../../../grader/passes.js";
import { code, graded, notebookOf, text } from "../../support/notebooks.js";

const context = { path: "a.ipynb", ...standardStubs };

describe("the lists of passes", () => {
  test("source, then release: solutions, hidden tests, schemes and outputs are gone, and everything is locked and summed", () => {
    const source = notebookOf(
      {
        ...code("// BEGIN SOLUTION\nx\n// END SOLUTION", graded("s", { solution: true })),
        execution_count: 1,
      },
      code(
        "t\n// BEGIN HIDDEN TESTS seeds\nu\n// END HIDDEN TESTS",
        graded("t", { grade: true, locked: true, points: 1 }),
      ),
      text("k\nBEGIN MARK SCHEME\nl\nEND MARK SCHEME", graded("k", { task: true, locked: true })),
    );
    const release = runPasses([...sourcePasses, ...releasePasses], source, context);
    expect(release.cells.map((cell) => cell.source)).toEqual([
      '// YOUR CODE HERE\nthrow new check.NotFilledIn("s");',
      "t\n// also tested when graded: seeds",
      "k",
    ]);
    expect(release.cells.map(({ metadata }) => metadata.deletable)).toEqual([false, false, false]);
    for (const cell of release.cells) expect(gradingOf(cell)?.checksum).toMatch(/^[0-9a-f]{32}$/);
    expect(release.cells[0]).toMatchObject({ execution_count: null });
  });

  test("validate keeps a student's work and drops old outputs", () => {
    const submitted = notebookOf({
      ...code("my answer", graded("s", { solution: true })),
      execution_count: 3,
    });
    const [cell] = runPasses(validatePasses, submitted, context).cells;
    expect(cell).toMatchObject({ source: "my answer", execution_count: null });
  });
});

test("the stub of another language is its own", () => {
  expect(standardStubs.codeStub("python", "b")).toBe("# YOUR CODE HERE\nraise NotImplementedError()");
});
