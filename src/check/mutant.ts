import { errorText, showValue } from "../errors.js";
import { checkName } from "./subject.js";

/**
 * A known wrong solution and the sentence that explains it. `check.score` compares a failing answer with each of its
 * mutants, and shows the sentence of the one that gives the same wrong results.
 */
export class Mutant<T = unknown> {
  readonly diagnosis: string;
  readonly solution: T;

  constructor(diagnosis: string, solution: T) {
    this.diagnosis = diagnosis;
    this.solution = solution;
  }
}

/**
 * Names a mistake: a sentence for the learner, and a solution that makes just this mistake.
 *
 * A mutant is also a test of the checks beside it: they must all accept the right solution, and at least one of them
 * must reject the mutant (`proof` in the report of `check.score`).
 *
 * @param diagnosis what went wrong and why, in words to the learner
 * @param wrongSolution a solution of the same type as the answer, with one mistake
 * @example
 * check.mutant("You added where you should multiply.", (a, b) => a + b).diagnosis // You added where you should multiply.
 */
export function mutant<T>(diagnosis: string, wrongSolution: T): Mutant<T> {
  checkName("check.mutant", diagnosis);
  if (wrongSolution === undefined || wrongSolution === null)
    throw new TypeError(
      errorText("check.mutant", `wrongSolution must be a solution, got ${showValue(wrongSolution)}`),
    );
  return new Mutant(diagnosis, wrongSolution);
}
