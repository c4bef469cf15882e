// Terminal colors in text outputs and tracebacks (ECMA-48 "select graphic rendition") as HTML, and other escape sequences removed.

const colors = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];

// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with a control character
const sequences = /\u001b(?:\[([0-9;:]*)([@-~])|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\-_])/g;

/** `text` without terminal escape sequences. */
export function stripAnsi(text: string): string {
  return text.replace(sequences, "");
}

/** `text` escaped for HTML, its colors and weights as `<span class="ansi-…">`. */
export function ansiToHtml(text: string): string {
  let html = "";
  let end = 0;
  let style = new Set<string>();
  const add = (piece: string) => {
    if (piece === "") return;
    html +=
      style.size === 0
        ? escapeHtml(piece)
        : `<span class="${[...style].join(" ")}">${escapeHtml(piece)}</span>`;
  };
  for (const match of text.matchAll(sequences)) {
    add(text.slice(end, match.index));
    end = match.index + match[0].length;
    if (match[2] === "m") style = restyle(style, match[1] ?? "");
  }
  add(text.slice(end));
  return html;
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

function restyle(style: ReadonlySet<string>, parameters: string): Set<string> {
  const next = new Set(style);
  const setColor = (name: string | undefined) => {
    for (const color of colors) next.delete(`ansi-${color}`);
    if (name !== undefined) next.add(`ansi-${name}`);
  };
  for (const code of parameters.split(/[;:]/).map(Number)) {
    if (code === 0) next.clear();
    else if (code === 1) next.add("ansi-bold");
    else if (code === 3) next.add("ansi-italic");
    else if (code === 4) next.add("ansi-underline");
    else if (code === 22) next.delete("ansi-bold");
    else if (code === 23) next.delete("ansi-italic");
    else if (code === 24) next.delete("ansi-underline");
    else if (code >= 30 && code <= 37) setColor(colors[code - 30]);
    else if (code >= 90 && code <= 97) setColor(colors[code - 90]);
    else if (code === 39) setColor(undefined);
    else if (code === 38 || code === 48) break; // 256-color and true-color parameters follow: shown without color
  }
  return next;
}
