// The syntax tree of a cell. A cell is a module whatever it contains: only in a module is `await (x)` not a call.
import type * as TypeScript from "typescript";
import { ts } from "./injection.js";

/** @param setParents whether nodes know their parents, which `getStart` and `getText` need */
export function parseCell(text: string, setParents: boolean): TypeScript.SourceFile {
  return ts.createSourceFile(
    "cell.ts",
    text,
    {
      languageVersion: ts.ScriptTarget.ES2022,
      setExternalModuleIndicator(file) {
        (file as { externalModuleIndicator?: unknown }).externalModuleIndicator ??= true;
      },
    },
    setParents,
    ts.ScriptKind.TS,
  );
}
