// Mathematics in Markdown text: `$…$` and `\(…\)` in a line, `$$…$$`, `\[…\]` and `\begin{…}…\end{…}` displayed, as in Jupyter.
// A plug-in for markdown-it takes the formulas out before Markdown sees their underscores and stars.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import katex from "katex";
import type MarkdownIt from "markdown-it";
import type { RuleBlock } from "markdown-it/lib/parser_block.mjs";
import type { RuleInline } from "markdown-it/lib/parser_inline.mjs";

export interface Formula {
  readonly tex: string;
  readonly display: boolean;
}

/** The place of formula `index` in the HTML that markdown-it makes; `renderFormulas` puts the formula there. */
const placeholder = (index: number, display: boolean): string =>
  `<span data-formula="${index}"${display ? ' data-display=""' : ""}></span>`;

/** Makes `markdown` collect each formula in `formulas` and print an empty span in its place. */
export function collectFormulas(markdown: MarkdownIt, formulas: Formula[]): void {
  const keep = (tex: string, display: boolean): string =>
    placeholder(formulas.push({ tex, display }) - 1, display);
  markdown.inline.ruler.before("escape", "formula", inlineRule(keep));
  markdown.block.ruler.before("fence", "formula", blockRule(keep), {
    alt: ["paragraph", "blockquote", "list"],
  });
}

/** Puts the formulas into `html`. A formula KaTeX cannot read is shown as its source, in red, with the reason as title. */
export function renderFormulas(html: string, formulas: readonly Formula[]): string {
  return html.replace(/<span data-formula="(\d+)"(?: data-display="")?><\/span>/g, (whole, index: string) => {
    const formula = formulas[Number(index)];
    if (formula === undefined) return whole;
    return katex.renderToString(formula.tex, {
      displayMode: formula.display,
      throwOnError: false,
      trust: false,
      strict: false,
      maxSize: 20,
      maxExpand: 1000,
    });
  });
}

/** KaTeX's style sheet with only the fonts that the formulas in `html` use, as data URIs: the page works offline. */
export function mathStyle(html: string): string {
  if (!html.includes('class="katex"')) return "";
  const sheet = createRequire(import.meta.url).resolve("katex/dist/katex.min.css");
  const used = (family: string): boolean => fontClasses[family]?.test(html) ?? true;
  return readFileSync(sheet, "utf8").replace(/@font-face\{[^}]*\}/g, (face) => {
    const family = /font-family:"?KaTeX_(\w+)/.exec(face)?.[1] ?? "";
    const file = /url\(fonts\/([\w-]+\.woff2)\)/.exec(face)?.[1];
    if (file === undefined || !used(family)) return "";
    const font = readFileSync(join(dirname(sheet), "fonts", file)).toString("base64");
    return face.replace(/src:[^;}]*/, `src:url(data:font/woff2;base64,${font}) format("woff2")`);
  });
}

/** Font families that only appear with these classes; the families not listed are always needed. */
const fontClasses: Record<string, RegExp> = {
  AMS: /\b(mathbb|amsrm|textbb)\b/,
  Caligraphic: /\bmathcal\b/,
  Fraktur: /\b(mathfrak|textfrak|mathboldfrak|textboldfrak)\b/,
  SansSerif: /\b(mathsf|textsf|mathboldsf|textboldsf|mathsfit|mathitsf|textitsf)\b/,
  Script: /\b(mathscr|textscr)\b/,
  Typewriter: /\b(mathtt|texttt)\b/,
  Size1: /\bsize1\b/,
  Size2: /\bsize2\b/,
  Size3: /\bsize3\b/,
  Size4: /\bsize4\b/,
};

const inlineForms: readonly { open: string; close: string; display: boolean }[] = [
  { open: "$$", close: "$$", display: true },
  { open: "\\\\[", close: "\\\\]", display: true },
  { open: "\\[", close: "\\]", display: true },
  { open: "\\\\(", close: "\\\\)", display: false },
  { open: "\\(", close: "\\)", display: false },
  { open: "$", close: "$", display: false },
];

function inlineRule(keep: (tex: string, display: boolean) => string): RuleInline {
  return (state, silent) => {
    const form = inlineForms.find(({ open }) => state.src.startsWith(open, state.pos));
    if (form === undefined) return false;
    const start = state.pos + form.open.length;
    const end = closing(state.src, start, form.close);
    if (end < 0 || end > state.posMax) return false;
    const tex = state.src.slice(start, end);
    if (tex.trim() === "") return false;
    // "it costs $5 and $6" is no formula: an opening dollar touches its formula, a closing one touches it and no digit follows
    if (form.open === "$" && (/^\s|\s$/.test(tex) || /\d/.test(state.src[end + 1] ?? ""))) return false;
    if (!silent) state.push("html_inline", "", 0).content = keep(tex, form.display);
    state.pos = end + form.close.length;
    return true;
  };
}

/** Where `close` stands after `from`, skipping escaped dollars; -1 when it does not. */
function closing(text: string, from: number, close: string): number {
  for (let at = text.indexOf(close, from); at >= 0; at = text.indexOf(close, at + 1))
    if (close[0] === "\\" || text[at - 1] !== "\\") return at;
  return -1;
}

function blockRule(keep: (tex: string, display: boolean) => string): RuleBlock {
  return (state, startLine, endLine, silent) => {
    const lineText = (line: number): string =>
      state.src.slice(state.bMarks[line]! + state.tShift[line]!, state.eMarks[line]!);
    const first = lineText(startLine);
    const environment = /^\\begin\{(\w+\*?)\}/.exec(first)?.[1];
    const close = first.startsWith("$$")
      ? "$$"
      : environment === undefined
        ? undefined
        : `\\end{${environment}}`;
    if (close === undefined || (state.sCount[startLine] ?? 0) - state.blkIndent >= 4) return false;
    const lines: string[] = [];
    for (let line = startLine; line < endLine; line++) {
      if (line > startLine && (state.sCount[line] ?? 0) < state.blkIndent) return false;
      const text = lineText(line).trimEnd();
      lines.push(text);
      const opens = line === startLine && close === "$$" ? 2 : 0;
      const at = text.indexOf(close, opens);
      if (at < 0) continue;
      if (at + close.length !== text.length) return false; // text follows on the line: the inline rule takes it
      if (silent) return true;
      const whole = lines.join("\n");
      const tex = close === "$$" ? whole.slice(2, -2) : whole;
      state.line = line + 1;
      state.push("html_block", "", 0).content = `<p>${keep(tex, true)}</p>\n`;
      return true;
    }
    return false;
  };
}
