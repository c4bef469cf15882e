// A notebook as one page that stands alone: it loads nothing, runs nothing, prints well and follows the reader's light or dark theme.

import { readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, extname, join, sep } from "node:path";
import { escapeHtml } from "./ansi.js";
import { type Heading, highlightCode, type MarkdownContext, markdownToHtml } from "./markdown.js";
import { mathStyle } from "./math.js";
import type { Cell, CodeCell, Notebook, TextCell } from "./notebook.js";
import { outputsToHtml } from "./outputHtml.js";
import { contentPolicy, pageStyle } from "./pageStyle.js";

export interface HtmlOptions {
  /** Title of the page; default the notebook's first heading. */
  readonly title?: string;
  /** The notebook's own path: pictures that its text names are read from this folder, never from outside it. */
  readonly path?: string;
}

/** The notebook as a complete HTML document. The same notebook gives the same bytes. */
export function notebookToHtml(notebook: Notebook, { title, path }: HtmlOptions = {}): string {
  const headings: Heading[] = [];
  const language = languageOf(notebook);
  const cells = notebook.cells.map((cell, index) => {
    const context: MarkdownContext = { headings, image: (address) => imageData(address, cell, path) };
    return cellToHtml(cell, index, language, context);
  });
  // the contents stand below the title, not above it
  const first = notebook.cells[0]?.cell_type === "markdown" ? 1 : 0;
  const body = [...cells.slice(0, first), contents(headings), ...cells.slice(first)].join("\n");
  const shown = title ?? headings.find(({ level }) => level === 1)?.text ?? headings[0]?.text ?? "Notebook";
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${contentPolicy}">
<title>${escapeHtml(shown)}</title>
<style>${pageStyle}${mathStyle(body)}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`;
}

function languageOf({ metadata }: Notebook): string {
  const info = (metadata.language_info ?? {}) as { name?: unknown };
  const spec = (metadata.kernelspec ?? {}) as { language?: unknown };
  return String(info.name ?? spec.language ?? "typescript");
}

function cellToHtml(cell: Cell, index: number, language: string, context: MarkdownContext): string {
  const prefix = `cell-${index + 1}-`;
  if (cell.cell_type === "code") return codeCellToHtml(cell, index, language, context);
  if (cell.cell_type === "raw") return `<pre class="raw">${escapeHtml(cell.source)}</pre>`;
  return `<section class="text" id="cell-${index + 1}">\n${markdownToHtml(cell.source, context, prefix)}</section>`;
}

function codeCellToHtml(cell: CodeCell, index: number, language: string, context: MarkdownContext): string {
  const count = cell.execution_count === null ? "" : `<span class="count">${cell.execution_count}</span>`;
  const code = `<pre class="code"><code>${highlightCode(cell.source, language)}</code></pre>`;
  const outputs = outputsToHtml(cell.outputs, (position) => ({
    prefix: `cell-${index + 1}-${position + 1}-`,
    // headings of an output do not belong to the notebook's own table of contents
    markdown: (source) =>
      markdownToHtml(source, { ...context, headings: [...context.headings] }, `cell-${index + 1}-`),
  }));
  const source =
    cell.source.trim() === ""
      ? ""
      : isHidden(cell)
        ? `<details><summary>Code</summary>${code}</details>`
        : code;
  return `<section class="cell" id="cell-${index + 1}">${count}\n${source}\n${outputs.join("\n")}</section>`;
}

function isHidden(cell: CodeCell): boolean {
  const tags = Array.isArray(cell.metadata.tags) ? cell.metadata.tags : [];
  const jupyter = cell.metadata.jupyter as { source_hidden?: unknown } | undefined;
  return tags.includes("hide-input") || jupyter?.source_hidden === true;
}

/** Sections (level 2) as a list, when there are enough to get lost among. */
function contents(headings: readonly Heading[]): string {
  const sections = headings.filter(({ level }) => level === 2);
  if (sections.length < 3) return "";
  const items = sections
    .map(({ id, text }) => `<li><a href="#${id}">${escapeHtml(text)}</a></li>`)
    .join("\n");
  return `<nav aria-label="Contents"><ul>\n${items}\n</ul></nav>`;
}

const imageTypes: Record<string, string> = {
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".gif": "image/gif",
  ".webp": "image/webp",
  ".svg": "image/svg+xml",
};

/** An attachment of the cell, or a file of the notebook's folder (up to 5 MB), as a data URI. */
function imageData(address: string, cell: Cell, path: string | undefined): string | undefined {
  const name = decodeAddress(address);
  if (name.startsWith("attachment:")) return attachment((cell as TextCell).attachments?.[name.slice(11)]);
  const type = imageTypes[extname(name).toLowerCase()];
  if (path === undefined || type === undefined || /^[a-z]+:/i.test(name)) return undefined;
  try {
    const folder = realpathSync(dirname(path));
    const file = realpathSync(join(folder, name));
    if (!file.startsWith(folder + sep) || statSync(file).size > 5e6) return undefined;
    return `data:${type};base64,${readFileSync(file).toString("base64")}`;
  } catch {
    return undefined; // a missing picture shows its alternative text
  }
}

function decodeAddress(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}

function attachment(bundle: Record<string, unknown> | undefined): string | undefined {
  const [type, value] = Object.entries(bundle ?? {}).find(([key]) => key.startsWith("image/")) ?? [];
  if (type === undefined) return undefined;
  const text = Array.isArray(value) ? value.join("") : String(value);
  return type === "image/svg+xml"
    ? `data:${type};base64,${Buffer.from(text).toString("base64")}`
    : `data:${type};base64,${text.replace(/\s+/g, "")}`;
}
