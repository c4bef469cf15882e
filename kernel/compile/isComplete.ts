// Is this a whole cell? Asked by terminals when Enter is pressed.
import type * as TypeScript from "typescript";
import { ts } from "./injection.js";
import type { Completeness } from "./messages.js";
import { parseCell } from "./parse.js";

const UNTERMINATED_STRING = 1002;
// Comment, expression or identifier expected at the end, template.
const UNTERMINATED = new Set([1010, 1126, 1160]);

/** Incomplete when every syntax error lies at the end of the text or comes from something left open there. */
export function isComplete(source: string): Completeness {
  const file = parseCell(source, false);
  const errors = (file as unknown as { parseDiagnostics: readonly TypeScript.DiagnosticWithLocation[] })
    .parseDiagnostics;
  if (errors.length === 0) return { status: "complete" };
  const end = source.trimEnd().length;
  const isOpen = ({ start, length, code }: TypeScript.DiagnosticWithLocation): boolean => {
    // A quoted string goes on in the next line only after a backslash.
    if (code === UNTERMINATED_STRING) return source.trimEnd().endsWith("\\");
    return start >= end || (start + length >= end && UNTERMINATED.has(code));
  };
  if (!errors.every(isOpen)) return { status: "invalid" };
  return { status: "incomplete", indent: nextIndent(source) };
}

/** Indentation of the line after `source`: two spaces deeper for each bracket its last line leaves open. */
export function nextIndent(source: string): string {
  const line = source.trimEnd().split("\n").at(-1) ?? "";
  const current = /^\s*/.exec(line)?.[0] ?? "";
  const scanner = ts.createScanner(ts.ScriptTarget.ES2022, true, ts.LanguageVariant.Standard, line);
  let depth = 0;
  for (let token = scanner.scan(); token !== ts.SyntaxKind.EndOfFileToken; token = scanner.scan()) {
    if (
      token === ts.SyntaxKind.OpenBraceToken ||
      token === ts.SyntaxKind.OpenParenToken ||
      token === ts.SyntaxKind.OpenBracketToken
    ) {
      depth++;
    } else if (
      token === ts.SyntaxKind.CloseBraceToken ||
      token === ts.SyntaxKind.CloseParenToken ||
      token === ts.SyntaxKind.CloseBracketToken
    ) {
      depth = Math.max(0, depth - 1);
    }
  }
  return depth > 0 ? `${current}  ` : current;
}
