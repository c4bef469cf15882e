// Markdown text of a notebook -> safe HTML: mathematics, highlighted code blocks, headings with an address, pictures inside the page.

import hljs from "highlight.js/lib/common";
import MarkdownIt from "markdown-it";
import { escapeHtml } from "./ansi.js";
import { collectFormulas, type Formula, renderFormulas } from "./math.js";
import { sanitize } from "./sanitize.js";

/** A heading, for a table of contents. */
export interface Heading {
  readonly level: number;
  readonly id: string;
  readonly text: string;
}

export interface MarkdownContext {
  /** Headings met so far, in order; ids are unique among them. */
  readonly headings: Heading[];
  /** The picture behind an image address as a data URI, or undefined to leave the address. */
  image(address: string): string | undefined;
}

/** `source` as HTML. `prefix` keeps ids apart from those of other cells. */
export function markdownToHtml(source: string, context: MarkdownContext, prefix: string): string {
  const formulas: Formula[] = [];
  const markdown = new MarkdownIt({ html: true, linkify: true, highlight: highlightCode });
  markdown.validateLink = (url) => !/^\s*(javascript|vbscript|file):/i.test(url);
  collectFormulas(markdown, formulas);
  addHeadingIds(markdown, context.headings);
  markdown.renderer.rules.image = (tokens, index, options, _env, renderer) => {
    const token = tokens[index]!;
    const address = token.attrGet("src") ?? "";
    token.attrSet("src", context.image(address) ?? address);
    token.attrSet("alt", renderer.renderInlineAsText(token.children ?? [], options, {}));
    return renderer.renderToken(tokens, index, options);
  };
  return renderFormulas(sanitize(markdown.render(source), prefix), formulas);
}

/** `code` with its words marked for the page's colors; unknown languages stay plain. */
export function highlightCode(code: string, language: string): string {
  if (language === "" || hljs.getLanguage(language) === undefined) return escapeHtml(code);
  return hljs.highlight(code, { language, ignoreIllegals: true }).value;
}

/** A heading's address: its words joined by hyphens, letters of every script kept, a number when it is taken. */
function slug(text: string, taken: readonly Heading[]): string {
  const words =
    text
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu)
      ?.join("-") ?? "section";
  let id = words;
  for (let n = 2; taken.some((heading) => heading.id === id); n++) id = `${words}-${n}`;
  return id;
}

function addHeadingIds(markdown: MarkdownIt, headings: Heading[]): void {
  markdown.core.ruler.push("heading ids", (state) => {
    state.tokens.forEach((token, index) => {
      if (token.type !== "heading_open") return;
      const inline = state.tokens[index + 1];
      const text = (inline?.children ?? [])
        .filter(({ type }) => type === "text" || type === "code_inline")
        .map(({ content }) => content)
        .join("");
      const heading = { level: Number(token.tag.slice(1)), id: slug(text, headings), text };
      headings.push(heading);
      token.attrSet("id", heading.id);
      const link = new state.Token("html_inline", "", 0);
      link.content = `<a class="anchor" href="#${heading.id}" aria-label="Link to this section">#</a>`;
      inline?.children?.push(link);
    });
  });
}
