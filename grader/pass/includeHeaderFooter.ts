import type { Pass } from "./pass.js";

/** Puts the course's shared cells before and after the notebook's own. Ids that would collide get "header-" or "footer-" in front. */
export const includeHeaderFooter: Pass = (notebook, { header, footer }) => {
  if (header === undefined && footer === undefined) return notebook;
  const taken = new Set(notebook.cells.map(({ id }) => id));
  const shared = (cells: typeof notebook.cells, prefix: string) =>
    cells.map((cell) => {
      const id = taken.has(cell.id) ? `${prefix}${cell.id}`.slice(0, 64) : cell.id;
      taken.add(id);
      return { ...cell, id };
    });
  return {
    ...notebook,
    cells: [
      ...shared(header?.cells ?? [], "header-"),
      ...notebook.cells,
      ...shared(footer?.cells ?? [], "footer-"),
    ],
  };
};
