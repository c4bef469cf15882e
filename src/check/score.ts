// A score runs the checks of one blank against the answer, and names the mistake when a known one gives the same results.
import { existsSync, readFileSync } from "node:fs";
import { checkNumber, checkOptions, errorText, rejectUnknownOptions, showValue } from "../errors.js";
import { compareValues } from "./compare.js";
import { recordAttempt } from "./hint.js";
import { Mutant } from "./mutant.js";
import { isNotFilledIn } from "./notFilledIn.js";
import { thrown } from "./reference.js";
import { CheckReport } from "./report.js";
import { type MutantProof, ScoreReport, type ScoreStatus } from "./scoreReport.js";
import { checkName } from "./subject.js";
import { plainValue } from "./values.js";

/** One check as a function of the answer, or a known mistake. */
export type ScoreItem<T> = ((subject: T) => CheckReport) | Mutant<T>;

/** What is scored, and how much it is worth. */
export interface ScoreOptions<T> {
  /** The answer: what the blank defines. */
  readonly of: T;
  /** Points for passing every check; each check earns an equal share. */
  readonly points: number;
  /** Usually three: the idea, the shape, one line. Default none. */
  readonly hints?: readonly string[];
}

/**
 * Runs checks against an answer and reports points, with the name of the mistake when it is a known one.
 *
 * Each check is a function of the answer, so that the same check runs with the answer, with the reference solution and
 * with every known mistake. A failing or throwing check never ends the cell: the report is the cell's result, its text
 * is the points alone, and partial credit counts. A blank that is not filled in gives 0 points and one message.
 *
 * @param name the blank, as in the cell's `grade_id`
 * @param options.of the answer
 * @param options.points points to earn; each check is worth the same share
 * @param options.hints shown one by one by `check.hint(name)` after a failed attempt
 * @param items checks `(answer) => check.reference(…)` with different names, and `check.mutant(…)`
 * @throws {TypeError} for a check that returns no report, and for two checks of one name
 * @example
 * const cube = (x) => x ** 3
 * check.score("cube", { of: cube, points: 2 }, [(f) => check.reference("of 3", () => f(3), 27)]).points // 2
 */
export function score<T>(
  name: string,
  options: ScoreOptions<T>,
  items: readonly ScoreItem<T>[],
): ScoreReport {
  const where = "check.score";
  checkName(where, name);
  checkOptions(where, options);
  const { of: subject, points, hints = [], ...rest } = options;
  rejectUnknownOptions(where, rest, ["of", "points", "hints"]);
  checkNumber(where, "points", points, { min: 0 });
  const checks = items.filter((item): item is (subject: T) => CheckReport => typeof item === "function");
  const mutants = items.filter((item): item is Mutant<T> => item instanceof Mutant);
  const stray = items.find((item) => typeof item !== "function" && !(item instanceof Mutant));
  if (stray !== undefined)
    throw new TypeError(
      errorText(
        where,
        `each check must be a function of the answer, got ${showValue(stray)}`,
        "",
        "(answer) => check.reference(…), or check.mutant(…)",
      ),
    );
  if (checks.length === 0) throw new TypeError(errorText(where, "needs at least one check, got none"));

  const blank = (message: string): ScoreReport =>
    finish({ name, points: 0, of: points, status: "notFilledIn", message, checks: [] }, hints, () => []);
  if (subject === undefined || subject === null)
    return blank(`${name} has no answer yet: run the cell that defines it.`);
  let reports: CheckReport[];
  try {
    reports = runChecks(checks, subject);
  } catch (error) {
    if (!isNotFilledIn(error)) throw error;
    return blank(
      error.blank === name
        ? `${name} is not filled in.`
        : `${name} needs ${error.blank}, which is not filled in.`,
    );
  }
  const names = reports.map((report) => report.name);
  const twice = names.find((one, i) => names.indexOf(one) !== i);
  if (twice !== undefined)
    throw new TypeError(errorText(where, `checks need different names, got "${twice}" twice`));

  const known = (): readonly KnownMistake[] => [
    ...publishedMistakes(name),
    ...mutants.map((one) => mistakeOf(one, checks)),
  ];
  const passed = reports.filter((report) => report.passed).length;
  const message = passed === reports.length ? "" : firstSentence(reports, known);
  const earned =
    passed === reports.length ? points : Math.floor((100 * points * passed) / reports.length) / 100;
  const status: ScoreStatus =
    passed === reports.length
      ? "passed"
      : passed > 0
        ? "partial"
        : reports.every((report) => report.kind === "error")
          ? "error"
          : "failed";
  const prove = (): MutantProof[] => proveMutants(mutants, checks, points);
  return finish(
    { name, points: earned, of: points, status, message, checks: reports.map((r) => r.toJSON()) },
    hints,
    prove,
  );
}

