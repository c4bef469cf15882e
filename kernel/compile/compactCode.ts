// JavaScript for the snapshot, as short as it can be made without renaming anything: V8 keeps the text of all functions, because it
// compiles them when they are first called. A text with one character outside Latin-1 takes two bytes a character, so none is left.
import type * as TypeScript from "typescript";
import { ts } from "./injection.js";

/** The same program without comments, indentation and needless line breaks, in characters up to U+00FF. */
export function compactCode(code: string): string {
  const file = ts.createSourceFile("code.js", code, ts.ScriptTarget.ES2022, false, ts.ScriptKind.JS);
  const parts: string[] = [];
  let end = 0;
  for (const { pos, end: next } of literals(file)) {
    parts.push(compactGap(code.slice(end, pos)), code.slice(pos, next));
    end = next;
  }
  parts.push(compactGap(code.slice(end)));
  return parts.join("").replace(/[^\0-\xff]/g, escaped);
}

/** Texts in which `//` and line breaks mean themselves, in order. */
function literals(file: TypeScript.SourceFile): TypeScript.TextRange[] {
  const found: TypeScript.TextRange[] = [];
  const visit = (node: TypeScript.Node): void => {
    if (isLiteralText(node)) found.push({ pos: node.getStart(file), end: node.end });
    else ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function isLiteralText(node: TypeScript.Node): boolean {
  return (
    ts.isStringLiteral(node) ||
    ts.isRegularExpressionLiteral(node) ||
    ts.isNoSubstitutionTemplateLiteral(node) ||
    ts.isTemplateHead(node) ||
    ts.isTemplateMiddleOrTemplateTail(node)
  );
}

/**
 * Code between literals. A line break may end a statement, so it stays unless a statement cannot end there: after `;` `,` and opening
 * brackets, and before closing braces, which end a statement themselves.
 */
function compactGap(gap: string): string {
  return gap
    .replace(/\/\*[\s\S]*?\*\/|\/\/[^\r\n\u2028\u2029]*/g, (comment) =>
      /^\/\*[\s\S]*\n/.test(comment) ? "\n" : " ",
    )
    .replace(/\s*\n\s*/g, "\n")
    .replace(/[ \t]+/g, " ")
    .replace(/ ?([{}()[\],;:?=]) ?/g, "$1")
    .replace(/([{([,;])\n/g, "$1")
    .replace(/\n\}/g, "}");
}

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
