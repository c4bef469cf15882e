import { describe, expect, test } from "vitest";
import { findRegions, replaceRegions } from "../../../../grader/format/delimiters.js";

const source = `function two(x) {
  // BEGIN SOLUTION
  return x;
  // END SOLUTION
}
\t/* BEGIN SOLUTION the rest */
\tdone();
\t/* END SOLUTION */`;

describe("findRegions", () => {
  test("gives lines, indentation and label of each region in order", () => {
    expect(findRegions(source, "SOLUTION", "cell 1")).toEqual([
      { begin: 1, end: 3, indent: "  ", label: "", lines: ["  return x;"] },
      { begin: 5, end: 7, indent: "\t", label: "the rest", lines: ["\tdone();"] },
    ]);
  });

  test("looks for its own kind only", () => {
    expect(findRegions(source, "HIDDEN TESTS", "cell 1")).toEqual([]);
  });

  test("refuses a nested BEGIN, an END alone and a missing END, with the lines", () => {
    const find = (text: string) => () => findRegions(text, "SOLUTION", 'cell 3 "f"');
    expect(find("// BEGIN SOLUTION\n// BEGIN SOLUTION\n// END SOLUTION")).toThrowErrorMatchingInlineSnapshot(
      `[SyntaxError: cell 3 "f": line 2: BEGIN SOLUTION inside the region that begins in line 1]`,
    );
    expect(find("x\n// END SOLUTION")).toThrowErrorMatchingInlineSnapshot(
      `[SyntaxError: cell 3 "f": line 2: END SOLUTION without BEGIN SOLUTION]`,
    );
    expect(find("x\n// BEGIN SOLUTION\ny")).toThrowErrorMatchingInlineSnapshot(
      `[SyntaxError: cell 3 "f": line 2: BEGIN SOLUTION without END SOLUTION]`,
    );
  });
});

describe("replaceRegions", () => {
  test("replaces each region with its delimiters, whatever the number of new lines", () => {
    const regions = findRegions(source, "SOLUTION", "cell 1");
    expect(replaceRegions(source, regions, ({ indent }) => [`${indent}a`, `${indent}b`])).toBe(
      "function two(x) {\n  a\n  b\n}\n\ta\n\tb",
    );
    expect(replaceRegions(source, regions, () => [])).toBe("function two(x) {\n}");
  });
});