function finish(
  found: Omit<ScoreReport["data"], "version" | "hints" | "mutants">,
  hints: readonly string[],
  prove: () => readonly MutantProof[],
): ScoreReport {
  const used = recordAttempt(found.name, hints, found.status !== "passed" && found.status !== "notFilledIn");
  const mutants = process.env.GRADBOOK_PROVE_CHECKS === "1" ? { mutants: prove() } : {};
  return new ScoreReport({ version: 1, ...found, hints: used, ...mutants }, prove);
}

/** Every check's report; what an answer throws becomes a report, a blank is thrown on. */
function runChecks<T>(checks: readonly ((subject: T) => CheckReport)[], subject: T): CheckReport[] {
  return checks.map((check, i) => {
    let report: unknown;
    try {
      report = check(subject);
    } catch (error) {
      if (isNotFilledIn(error)) throw error;
      return thrown(`check ${i + 1}`, error);
    }
    if (!(report instanceof CheckReport))
      throw new TypeError(
        errorText(
          "check.score",
          `check ${i + 1} must return a report, got ${showValue(report)}`,
          "",
          "write (answer) => check.reference(…), without braces or with return",
        ),
      );
    return report;
  });
}

/** A sentence, and what an answer with this mistake returns in each check that it fails. */
interface KnownMistake {
  readonly diagnosis: string;
  readonly outputs: Readonly<Record<string, readonly unknown[]>>;
}

function mistakeOf<T>(one: Mutant<T>, checks: readonly ((subject: T) => CheckReport)[]): KnownMistake {
  const failed = runChecks(checks, one.solution).filter(
    (report) => !report.passed && report.outputs.length > 0,
  );
  return {
    diagnosis: one.diagnosis,
    outputs: Object.fromEntries(failed.map((r) => [r.name, r.outputs.map(plainValue)])),
  };
}

/** The mistake whose results agree with the answer's in most of the failed checks; else the first check's own words. */
function firstSentence(reports: readonly CheckReport[], known: () => readonly KnownMistake[]): string {
  const failed = reports.filter((report) => !report.passed);
  let best = { diagnosis: "", matches: 0 };
  for (const { diagnosis, outputs } of known()) {
    const matches = failed.filter((report) => {
      const wrong = outputs[report.name];
      return (
        wrong !== undefined &&
        report.outputs.length > 0 &&
        compareValues(plainValue(report.outputs), wrong, { rtol: 1e-6 }).equal
      );
    }).length;
    if (matches > best.matches) best = { diagnosis, matches };
  }
  if (best.matches > 0) return best.diagnosis;
  const named = failed.find((report) => report.diagnosis !== "");
  if (named !== undefined) return named.diagnosis;
  return `${failed[0]!.name}: ${failed[0]!.message}`;
}

function proveMutants<T>(
  mutants: readonly Mutant<T>[],
  checks: readonly ((subject: T) => CheckReport)[],
  points: number,
): MutantProof[] {
  const known = mutants.map((one) => mistakeOf(one, checks));
  return mutants.map((one, i) => {
    const reports = runChecks(checks, one.solution);
    const passed = reports.filter((report) => report.passed).length;
    const diagnosed = passed === reports.length ? "" : firstSentence(reports, () => known);
    return { ...known[i]!, diagnosed, points: (points * passed) / reports.length };
  });
}

/**
 * The mistakes published with a release: `diagnoses.json` beside the notebook, `{ [name]: KnownMistake[] }`. It holds the
 * results of wrong solutions, not their code, which would give the answer away.
 */
function publishedMistakes(name: string): readonly KnownMistake[] {
  if (!existsSync("diagnoses.json")) return [];
  try {
    const all = JSON.parse(readFileSync("diagnoses.json", "utf8")) as Record<string, KnownMistake[]>;
    return Object.hasOwn(all, name) ? all[name]! : [];
  } catch {
    // A damaged file costs the named diagnoses, never the score.
    return [];
  }
}
