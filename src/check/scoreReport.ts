import { escapeHtml } from "./html.js";
import { type CheckData, checkTable, checkText } from "./report.js";

/** The MIME type under which a grader finds {@link ScoreData}. */
export const CHECK_MIME = "application/vnd.gradbook.check+json";

/**
 * `passed`: every check · `partial`: some of them · `failed`: none · `error`: the answer threw in every check ·
 * `notFilledIn`: the blank, or one it needs, has no answer.
 */
export type ScoreStatus = "passed" | "partial" | "failed" | "error" | "notFilledIn";

/** Whether the checks of a score catch one of its mutants. */
export interface MutantProof {
  readonly diagnosis: string;
  /** The points the mutant got: must be less than the score's. */
  readonly points: number;
  /** The diagnosis the report gives the mutant: must be its own. */
  readonly diagnosed: string;
  /** What the mutant returned in each check that it fails; numbers only, so that it can be published without code. */
  readonly outputs: Readonly<Record<string, readonly unknown[]>>;
}

/** A score as plain data: what a grader reads, version 1. */
export interface ScoreData {
  readonly version: 1;
  readonly name: string;
  readonly points: number;
  readonly of: number;
  readonly status: ScoreStatus;
  /** The one sentence to read first; "" when everything passed. */
  readonly message: string;
  readonly checks: readonly CheckData[];
  readonly hints: { readonly total: number; readonly used: number };
  /** Present when the environment variable GRADBOOK_PROVE_CHECKS is 1. */
  readonly mutants?: readonly MutantProof[];
}

/**
 * The result of `check.score`. In a notebook it shows a line with the points, the sentence that names the mistake, and a
 * table of the checks. As text it is the points alone (`1.5`), which is what nbgrader reads; `toString` gives the whole
 * report as text.
 */
export class ScoreReport {
  readonly data: ScoreData;
  private readonly prove: () => readonly MutantProof[];

  constructor(data: ScoreData, prove: () => readonly MutantProof[]) {
    this.data = data;
    this.prove = prove;
  }

  get name(): string {
    return this.data.name;
  }

  /** Points earned, 0 to `of`. */
  get points(): number {
    return this.data.points;
  }

  /** Points to earn. */
  get of(): number {
    return this.data.of;
  }

  get status(): ScoreStatus {
    return this.data.status;
  }

  get passed(): boolean {
    return this.data.status === "passed";
  }

  get message(): string {
    return this.data.message;
  }

  get checks(): readonly CheckData[] {
    return this.data.checks;
  }

  /** Runs every mutant through the checks: a test of the checks themselves. */
  proof(): readonly MutantProof[] {
    return this.prove();
  }

  toJSON(): ScoreData {
    return this.data;
  }

  toString(): string {
    const { name, points, of, message, checks } = this.data;
    const lines = [`${name}: ${points} of ${of} points`];
    if (message !== "") lines.push(message);
    for (const check of checks) lines.push(`  ${checkText(check)}`);
    if (this.hintLine() !== "") lines.push(`${this.hintLine()}: check.hint("${name}")`);
    return lines.join("\n");
  }

  /** "3 hints left", or "" when nothing failed or none is left. */
  private hintLine(): string {
    const left = this.data.hints.total - this.data.hints.used;
    if (this.passed || this.status === "notFilledIn" || left <= 0) return "";
    return `${left} hint${left === 1 ? "" : "s"} left`;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }

  [Symbol.for("Jupyter.display")](): Record<string, unknown> {
    return { "text/plain": String(this.points), "text/html": this.html(), [CHECK_MIME]: this.data };
  }

  private html(): string {
    const { name, points, of, message, checks, status } = this.data;
    const color = this.passed ? "#1a7f37" : status === "notFilledIn" ? "#9a6700" : "#cf222e";
    const mark = this.passed ? "✓" : status === "notFilledIn" ? "○" : "✗";
    const parts = [
      `<div style="border-left:4px solid ${color};padding:.2em .8em;margin:.3em 0">`,
      `<strong><span style="color:${color}">${mark}</span> ${escapeHtml(name)}: ${points} / ${of} points</strong>`,
    ];
    if (message !== "") parts.push(`<p style="margin:.4em 0">${escapeHtml(message)}</p>`);
    if (checks.length > 0) parts.push(checkTable(checks));
    if (this.hintLine() !== "")
      parts.push(
        `<p style="margin:.4em 0;opacity:.8">${this.hintLine()}: <code>check.hint("${escapeHtml(name)}")</code></p>`,
      );
    parts.push("</div>");
    return parts.join("");
  }
}
