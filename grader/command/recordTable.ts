// The record of a notebook as a table for people: a row per check, then what else went wrong, then the total.

import type { NotebookRecord, TestRecord } from "../judge/cellReports.js";
import { stripAnsi } from "../notebook/ansi.js";

const marks: Record<TestRecord["status"], string> = {
  passed: "✓",
  partial: "◐",
  failed: "✗",
  error: "✗",
  timeout: "✗",
  notRun: "✗",
  notFilledIn: "○",
};

export function recordTable(path: string, { tests, manual, failures, points, of }: NotebookRecord): string {
  const rows: { mark: string; id: string; score: string; note: string }[] = [
    ...tests.map((test) => ({
      mark: marks[test.status],
      id: test.report?.name ?? test.id,
      score: `${number(test.points)} / ${number(test.of)}`,
      note: test.status === "passed" ? "" : `${place(test)}: ${firstLine(test.message)}`,
    })),
    ...manual.map(({ id, of: possible }) => ({
      mark: "–",
      id,
      score: `– / ${number(possible)}`,
      note: "graded by a person",
    })),
  ];
  const idWidth = Math.max(0, ...rows.map(({ id }) => id.length));
  const scoreWidth = Math.max(0, ...rows.map(({ score }) => score.length));
  const lines = rows.map(({ mark, id, score, note }) =>
    `  ${mark} ${id.padEnd(idWidth)}  ${score.padStart(scoreWidth)}  ${note}`.trimEnd(),
  );
  const others = failures.map(
    (failure) =>
      `  ✗ ${place({ cell: failure.index + 1, line: failure.line })}: ${firstLine(failure.evalue, failure.ename)}`,
  );
  const person = manual.reduce((sum, answer) => sum + answer.of, 0);
  const total =
    tests.length + manual.length === 0
      ? "  no checks in this notebook"
      : `  total: ${number(points)} of ${number(of)} points${person > 0 ? `, ${number(person)} more are graded by a person` : ""}`;
  return [
    path,
    ...lines,
    ...(others.length > 0 ? ["  other cells that failed:", ...others] : []),
    total,
    "",
  ].join("\n");
}

function place({ cell, line }: { cell: number; line?: number | undefined }): string {
  return `cell ${cell}${line === undefined ? "" : `, line ${line}`}`;
}

function firstLine(message: string, name = ""): string {
  const text = stripAnsi(message).split("\n")[0]!;
  return name === "" || name === "NotFilledIn" || text.startsWith(name) ? text : `${name}: ${text}`;
}

/** At most two decimals: 1.5, 0.67, 3. */
function number(value: number): string {
  return String(Number(value.toFixed(2)));
}
