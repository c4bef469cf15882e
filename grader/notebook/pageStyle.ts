// The look of an exported page. Colors are variables with a light and a dark value; contrast is at least 4.5 : 1 on both.

/** Nothing is loaded, nothing runs: pictures and fonts are inside the page. */
export const contentPolicy: string =
  "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

export const pageStyle: string = `
:root {
  color-scheme: light dark;
  --page: #ffffff; --text: #1f2328; --soft: #59636e; --line: #d1d9e0; --panel: #f6f8fa; --accent: #0550ae;
  --error: #b3261e; --error-panel: #fff1f0; --warn-panel: #fff8e6;
  --keyword: #a0305f; --string: #0a5c36; --number: #0550ae; --comment: #59636e; --title: #6639ba;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #14181d; --text: #e2e6ea; --soft: #9aa4af; --line: #3a434d; --panel: #1d232a; --accent: #79b8ff;
    --error: #ff9d94; --error-panel: #3a1d1c; --warn-panel: #33290f;
    --keyword: #ff8fb8; --string: #8fd9a8; --number: #8ec5ff; --comment: #9aa4af; --title: #cdb2ff;
  }
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; scroll-padding-top: 1rem; }
body {
  margin: 0 auto; padding: 2rem 1.25rem 6rem; max-width: 54rem; background: var(--page); color: var(--text);
  font: 1.0625rem/1.65 ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans CJK KR", sans-serif;
  overflow-wrap: break-word;
}
h1, h2, h3, h4 { line-height: 1.25; margin: 2.2em 0 .6em; text-wrap: balance; }
h1 { font-size: 2.1rem; margin-top: .5em; }
h2 { font-size: 1.5rem; padding-top: .6em; border-top: 1px solid var(--line); }
h3 { font-size: 1.2rem; }
p, ul, ol, table, blockquote { margin: .9em 0; }
li + li { margin-top: .25em; }
a { color: var(--accent); text-underline-offset: .15em; }
a.anchor { margin-left: .4em; color: var(--soft); text-decoration: none; opacity: 0; font-weight: 400; }
:is(h1, h2, h3, h4, h5, h6):hover a.anchor, a.anchor:focus { opacity: 1; }
blockquote { padding: .1em 1em; border-left: 4px solid var(--accent); background: var(--panel); border-radius: 0 6px 6px 0; }
table { border-collapse: collapse; font-size: .95em; display: block; width: max-content; max-width: 100%; overflow-x: auto; }
th, td { padding: .35em .75em; border: 1px solid var(--line); text-align: left; vertical-align: top; }
th { background: var(--panel); }
hr { border: 0; border-top: 1px solid var(--line); margin: 2.5em 0; }
code, pre { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
:not(pre) > code { font-size: .88em; padding: .12em .35em; background: var(--panel); border-radius: 4px; }
pre { font-size: .84rem; line-height: 1.5; margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; tab-size: 2; }
.text pre, pre.raw { padding: .8em 1em; background: var(--panel); border-radius: 8px; }
nav { margin: 0 0 2rem; padding: .8em 1.2em; border: 1px solid var(--line); border-radius: 8px; font-size: .95rem; }
nav ul { margin: 0; padding: 0; list-style: none; columns: 18rem; }
nav a { text-decoration: none; }
nav a:hover { text-decoration: underline; }
.cell { position: relative; margin: 1.1em 0; }
.count { position: absolute; right: calc(100% + .6rem); top: .75rem; color: var(--soft); font: .75rem ui-monospace, monospace; }
.code { padding: .8em 1em; background: var(--panel); border: 1px solid var(--line); border-radius: 8px; }
.output { margin-top: .6em; }
pre.output, .output > pre { padding: .3em 1em; max-height: 32rem; overflow: auto; }
pre.stderr { background: var(--warn-panel); border-radius: 6px; }
pre.error { padding: .7em 1em; border-left: 4px solid var(--error); background: var(--error-panel); border-radius: 0 6px 6px 0; }
.figure, .html { overflow-x: auto; }
.output svg, .output img, .text img { max-width: 100%; height: auto; }
.figure > svg { display: block; margin: 0 auto; border-radius: 6px; }
.hidden-output, summary { color: var(--soft); font-size: .9em; }
.interact > input { position: absolute; opacity: 0; pointer-events: none; }
.control { display: flex; flex-wrap: wrap; align-items: center; gap: .3em; margin: .35em 0; font-size: .9em; }
.control > span { min-width: 7em; color: var(--soft); }
.control > label { padding: .1em .6em; border: 1px solid var(--line); border-radius: 1em; cursor: pointer; font-variant-numeric: tabular-nums; }
.state { display: none; }
.katex { font-size: 1.12em; }
.katex-display { scrollbar-width: thin; overflow-x: auto; overflow-y: hidden; padding: .2em 0; }
.hljs-keyword, .hljs-literal, .hljs-built_in { color: var(--keyword); }
.hljs-string, .hljs-regexp, .hljs-attr { color: var(--string); }
.hljs-number, .hljs-property { color: var(--number); }
.hljs-comment, .hljs-doctag { color: var(--comment); font-style: italic; }
.hljs-title, .hljs-type { color: var(--title); }
.hljs-subst { color: inherit; }
.ansi-bold { font-weight: 700; } .ansi-italic { font-style: italic; } .ansi-underline { text-decoration: underline; }
.ansi-red { color: var(--error); } .ansi-green { color: var(--string); } .ansi-blue, .ansi-cyan { color: var(--number); }
.ansi-magenta { color: var(--title); } .ansi-yellow { color: var(--keyword); } .ansi-black, .ansi-white { color: var(--soft); }
@media (max-width: 64rem) { .count { display: none; } }
@media print {
  :root { --page: #fff; --text: #000; --soft: #444; --line: #bbb; --panel: #f6f6f6; --accent: #000;
    --error: #900; --error-panel: #fff; --warn-panel: #fff;
    --keyword: #803; --string: #053; --number: #036; --comment: #555; --title: #426; }
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  nav, .anchor { display: none; }
  pre.output, .output > pre { max-height: none; overflow: visible; }
  h1, h2, h3 { break-after: avoid; }
  .figure, .code, tr { break-inside: avoid; }
}
`;
