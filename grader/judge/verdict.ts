// One record per test cell: what it earned and why. It reads what the cell sent, never what it printed: text on a stream is no score.

import { stripAnsi } from "../notebook/ansi.js";
import type { CellFailure } from "../notebook/execute.js";
import type { CodeCell, ExecuteResult, Metadata } from "../notebook/notebook.js";

export type VerdictStatus = "passed" | "partial" | "failed" | "error" | "timeout" | "notRun" | "notFilledIn";

export interface Verdict {
  readonly status: VerdictStatus;
  /** Points earned, 0 to `of`. */
  readonly points: number;
  readonly of: number;
  /** Why points are missing, in one line; "" when none are. */
  readonly message: string;
  /** Set when the cell sent a score that cannot be: the author must look at it. */
  readonly flag?: string;
  /** The report of `check.score`, when the cell ends with one. */
  readonly report?: CheckRecord;
}

/** What `check.score` stores with its cell, version 1, as far as a grader reads it. */
export interface CheckRecord {
  readonly name: string;
  readonly points: number;
  readonly of: number;
  readonly status: "passed" | "partial" | "failed" | "error" | "notFilledIn";
  readonly message: string;
  readonly checks: readonly { readonly name: string; readonly passed: boolean; readonly message: string }[];
  readonly mutants?: readonly MutantRecord[];
}

/** Whether a known mistake was caught; see `check.mutant`. */
export interface MutantRecord {
  readonly diagnosis: string;
  readonly diagnosed: string;
  readonly points: number;
  readonly outputs: Readonly<Record<string, readonly unknown[]>>;
}

export const checkMime = "application/vnd.gradbook.check+json";

/**
 * What an executed test cell earned: the points of its report, or its last value if that is a number from 0 to `of`, or all
 * points if it ended without an error, or 0.
 *
 * @param failure what ended the cell, if it failed
 */
export function verdictOf(cell: CodeCell, of: number, failure: CellFailure | undefined): Verdict {
  if (failure !== undefined) return failedVerdict(failure, of);
  if (cell.execution_count === null && cell.source.trim() !== "")
    return { status: "notRun", points: 0, of, message: "the cell did not run" };
  const result = cell.outputs.findLast(
    (output): output is ExecuteResult => output.output_type === "execute_result",
  );
  const report = readReport(result?.data[checkMime]);
  if (report !== undefined) return reportVerdict(report, of);
  const number = numberOf(result?.data["text/plain"]);
  if (number === undefined) return { status: "passed", points: of, of, message: "" };
  if (!(number >= 0 && number <= of))
    return flagged(of, `the test cell ends with the score ${number}, which is not between 0 and ${of}`);
  const status = number === of ? "passed" : number > 0 ? "partial" : "failed";
  return { status, points: number, of, message: status === "passed" ? "" : `scored ${number} of ${of}` };
}

function failedVerdict(failure: CellFailure, of: number): Verdict {
  const words = `${failure.ename}: ${failure.evalue}`;
  const first = stripAnsi(failure.evalue.startsWith(failure.ename) ? failure.evalue : words).split("\n")[0]!;
  if (failure.reason === "timeout") return { status: "timeout", points: 0, of, message: failure.evalue };
  const status = failure.ename === "NotFilledIn" ? "notFilledIn" : "error";
  return { status, points: 0, of, message: status === "notFilledIn" ? stripAnsi(failure.evalue) : first };
}

function reportVerdict(report: CheckRecord, of: number): Verdict {
  const { points, status, message } = report;
  if (!(points >= 0 && points <= of))
    return { ...flagged(of, `the report gives ${points} points, which is not between 0 and ${of}`), report };
  return { status, points, of, message, report };
}

function flagged(of: number, flag: string): Verdict {
  return { status: "failed", points: 0, of, message: flag, flag };
}

/** A number and nothing else, in the forms that nbgrader reads; colored text is no number. */
function numberOf(text: unknown): number | undefined {
  if (typeof text !== "string") return undefined;
  const trimmed = text.trim();
  if (/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(trimmed)) return Number(trimmed);
  return /^[-+]?(NaN|Infinity)$/.test(trimmed) ? Number(trimmed) : undefined;
}

/** Copies the fields it knows, each read once; anything that is not a report of version 1 is undefined. */
function readReport(value: unknown): CheckRecord | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { version, name, points, of, status, message, checks, mutants } = value as Metadata;
  if (version !== 1 || typeof name !== "string" || typeof points !== "number" || typeof of !== "number")
    return undefined;
  if (!["passed", "partial", "failed", "error", "notFilledIn"].includes(String(status))) return undefined;
  return {
    name,
    points,
    of,
    status: status as CheckRecord["status"],
    message: typeof message === "string" ? message : "",
    checks: Array.isArray(checks) ? (checks as CheckRecord["checks"]) : [],
    ...(Array.isArray(mutants) && { mutants: mutants as MutantRecord[] }),
  };
}
