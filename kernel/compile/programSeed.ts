// From one folder to another: a program that was made when the snapshot was built serves as the old program of a kernel's first one.
// Its 160 library files are found, parsed and bound, and TypeScript takes them over when the options that concern them are the same;
// otherwise (a tsconfig.json, other `@types` folders) it looks for everything anew. Finding them took half of a first compilation.
import type * as TypeScript from "typescript";
import { CELL_FILE, DECLARATIONS_FILE } from "./tslab.js";

export interface ProgramSeed {
  readonly cwd: string;
  readonly program: TypeScript.Program;
}

type Named = { -readonly [K in "fileName" | "path" | "resolvedPath" | "originalFileName"]: string };

/** What TypeScript has in a program beside its public methods. */
interface ProgramTables {
  getFilesByNameMap(): Map<string, unknown>;
  getFileIncludeReasons(): Map<string, unknown>;
}

/** The program with the files of its cell in `cwd`. The seed is used up: its program is changed. */
export function moveSeed({ cwd: from, program }: ProgramSeed, cwd: string): TypeScript.Program {
  const { getFilesByNameMap, getFileIncludeReasons } = program as unknown as ProgramTables;
  const roots = program.getRootFileNames() as string[];
  for (const name of [CELL_FILE, DECLARATIONS_FILE]) {
    const before = `${from}/${name}`;
    const after = `${cwd}/${name}`;
    const file = program.getSourceFile(before) as unknown as Named | undefined;
    if (file === undefined) throw new Error(`bug: ${before} is not in the program`);
    Object.assign(file, { fileName: after, path: after, resolvedPath: after, originalFileName: after });
    roots[roots.indexOf(before)] = after;
    for (const table of [getFilesByNameMap(), getFileIncludeReasons()]) rename(table, before, after);
  }
  return program;
}

function rename(table: Map<string, unknown>, before: string, after: string): void {
  const value = table.get(before);
  table.delete(before);
  table.set(after, value);
}
