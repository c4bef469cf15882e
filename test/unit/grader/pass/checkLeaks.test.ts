import { describe, expect, test } from "vitest";
import type { Notebook } from "../../../../grader/notebook/notebook.js";
import { checkLeaks } from "../../../../grader/pass/checkLeaks.js";
import { releasePasses, runPasses, standardStubs } from "../../../../grader/passes.js";
import { code, graded, notebookOf, text } from "../../../support/notebooks.js";

const source = notebookOf(
  text("Fill in the running average."),
  code(
    'const f = (m: number, g: number) => {\n  // BEGIN SOLUTION\n  // STUB: return ____ * m + ____ * g * 12345;\n  const name = "running average";\n  return 0.95 * m + (1 - 0.95) * g;\n  // END SOLUTION\n};',
    graded("f", { solution: true }),
  ),
  code(
    "f(1, 2);\n// BEGIN HIDDEN TESTS\nif (f(3, 4) !== 3.1) throw new Error();\n// END HIDDEN TESTS",
    graded("t", { grade: true, points: 1 }),
  ),
  text(
    "Explain.\n<!-- BEGIN MARK SCHEME -->\nfull points for naming the bias\n<!-- END MARK SCHEME -->",
    graded("k", { task: true, locked: true }),
  ),
);
const release = (): Notebook => runPasses(releasePasses, source, { path: "a.ipynb", ...standardStubs });
const withText = (leak: string): Notebook => {
  const notebook = release();
  notebook.cells[0]!.source = leak;
  return notebook;
};
const leaks = (notebook: Notebook) => () => checkLeaks(source, notebook, "a.ipynb");

describe("checkLeaks", () => {
  test("a clean release passes; its STUB lines are no secret", () => {
    expect(release().cells[1]!.source).toContain("____ * m + ____ * g * 12345");
    expect(leaks(release())).not.toThrow();
  });

  test("finds a solution line in the text, however it is spaced", () => {
    expect(leaks(withText("Hint: `return 0.95*m +\n(1-0.95)*g;`"))).toThrowErrorMatchingInlineSnapshot(`
      [NotebookError: a.ipynb: the release would show this line of the solution of cell 2 "f":
          return 0.95 * m + (1 - 0.95) * g;
        help: remove it from the visible text, or write the visible text differently]
    `);
  });

  test("a line that only opens a block is no secret", () => {
    const opening = structuredClone(source);
    opening.cells[1]!.source = opening.cells[1]!.source.replace(
      "  return 0.95",
      "  for (let step = 0; step < 10; step++) {\n  return 0.95",
    );
    const notebook = withText("for (let step = 0; step < 10; step++) {");
    expect(() => checkLeaks(opening, notebook, "a.ipynb")).not.toThrow();
  });

  test("finds a line with quotes", () => {
    expect(leaks(withText('const name = "running average";'))).toThrow("const name");
  });

  test("finds a hidden test in an attachment's name and a mark scheme in metadata", () => {
    const attached = release();
    attached.cells[0] = {
      ...text("x"),
      attachments: { "if (f(3, 4) !== 3.1) throw new Error();": { "text/plain": "" } },
    };
    expect(leaks(attached)).toThrow('the hidden tests of cell 3 "t"');
    const described = release();
    described.metadata.notes = "Full points: full points for naming the bias.";
    expect(leaks(described)).toThrow('the mark scheme of cell 4 "k"');
  });

  test("finds outputs", () => {
    const executed = release();
    executed.cells[1] = {
      ...code("f"),
      outputs: [{ output_type: "stream", name: "stdout", text: "0.9" }],
    };
    expect(leaks(executed)).toThrow("a.ipynb: the release still has outputs in cell 2");
  });
});
