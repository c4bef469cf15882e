// Local .ts and .js files that a cell imports: checked with the cell, compiled like it, sent with it.
import type * as TypeScript from "typescript";
import type { LocalFile } from "../run/messages.js";
import { rewrite } from "./rewrite.js";

/** Compiles local files; a file whose parsed text is the same object is not compiled again. */
export function makeLocalFiles(): (
  program: TypeScript.Program,
  file: TypeScript.SourceFile,
) => LocalFile | undefined {
  const compiled = new WeakMap<TypeScript.SourceFile, LocalFile>();
  return (program, file) => {
    if (!/\.[jt]sx?$/.test(file.fileName)) return undefined; // JSON is read by the session
    const known = compiled.get(file);
    if (known !== undefined) return known;
    let esModule = "";
    program.emit(file, (name, text) => {
      if (name.endsWith(".js") || name.endsWith(".jsx")) esModule = text;
    });
    const local: LocalFile = {
      path: file.fileName,
      ...rewrite(esModule, { kind: "file", loopChecks: true }),
    };
    compiled.set(file, local);
    return local;
  };
}
