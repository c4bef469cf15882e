import { describe, expect, test } from "vitest";
import { clearSolutions } from "../../../../grader/pass/clearSolutions.js";
import { standardStubs } from "../../../../grader/passes.js";
import { code, graded, notebookOf, text } from "../../../support/notebooks.js";

const context = { path: "a.ipynb", ...standardStubs };
const cleared = (cell: ReturnType<typeof code> | ReturnType<typeof text>): string =>
  clearSolutions(notebookOf(cell), context).cells[0]!.source;

describe("clearSolutions", () => {
  test("a region becomes the stub that names the blank, at the region's indentation", () => {
    const cell = code(
      "const f = (x: number) => {\n  // BEGIN SOLUTION\n  return x;\n  // END SOLUTION\n};",
      graded("N09-f", { solution: true }),
    );
    expect(cleared(cell)).toBe(
      'const f = (x: number) => {\n  // YOUR CODE HERE\n  throw new check.NotFilledIn("N09-f");\n};',
    );
  });

  test("STUB lines are the released text; empty ones stay empty", () => {
    const cell = code(
      [
        "  // BEGIN SOLUTION",
        "  // STUB: const m = ____ * m0;",
        "  // STUB:",
        "  // STUB:   return m;",
        "  const m = 0.9 * m0;",
        "  return m;",
        "  // END SOLUTION",
      ].join("\n"),
      graded("b", { solution: true }),
    );
    expect(cleared(cell)).toBe("  const m = ____ * m0;\n\n    return m;");
  });

  test("a solution cell without a region is replaced whole, code and text", () => {
    expect(cleared(code("const a = 1;", graded("b", { solution: true })))).toBe(
      '// YOUR CODE HERE\nthrow new check.NotFilledIn("b");',
    );
    expect(cleared(text("Because.", graded("b", { solution: true, grade: true, points: 1 })))).toBe(
      "YOUR ANSWER HERE",
    );
  });

  test("other cells stay", () => {
    expect(cleared(code("const a = 1;", graded("t", { grade: true, points: 1 })))).toBe("const a = 1;");
    expect(cleared(code("const a = 1;"))).toBe("const a = 1;");
  });
});
