// Compiler errors and unfilled blanks as errors of a cell, each with the place underlined in the cell's own text.
import type * as TypeScript from "typescript";
import type { CellError } from "../run/messages.js";
import { codeFrame } from "../text/codeFrame.js";
import type { CellSyntax } from "./cellSyntax.js";
import { ts } from "./injection.js";
import { TSLAB_PREFIX } from "./tslab.js";

/** More errors than this are counted, not shown: the first ones are usually the cause of the others. */
const MAX_SHOWN = 10;

export interface CellText {
  /** Shown in positions: `In[3]`. */
  readonly name: string;
  /** As the user wrote it. */
  readonly source: string;
  readonly fileName: string;
  readonly cwd: string;
}

/** The error of a cell whose diagnostics contain an error; undefined when there is none. */
export function cellError(
  all: readonly TypeScript.Diagnostic[],
  cell: CellText,
  syntax: CellSyntax,
): CellError | undefined {
  const errors = all.filter((diagnostic) => diagnostic.category === ts.DiagnosticCategory.Error);
  const [first] = errors;
  if (first === undefined) return undefined;
  // Errors of the grammar have lower codes than errors of types; after one of them the tree cannot be trusted.
  const isUnparsed = errors.some(({ code }) => code < 2000);
  const blank = isUnparsed
    ? undefined
    : syntax.blanks.find((range) => errors.some((error) => covers(error, range, cell)));
  if (blank !== undefined) return notFilledIn(cell, syntax, errors);

  const shown = unique(errors).slice(0, MAX_SHOWN);
  const more = unique(errors).length - shown.length;
  const [headline = ""] = withoutAdvice(flatten(first)).split("\n");
  return {
    ename: "TypeScriptError",
    evalue: `TS${first.code}: ${headline}`,
    traceback: [
      ...shown.flatMap((diagnostic, i) => [...(i > 0 ? [""] : []), ...formatDiagnostic(diagnostic, cell)]),
      ...(more > 0 ? ["", `… and ${more} more errors`] : []),
    ],
  };
}

/** All blanks of a cell are one error: the other errors come from them. */
function notFilledIn(
  cell: CellText,
  { blanks }: CellSyntax,
  errors: readonly TypeScript.Diagnostic[],
): CellError {
  const open = blanks.filter((range) => errors.some((error) => covers(error, range, cell)));
  const places = open.map((range) => ({
    ...position(cell.source, range.pos),
    length: range.end - range.pos,
  }));
  const lines = [...new Set(places.map(({ line }) => line))];
  const frames = lines.flatMap((line) => {
    const place = places.find((candidate) => candidate.line === line);
    return place === undefined ? [] : codeFrame(cell.source, place);
  });
  const evalue = `${cell.name}, line ${(lines[0] ?? 0) + 1}`;
  return {
    ename: "NotFilledIn",
    evalue,
    traceback: [
      `NotFilledIn: ${evalue}`,
      ...frames,
      `  help: replace ${open.length > 1 ? `the ${open.length} blanks` : "the blank"} (____) and run the cell again`,
    ],
  };
}

/** Whether a diagnostic is about a blank. */
function covers(diagnostic: TypeScript.Diagnostic, range: TypeScript.TextRange, cell: CellText): boolean {
  if (diagnostic.file?.fileName !== cell.fileName || diagnostic.start === undefined) return false;
  return diagnostic.start - TSLAB_PREFIX.length === range.pos;
}

function formatDiagnostic(diagnostic: TypeScript.Diagnostic, cell: CellText): string[] {
  const { file, start = 0, length = 0, code } = diagnostic;
  const message = `TS${code}: ${withoutAdvice(flatten(diagnostic))}`;
  if (file === undefined) return [message];
  const isCell = file.fileName === cell.fileName;
  const source = isCell ? cell.source : file.text;
  const offset = isCell ? start - TSLAB_PREFIX.length : start;
  const { line, column } = position(source, offset);
  const name = isCell ? cell.name : relative(file.fileName, cell.cwd);
  const lines = [
    `${name}:${line + 1}:${column + 1} - ${message}`,
    ...codeFrame(source, { line, column, length }),
  ];
  for (const related of diagnostic.relatedInformation ?? []) {
    if (related.file?.fileName !== cell.fileName || related.start === undefined) continue;
    const place = position(cell.source, related.start - TSLAB_PREFIX.length);
    lines.push(`  ${cell.name}:${place.line + 1}:${place.column + 1} - ${flatten(related)}`);
  }
  const advice = adviceFor(code, flatten(diagnostic));
  return advice === undefined ? lines : [...lines, `  help: ${advice}`];
}

/** TypeScript advises to change a project's settings, which a notebook does not have. */
function withoutAdvice(message: string): string {
  return message.replace(
    / Do you need to change your target library\?.*| Do you need to install type definitions .*/s,
    "",
  );
}

function adviceFor(code: number, message: string): string | undefined {
  const quoted = /'([^']+)'/.exec(message)?.[1] ?? "";
  switch (code) {
    case 2307: // Cannot find module
      if (/^\.{0,2}\//.test(quoted)) return "the path is relative to the folder of the notebook";
      return `run npm install ${packageOf(quoted)} in the folder of the notebook`;
    case 2550: // Property does not exist … change your target library
    case 2583:
      return `Node ${process.versions.node.split(".")[0]}, which runs this notebook, does not have it`;
    case 2584: // … include 'dom'
      return "cells run in Node, which has no page; jsdom makes a document, and display() shows a value";
    default:
      return undefined;
  }
}

function packageOf(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

function flatten({ messageText }: { messageText: string | TypeScript.DiagnosticMessageChain }): string {
  return ts.flattenDiagnosticMessageText(messageText, "\n");
}

function position(source: string, offset: number): { line: number; column: number } {
  const before = source.slice(0, Math.max(0, Math.min(offset, source.length)));
  const line = before.split("\n").length - 1;
  return { line, column: before.length - (before.lastIndexOf("\n") + 1) };
}

function relative(fileName: string, cwd: string): string {
  return fileName.startsWith(`${cwd}/`) ? fileName.slice(cwd.length + 1) : fileName;
}

/** One error a place and message: a type error in a declaration is found again when declarations are written. */
function unique(errors: readonly TypeScript.Diagnostic[]): TypeScript.Diagnostic[] {
  const seen = new Set<string>();
  return errors.filter((error) => {
    const key = `${error.file?.fileName}:${error.start}:${error.code}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
