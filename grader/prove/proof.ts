// What `assign` proves before it writes a release, from three runs of the notebook:
//   source    solutions, all tests, every known mistake tried
//   public    solutions, the tests that students get
//   release   what students get, untouched
// Each function gives the problems it found, as sentences; no problem is a proof.

import { gradingOf } from "../format/cellMetadata.js";
import type { NotebookRecord, TestRecord } from "../judge/cellReports.js";
import type { CellFailure } from "../notebook/execute.js";
import type { Notebook } from "../notebook/notebook.js";

/** The solution earns every point, no cell fails, and the points in the test are those of the cell. */
export function proveSolution({ tests, failures }: NotebookRecord, which: "source" | "public"): string[] {
  const what = which === "source" ? "the solution" : "the solution with the released tests";
  return [
    ...failures.map((failure) => `cell ${failure.index + 1} of ${what} fails: ${words(failure)}`),
    ...tests.flatMap((test) => {
      const place = `cell ${test.cell} "${test.id}"`;
      if (test.points !== test.of)
        return [`${place}: ${what} earns ${test.points} of ${test.of} points: ${test.message}`];
      if (test.report !== undefined && test.report.of !== test.of)
        return [`${place}: check.score says ${test.report.of} points, the cell's metadata says ${test.of}`];
      return [];
    }),
  ];
}

/** The untouched release earns nothing, and each cell that fails says which blank is missing, and nothing else. */
export function proveRelease({ tests, failures }: NotebookRecord): string[] {
  return [
    ...tests.flatMap((test) => {
      const place = `cell ${test.cell} "${test.id}"`;
      if (test.points > 0) return [`${place}: the empty release earns ${test.points} of ${test.of} points`];
      if (test.status !== "notFilledIn")
        return [
          `${place}: the empty release says "${test.message}" where it should say which blank is missing`,
        ];
      return [];
    }),
    ...failures
      .filter(({ ename }) => ename !== "NotFilledIn")
      .map(
        (failure) =>
          `cell ${failure.index + 1} of the empty release fails with more than a missing blank: ${words(failure)}`,
      ),
  ];
}

/** Every known mistake loses points and is named by its own sentence. */
export function proveMutants({ tests }: NotebookRecord): string[] {
  return tests.flatMap(({ id, cell, report }) =>
    (report?.mutants ?? []).flatMap(({ diagnosis, diagnosed, points }) => {
      const place = `cell ${cell} "${id}"`;
      if (!(points < report!.of)) return [`${place}: no check rejects the mistake "${diagnosis}"`];
      if (diagnosed !== diagnosis)
        return [`${place}: the mistake "${diagnosis}" is reported as "${diagnosed}"`];
      return [];
    }),
  );
}

/** Two runs of the solution give the same report for the checks they share. */
export function proveRepeatable(first: NotebookRecord, second: NotebookRecord): string[] {
  const reports = new Map(first.tests.map((test) => [test.id, test.report]));
  return second.tests.flatMap(({ id, cell, report }) => {
    const before = new Map(
      (reports.get(id)?.checks ?? []).map((check) => [check.name, JSON.stringify(check)]),
    );
    const different = report?.checks.find(
      (check) => before.has(check.name) && before.get(check.name) !== JSON.stringify(check),
    );
    return different === undefined
      ? []
      : [`cell ${cell} "${id}": two runs of the solution report the check "${different.name}" differently`];
  });
}

/** What a student's notebook compares wrong results with: numbers, never the code of a wrong solution. */
export type Diagnoses = Record<string, { diagnosis: string; outputs: Record<string, readonly unknown[]> }[]>;

/** The known mistakes' results in the checks that students get; results of hidden checks would tell their inputs. */
export function bakeDiagnoses(source: NotebookRecord, released: NotebookRecord): Diagnoses {
  const diagnoses: Diagnoses = {};
  for (const { id, report } of source.tests) {
    const shown = new Set(publicChecks(released.tests, id));
    const known = (report?.mutants ?? []).flatMap(({ diagnosis, outputs }) => {
      const visible = Object.entries(outputs).filter(([name]) => shown.has(name));
      return visible.length === 0 ? [] : [{ diagnosis, outputs: Object.fromEntries(visible) }];
    });
    if (known.length > 0) diagnoses[report!.name] = known;
  }
  return diagnoses;
}

function publicChecks(tests: readonly TestRecord[], id: string): readonly string[] {
  return tests.find((test) => test.id === id)?.report?.checks.map(({ name }) => name) ?? [];
}

const mutantCall = /\bcheck\s*\.\s*mutant\s*\(/;

/** Whether the notebook knows mistakes, whose results only a run can tell. */
export function knowsMistakes({ cells }: Notebook): boolean {
  return cells.some((cell) => cell.cell_type === "code" && mutantCall.test(cell.source));
}

/** The code of a known mistake is nearly the answer: it must not be in a release. */
export function proveNoMutantCode(release: Notebook): string[] {
  return release.cells.flatMap((cell, index) =>
    cell.cell_type === "code" && gradingOf(cell)?.grade === true && mutantCall.test(cell.source)
      ? [
          `cell ${index + 1} "${gradingOf(cell)!.grade_id}": put check.mutant between BEGIN and END HIDDEN TESTS, its code gives the answer away`,
        ]
      : [],
  );
}

function words({ ename, evalue }: CellFailure): string {
  return (evalue.startsWith(ename) ? evalue : `${ename}: ${evalue}`).split("\n")[0]!;
}
