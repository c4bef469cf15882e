// The program of the next cell, made before the cell is there. Making a program and its type checker is half the work of a short
// cell, and both depend on the cell only when it imports something: so they are made with an empty cell while nobody asks, and the
// tree of the real cell moves into the empty one. TypeScript fills in what it knows of a file when it is bound and checked, and an
// empty file was bound, and never checked.
import type * as TypeScript from "typescript";
import { ts } from "./injection.js";

export interface PreparedCell {
  readonly program: TypeScript.Program;
  /** Text of the declarations file. */
  readonly declarations: string;
  /** The cell in the program. */
  readonly file: TypeScript.SourceFile;
}

type Fields = Record<string, unknown>;

/** What the program that a file is in has written into it. */
const OF_PROGRAM = [
  "fileName",
  "path",
  "resolvedPath",
  "originalFileName",
  "packageJsonLocations",
  "packageJsonScope",
  "impliedNodeFormat",
  "imports",
  "moduleAugmentations",
  "ambientModuleNames",
] as const;

/** Whether a program with `file` in it has the same other files, whatever else the file says. */
export function standsAlone(file: TypeScript.SourceFile): boolean {
  return (
    !file.hasNoDefaultLib &&
    [file.referencedFiles, file.typeReferenceDirectives, file.libReferenceDirectives].every(
      (references) => references.length === 0,
    ) &&
    // also of types: `import("name").Type`
    !/\b(import|require)\b/.test(file.text) &&
    !file.statements.some(
      (statement) =>
        ts.isModuleDeclaration(statement) ||
        (ts.isExportDeclaration(statement) && statement.moduleSpecifier !== undefined),
    )
  );
}

/** Moves the tree of `parsed`, which nobody has bound yet, into `file`, which must be bound again. Returns `file`. */
export function moveTree(parsed: TypeScript.SourceFile, file: TypeScript.SourceFile): TypeScript.SourceFile {
  const target = file as unknown as Fields;
  const kept = OF_PROGRAM.map((name) => [name, target[name]] as const);
  for (const name of Object.keys(target)) if (!(name in parsed)) target[name] = undefined;
  Object.assign(target, parsed, Object.fromEntries(kept));
  return file;
}
