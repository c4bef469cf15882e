// Namespaces of earlier cells. tslab keeps every kind of declaration but this one: without help a namespace would be gone two
// cells later.
import type * as TypeScript from "typescript";
import { ts } from "./injection.js";

/** The namespaces among `declarations` that the file of the new cell does not declare again, as text. */
export function keptNamespaces(declarations: string, cell: TypeScript.SourceFile | undefined): string {
  if (!/\bnamespace\b/.test(declarations)) return "";
  const { locals } = (cell ?? {}) as unknown as { locals?: ReadonlyMap<string, unknown> };
  const file = ts.createSourceFile("declarations.d.ts", declarations, ts.ScriptTarget.ES2022, true);
  return file.statements
    .filter((statement) => ts.isModuleDeclaration(statement) && ts.isIdentifier(statement.name))
    .filter(
      (statement) => !locals?.has((statement as TypeScript.NamespaceDeclaration).name.escapedText as string),
    )
    .map((statement) => `${statement.getFullText().trim()}\n`)
    .join("");
}
