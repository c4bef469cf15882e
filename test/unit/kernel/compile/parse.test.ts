import ts from "typescript";
import { expect, test } from "vitest";
import { parseCell } from "../../../../kernel/compile/parse.js";

test("parseCell reads `await (x)` as an await, not as a call", () => {
  const [statement] = parseCell("await (x)", false).statements;
  expect(statement && ts.isExpressionStatement(statement) && ts.isAwaitExpression(statement.expression)).toBe(
    true,
  );
});

test("parseCell sets parents when asked", () => {
  const file = parseCell("let a = 1", true);
  expect(file.statements[0]?.parent).toBe(file);
});
