import { expect, test } from "vitest";
import { recordTable } from "../../../../grader/command/recordTable.js";

test("a row per check with the first line of what is wrong, other failures, and the total", () => {
  const base = { of: 2, message: "" };
  const table = recordTable("ps1/a.ipynb", {
    tests: [
      { ...base, id: "sgd", cell: 2, status: "passed", points: 2 },
      {
        ...base,
        id: "momentum",
        cell: 4,
        status: "partial",
        points: 2 / 3,
        message: "dampening is 0.9\nmore",
      },
      {
        ...base,
        id: "adam",
        cell: 6,
        line: 3,
        status: "error",
        points: 0,
        message: "TypeError: m is undefined",
      },
      { ...base, id: "nag", cell: 8, status: "notFilledIn", points: 0, message: "nag is not filled in." },
    ],
    manual: [{ id: "why", cell: 9, of: 3 }],
    failures: [
      {
        index: 9,
        reason: "error",
        line: 1,
        ename: "RangeError",
        evalue: "\u001b[31mtoo big\u001b[0m\nmore",
        traceback: [],
      },
      { index: 10, reason: "error", ename: "NotFilledIn", evalue: "nag is not filled in", traceback: [] },
    ],
    points: 8 / 3,
    of: 8,
  });
  expect(table).toMatchInlineSnapshot(`
    "ps1/a.ipynb
      ✓ sgd          2 / 2
      ◐ momentum  0.67 / 2  cell 4: dampening is 0.9
      ✗ adam         0 / 2  cell 6, line 3: TypeError: m is undefined
      ○ nag          0 / 2  cell 8: nag is not filled in.
      – why          – / 3  graded by a person
      other cells that failed:
      ✗ cell 10, line 1: RangeError: too big
      ✗ cell 11: nag is not filled in
      total: 2.67 of 8 points, 3 more are graded by a person
    "
  `);
});

test("a notebook without checks says so", () => {
  expect(recordTable("a.ipynb", { tests: [], manual: [], failures: [], points: 0, of: 0 })).toBe(
    "a.ipynb\n  no checks in this notebook\n",
  );
});
