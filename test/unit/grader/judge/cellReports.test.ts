import { expect, test } from "vitest";
import { recordOf } from "../../../../grader/judge/cellReports.js";
import { code, graded, notebookOf, text } from "../../../support/notebooks.js";

const ran = { execution_count: 1 };

test("tests, answers for a person, and other failures are told apart and summed", () => {
  const notebook = notebookOf(
    { ...code("a", graded("answer", { solution: true })), ...ran },
    { ...code("t", graded("t1", { grade: true, locked: true, points: 2 })), ...ran },
    { ...code("u", graded("t2", { grade: true, locked: true, points: 3 })), ...ran },
    text("why", graded("w1", { grade: true, solution: true, points: 4 })),
    text("draw", graded("k1", { task: true, locked: true, points: 5 })),
    { ...code("v"), ...ran },
  );
  const failure = { reason: "error" as const, line: 2, ename: "E", evalue: "v", traceback: [] };
  const record = recordOf({
    notebook,
    failures: [
      { index: 2, ...failure },
      { index: 5, ...failure },
    ],
  });
  expect(record).toEqual({
    tests: [
      { id: "t1", cell: 2, status: "passed", points: 2, of: 2, message: "" },
      { id: "t2", cell: 3, line: 2, status: "error", points: 0, of: 3, message: "E: v" },
    ],
    manual: [
      { id: "w1", cell: 4, of: 4 },
      { id: "k1", cell: 5, of: 5 },
    ],
    failures: [{ index: 5, ...failure }],
    points: 2,
    of: 5,
  });
});
