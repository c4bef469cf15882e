// Is a notebook meant for this kernel?

import type { Notebook } from "./notebook.js";
import { NotebookError } from "./notebookError.js";

/** Throws when the notebook's metadata asks for a kernel of another language. A notebook that names none is accepted. */
export function checkKernelspec({ metadata }: Notebook, path: string): void {
  const spec = metadata.kernelspec as { name?: unknown; language?: unknown } | undefined;
  if (spec === undefined || spec === null || spec.name === "gradbook") return;
  const info = metadata.language_info as { name?: unknown } | undefined;
  const language = String(spec.language ?? info?.name ?? "").toLowerCase();
  if (language === "typescript" || language === "javascript") return;
  throw new NotebookError(
    `${path}: the notebook asks for the unknown kernel ${JSON.stringify(spec.name ?? null)}${language === "" ? "" : ` (${language})`}, ` +
      "but gradbook runs TypeScript and JavaScript",
    'set metadata.kernelspec.name to "gradbook" if its cells are TypeScript, or run it with: jupyter nbconvert --execute',
  );
}
