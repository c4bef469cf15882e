import { describe, expect, test } from "vitest";
import {
  type CellMetadata,
  gradingOf,
  isLocked,
  upgradeMetadata,
  withGrading,
} from "../../../../grader/format/cellMetadata.js";
import { code, graded } from "../../../support/notebooks.js";

describe("upgradeMetadata", () => {
  test("fills what version 0 leaves out", () => {
    expect(upgradeMetadata({ grade: true, grade_id: "t" })).toEqual({
      schema_version: 3,
      grade: true,
      solution: false,
      locked: false,
      task: false,
      grade_id: "t",
      points: 0,
    });
  });

  test("version 2 gains task, keeps points and checksum, and loses keys that the schema does not know", () => {
    const old = {
      schema_version: 2,
      grade: true,
      solution: false,
      locked: true,
      grade_id: "t",
      points: 2,
      checksum: "c",
      cell_type: "code",
      mine: 1,
    };
    const { mine: _, ...rest } = old;
    expect(upgradeMetadata(old)).toEqual({ ...rest, schema_version: 3, task: false });
  });

  test("points of a cell that is not graded are dropped", () => {
    expect(
      upgradeMetadata({ schema_version: 1, solution: true, grade_id: "s", points: 3 }),
    ).not.toHaveProperty("points");
  });

  test("version 3 comes back as it is; later versions too, to be refused", () => {
    const three = { schema_version: 3, wrong: true };
    expect(upgradeMetadata(three)).toBe(three);
    expect(upgradeMetadata({ schema_version: 4 })).toEqual({ schema_version: 4 });
  });
});

test.each([
  [{ solution: true, locked: true }, false],
  [{ grade: true }, true],
  [{ locked: true }, true],
  [{}, false],
])("isLocked of %o is %s", (flags, expected) => {
  expect(isLocked(graded("a", flags).nbgrader as CellMetadata)).toBe(expected);
});

test("withGrading replaces the grading metadata and keeps the rest", () => {
  const cell = withGrading(code("x", { tags: ["a"], ...graded("old") }), {
    ...(graded("new").nbgrader as CellMetadata),
  });
  expect(gradingOf(cell)?.grade_id).toBe("new");
  expect(cell.metadata.tags).toEqual(["a"]);
});
