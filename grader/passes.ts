// The declared lists: what each command does to a notebook, in order. Names are nbgrader's where it has the pass.

import type { Notebook } from "./notebook/notebook.js";
import { checkCellMetadata } from "./pass/checkCellMetadata.js";
import { checkRegions } from "./pass/checkRegions.js";
import { clearHiddenTests } from "./pass/clearHiddenTests.js";
import { clearMarkScheme } from "./pass/clearMarkScheme.js";
import { clearOutput } from "./pass/clearOutput.js";
import { clearSolutions } from "./pass/clearSolutions.js";
import { computeChecksums } from "./pass/computeChecksums.js";
import { includeHeaderFooter } from "./pass/includeHeaderFooter.js";
import { lockCells } from "./pass/lockCells.js";
import type { Pass, PassContext } from "./pass/pass.js";
import { upgradeMetadata } from "./pass/upgradeMetadata.js";

/** Checks a source notebook; its cells and their order stay. */
export const sourcePasses: readonly Pass[] = [
  upgradeMetadata,
  includeHeaderFooter,
  checkCellMetadata,
  checkRegions,
];

/** Makes the student's notebook out of a checked source. */
export const releasePasses: readonly Pass[] = [
  lockCells,
  clearSolutions,
  clearOutput,
  checkCellMetadata,
  clearHiddenTests,
  clearMarkScheme,
  computeChecksums,
  checkCellMetadata,
];

/** Makes a student's notebook ready to be run and checked. */
export const validatePasses: readonly Pass[] = [upgradeMetadata, checkCellMetadata, clearOutput];

export function runPasses(passes: readonly Pass[], notebook: Notebook, context: PassContext): Notebook {
  return passes.reduce((current, pass) => pass(current, context), notebook);
}

/** The stubs of our releases: an unfilled blank says its name. Languages without exceptions of our own get a plain one. */
export const standardStubs: Pick<PassContext, "codeStub" | "textStub"> = {
  codeStub: (language, blank) =>
    language === "typescript" || language === "javascript"
      ? `// YOUR CODE HERE\nthrow new check.NotFilledIn(${JSON.stringify(blank)});`
      : "# YOUR CODE HERE\nraise NotImplementedError()",
  textStub: "YOUR ANSWER HERE",
};
