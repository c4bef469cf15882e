import { withoutOutputs } from "../notebook/notebook.js";
import type { Pass } from "./pass.js";

/** Removes outputs and execution counts, and the metadata that front ends attach to outputs. */
export const clearOutput: Pass = (notebook) => {
  const cleared = withoutOutputs(notebook);
  for (const cell of cleared.cells) {
    const { collapsed: _, scrolled: __, execution: ___, ...metadata } = cell.metadata;
    cell.metadata = metadata;
  }
  const { widgets: _, ...metadata } = cleared.metadata;
  return { ...cleared, metadata };
};
