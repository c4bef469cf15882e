import { expect, test } from "vitest";
import { upgradeMetadata } from "../../../../grader/pass/upgradeMetadata.js";
import { standardStubs } from "../../../../grader/passes.js";
import { code, notebookOf } from "../../../support/notebooks.js";

test("old metadata becomes schema 3, an empty entry disappears, other metadata stays", () => {
  const { cells } = upgradeMetadata(
    notebookOf(
      code("", { nbgrader: { schema_version: 1, solution: true, grade_id: "s" }, tags: ["t"] }),
      code("", { nbgrader: {} }),
      code(""),
    ),
    { path: "a", ...standardStubs },
  );
  expect(cells.map(({ metadata }) => metadata)).toEqual([
    {
      nbgrader: {
        schema_version: 3,
        grade: false,
        solution: true,
        locked: false,
        task: false,
        grade_id: "s",
      },
      tags: ["t"],
    },
    {},
    {},
  ]);
});
