import type { WorstElement } from "./compare.js";
import { escapeHtml } from "./html.js";

/** The kinds of checks; `error` is an answer that threw. */
export type CheckKind = "reference" | "gradient" | "property" | "statistic" | "error";

/** One check as plain data, as graders read it. Texts, so that any value fits into JSON. */
export interface CheckData {
  readonly kind: CheckKind;
  readonly name: string;
  readonly passed: boolean;
  /** What is wrong, in one line; "" when the check passed. */
  readonly message: string;
  /** A sentence that names the mistake, when it is a known one; else "". */
  readonly diagnosis: string;
  readonly expected: string;
  readonly got: string;
  readonly worst: WorstElement | null;
  /** What was done, such as "100 cases"; "" when there is nothing to add. */
  readonly detail: string;
}

/** Fields of a report; those that are left out are "" or null. */
export interface CheckOutcome {
  readonly kind: CheckKind;
  readonly name: string;
  readonly passed: boolean;
  readonly message?: string;
  readonly diagnosis?: string;
  readonly expected?: string;
  readonly got?: string;
  readonly worst?: WorstElement | null;
  readonly detail?: string;
  readonly outputs?: readonly unknown[];
}

/**
 * The result of one check. In a notebook it shows itself as a row of a table; `console.log` prints the same as text.
 * It never throws for a wrong answer: `passed` says it.
 */
export class CheckReport implements CheckData {
  readonly kind: CheckKind;
  readonly name: string;
  readonly passed: boolean;
  readonly message: string;
  readonly diagnosis: string;
  readonly expected: string;
  readonly got: string;
  readonly worst: WorstElement | null;
  readonly detail: string;
  /** What the answer returned, for comparison with known mistakes. Not part of the data for graders. */
  readonly outputs: readonly unknown[];

  constructor(outcome: CheckOutcome) {
    this.kind = outcome.kind;
    this.name = outcome.name;
    this.passed = outcome.passed;
    this.message = outcome.message ?? "";
    this.diagnosis = outcome.diagnosis ?? "";
    this.expected = outcome.expected ?? "";
    this.got = outcome.got ?? "";
    this.worst = outcome.worst ?? null;
    this.detail = outcome.detail ?? "";
    this.outputs = outcome.outputs ?? [];
  }

  /** The report without the outputs: plain data, safe for JSON. */
  toJSON(): CheckData {
    const { kind, name, passed, message, diagnosis, expected, got, worst, detail } = this;
    return { kind, name, passed, message, diagnosis, expected, got, worst, detail };
  }

  /** `✓ name` or `✗ name: what is wrong`, then the diagnosis on its own line. */
  toString(): string {
    return checkText(this);
  }

  /** How `console.log` shows it. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return checkText(this);
  }

  /** How a notebook shows it. */
  [Symbol.for("Jupyter.display")](): Record<string, unknown> {
    return { "text/plain": checkText(this), "text/html": checkTable([this]) };
  }
}

/** One check as text: a line, and a second one for the diagnosis. */
export function checkText(check: CheckData): string {
  if (check.passed) return `✓ ${check.name}${check.detail === "" ? "" : ` (${check.detail})`}`;
  const diagnosis = check.diagnosis === "" ? "" : `\n    ${check.diagnosis}`;
  return `✗ ${check.name}: ${check.message}${diagnosis}`;
}

const CELL =
  "padding:.3em .7em;text-align:left;vertical-align:top;border-top:1px solid rgba(128,128,128,.35)";
const CODE = "font-family:ui-monospace,monospace;font-size:.92em;overflow-wrap:anywhere";

/** A row per check: what was checked, what was expected, what came, and where it is worst. Every mark also has a word. */
export function checkTable(checks: readonly CheckData[]): string {
  const failed = checks.some((check) => !check.passed);
  const titles = failed ? ["check", "expected", "got", "worst element"] : ["check", "", "", ""];
  const head = titles
    .filter((title) => title !== "")
    .map((title) => `<th style="${CELL};border-top:0">${title}</th>`);
  const rows = checks.map((check) => checkRow(check, failed));
  return `<table style="border-collapse:collapse;margin:.4em 0"><thead><tr>${head.join("")}</tr></thead><tbody>${rows.join("")}</tbody></table>`;
}

function checkRow(check: CheckData, wide: boolean): string {
  const mark = check.passed
    ? '<span style="color:#1a7f37;font-weight:600" title="passed">✓</span>'
    : '<span style="color:#cf222e;font-weight:600" title="failed">✗</span>';
  const cell = (content: string, style = ""): string => `<td style="${CELL}${style}">${content}</td>`;
  const note = check.passed ? check.detail : check.message;
  const noteStyle = "opacity:.75;font-size:.92em";
  const name = `${mark} ${escapeHtml(check.name)}${note === "" ? "" : `<br><span style="${noteStyle}">${escapeHtml(note)}</span>`}`;
  if (!wide) return `<tr>${cell(name)}</tr>`;
  const worst = check.worst === null ? "" : worstText(check.worst);
  const code = (text: string): string => cell(escapeHtml(text), `;${CODE}`);
  const values = check.passed
    ? cell("") + cell("") + cell("")
    : code(check.expected) + code(check.got) + code(worst);
  return `<tr>${cell(name)}${values}</tr>`;
}

function worstText(worst: WorstElement): string {
  const place = worst.place === "" ? "" : `${worst.place}: `;
  const error = worst.error === null ? "" : ` (off by ${Number(worst.error.toPrecision(3))})`;
  return `${place}${worst.got} instead of ${worst.expected}${error}`;
}
