// Several outputs as one: what a function printed, showed and returned becomes one bundle, which can be changed in place.
import type { CellError, MimeBundle } from "../run/messages.js";
import type { CapturedFrame } from "./capture.js";

export type Piece =
  | { readonly kind: "text"; readonly name: "stdout" | "stderr"; text: string }
  | {
      readonly kind: "bundle";
      bundle: MimeBundle;
      metadata: Record<string, unknown>;
      readonly id?: string;
    }
  | { readonly kind: "error"; readonly error: CellError };

/**
 * Adds one frame to the pieces, as a notebook would show it.
 *
 * @returns false for an update of a display that is not among the pieces
 */
export function addFrame(pieces: Piece[], frame: CapturedFrame): boolean {
  switch (frame.t) {
    case "clear":
      pieces.length = 0;
      return true;
    case "stream": {
      const last = pieces.at(-1);
      if (last?.kind === "text" && last.name === frame.name) last.text += frame.text;
      else pieces.push({ kind: "text", name: frame.name, text: frame.text });
      return true;
    }
    case "display": {
      const { bundle, metadata, id } = frame;
      pieces.push({ kind: "bundle", bundle, metadata, ...(id !== undefined && { id }) });
      return true;
    }
    case "update": {
      const shown = pieces.filter((piece) => piece.kind === "bundle" && piece.id === frame.id);
      for (const piece of shown) Object.assign(piece, { bundle: frame.bundle, metadata: frame.metadata });
      return shown.length > 0;
    }
  }
}

export interface Composed {
  readonly bundle: MimeBundle;
  readonly metadata: Record<string, unknown>;
}

/** One piece stays what it is; several become HTML, one below the other. `text/plain` is always there. */
export function compose(pieces: readonly Piece[]): Composed {
  const [only] = pieces;
  if (only === undefined) return { bundle: { "text/plain": "" }, metadata: {} };
  if (pieces.length === 1 && only.kind === "bundle") return { bundle: only.bundle, metadata: only.metadata };
  if (pieces.length === 1 && only.kind === "text" && only.name === "stdout")
    return { bundle: { "text/plain": only.text.trimEnd() }, metadata: {} };
  return {
    bundle: {
      "text/html": pieces.map(htmlOf).join("\n"),
      "text/plain": pieces.map((piece) => textOf(piece).trimEnd()).join("\n"),
    },
    metadata: {},
  };
}

function textOf(piece: Piece): string {
  if (piece.kind === "text") return piece.text;
  if (piece.kind === "error") return piece.error.traceback.join("\n");
  return String(piece.bundle["text/plain"] ?? "");
}

/** Colors that can be read on a light and on a dark page. */
const ERROR = "border-left: 3px solid #c62828; padding-left: 0.7em; white-space: pre-wrap";
const STDERR = "border-left: 3px solid #b26a00; padding-left: 0.7em";

function htmlOf(piece: Piece): string {
  if (piece.kind === "error") return pre(textOf(piece), ` style="${ERROR}"`);
  if (piece.kind === "text") return pre(piece.text, piece.name === "stderr" ? ` style="${STDERR}"` : "");
  const { bundle } = piece;
  for (const type of ["text/html", "image/svg+xml"])
    if (typeof bundle[type] === "string") return `<div>${bundle[type]}</div>`;
  for (const type of ["image/png", "image/jpeg", "image/gif"])
    if (typeof bundle[type] === "string")
      return `<div><img src="data:${type};base64,${bundle[type]}" alt="${escapeHtml(textOf(piece))}"></div>`;
  return pre(textOf(piece), "");
}

const pre = (text: string, attributes: string): string =>
  `<pre${attributes}>${escapeHtml(text.replace(/\n$/, ""))}</pre>`;

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
