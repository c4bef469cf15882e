import { describe, expect, test } from "vitest";
import type { NotebookRecord, TestRecord } from "../../../../grader/judge/cellReports.js";
import type { CheckRecord, MutantRecord } from "../../../../grader/judge/verdict.js";
import {
  bakeDiagnoses,
  knowsMistakes,
  proveMutants,
  proveNoMutantCode,
  proveRelease,
  proveRepeatable,
  proveSolution,
} from "../../../../grader/prove/proof.js";
import { code, graded, notebookOf, text } from "../../../support/notebooks.js";

const report = (fields: Partial<CheckRecord> = {}): CheckRecord => ({
  name: "N01-f",
  points: 2,
  of: 2,
  status: "passed",
  message: "",
  checks: [{ name: "open", passed: true, message: "" }],
  ...fields,
});
const passing: TestRecord = {
  id: "f-check",
  cell: 3,
  status: "passed",
  points: 2,
  of: 2,
  message: "",
  report: report(),
};
const empty: TestRecord = {
  ...passing,
  status: "notFilledIn",
  points: 0,
  message: "N01-f is not filled in.",
};
const record = (tests: TestRecord[], failures: NotebookRecord["failures"] = []): NotebookRecord => ({
  tests,
  manual: [],
  failures,
  points: 0,
  of: 0,
});
const failure = (ename: string, evalue: string) => ({
  index: 4,
  reason: "error" as const,
  ename,
  evalue,
  traceback: [],
});
const mutant = (fields: Partial<MutantRecord>): MutantRecord => ({
  diagnosis: "sign",
  diagnosed: "sign",
  points: 0,
  outputs: { open: [1, 2], hidden: [3] },
  ...fields,
});
const withMutants = (...mutants: MutantRecord[]) => record([{ ...passing, report: report({ mutants }) }]);

describe("proveSolution", () => {
  test("full points and no failing cell are a proof", () => {
    expect(proveSolution(record([passing]), "source")).toEqual([]);
  });

  test("missing points, a failing cell, and points that differ from the metadata are problems", () => {
    const partial = { ...passing, points: 1, message: "half of it" };
    const other = { ...passing, report: report({ of: 3 }) };
    expect(proveSolution(record([partial, other], [failure("TypeError", "bad\nmore")]), "public")).toEqual([
      "cell 5 of the solution with the released tests fails: TypeError: bad",
      'cell 3 "f-check": the solution with the released tests earns 1 of 2 points: half of it',
      'cell 3 "f-check": check.score says 3 points, the cell\'s metadata says 2',
    ]);
  });
});

describe("proveRelease", () => {
  test("nothing earned and one message a cell are a proof", () => {
    expect(proveRelease(record([empty], [failure("NotFilledIn", "N01-f is not filled in")]))).toEqual([]);
  });

  test("points for nothing, another error, and a wrong message are problems", () => {
    const broken = { ...empty, status: "error" as const, message: "TypeError: x" };
    expect(proveRelease(record([{ ...empty, points: 1 }, broken], [failure("ReferenceError", "y")]))).toEqual(
      [
        'cell 3 "f-check": the empty release earns 1 of 2 points',
        'cell 3 "f-check": the empty release says "TypeError: x" where it should say which blank is missing',
        "cell 5 of the empty release fails with more than a missing blank: ReferenceError: y",
      ],
    );
  });
});

describe("proveMutants", () => {
  test("a mistake that loses points and is named by its sentence is a proof", () => {
    expect(proveMutants(withMutants(mutant({ points: 1.5 })))).toEqual([]);
  });

  test("a mistake that passes, or is named by another sentence, is a problem", () => {
    expect(proveMutants(withMutants(mutant({ points: 2 }), mutant({ diagnosed: "shifted" })))).toEqual([
      'cell 3 "f-check": no check rejects the mistake "sign"',
      'cell 3 "f-check": the mistake "sign" is reported as "shifted"',
    ]);
  });
});

test("proveRepeatable compares the checks both runs have, by name", () => {
  const checks = (message: string) => [{ name: "open", passed: true, message }];
  const first = record([
    {
      ...passing,
      report: report({ checks: [...checks("1"), { name: "hidden", passed: true, message: "" }] }),
    },
  ]);
  const second = (message: string) => record([{ ...passing, report: report({ checks: checks(message) }) }]);
  expect(proveRepeatable(first, second("1"))).toEqual([]);
  expect(proveRepeatable(first, second("2"))).toEqual([
    'cell 3 "f-check": two runs of the solution report the check "open" differently',
  ]);
});

test("bakeDiagnoses publishes sentences and numbers of the checks that students get, nothing of the hidden ones", () => {
  const onlyHidden = mutant({ diagnosis: "rare", outputs: { hidden: [3] } });
  expect(bakeDiagnoses(withMutants(mutant({}), onlyHidden), record([passing]))).toEqual({
    "N01-f": [{ diagnosis: "sign", outputs: { open: [1, 2] } }],
  });
});

test("knowsMistakes finds a known mistake in any code cell, and none in text", () => {
  expect(knowsMistakes(notebookOf(code("check.score(f)"), code('check.mutant("x", f)')))).toBe(true);
  expect(knowsMistakes(notebookOf(text('check.mutant("x", f)'), code("check.score(f)")))).toBe(false);
});

test("proveNoMutantCode finds wrong solutions in a release", () => {
  const metadata = graded("f-check", { grade: true, points: 1 });
  expect(
    proveNoMutantCode(notebookOf(code('check.mutant("x", f)'), code("check.score(f)", metadata))),
  ).toEqual([]);
  expect(proveNoMutantCode(notebookOf(code('check . mutant ("x", f)', metadata)))).toEqual([
    'cell 1 "f-check": put check.mutant between BEGIN and END HIDDEN TESTS, its code gives the answer away',
  ]);
});
