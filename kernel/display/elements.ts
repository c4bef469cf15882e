// Elements of a document, for example those that Observable Plot draws with jsdom.
import type { MimeBundle } from "../run/messages.js";

interface ElementLike {
  readonly nodeType: number;
  readonly localName?: unknown;
  readonly outerHTML: string;
}

export function isElement(value: unknown): value is ElementLike {
  if (typeof value !== "object" || value === null) return false;
  const { nodeType, outerHTML } = value as Partial<ElementLike>;
  return nodeType === 1 && typeof outerHTML === "string";
}

/** HTML, and for an `<svg>` also a drawing that stands alone. */
export function elementBundle(element: ElementLike): MimeBundle {
  const name = typeof element.localName === "string" ? element.localName : "element";
  const html = element.outerHTML;
  const bundle: MimeBundle = { "text/plain": `<${name}>`, "text/html": html };
  if (name === "svg") bundle["image/svg+xml"] = standaloneSvg(html);
  return bundle;
}

/** Inside HTML an `<svg>` needs no namespace; as a file of its own it does. */
export function standaloneSvg(svg: string): string {
  const tag = /^\s*<svg\b[^>]*>/.exec(svg)?.[0];
  if (tag === undefined || /\sxmlns=/.test(tag)) return svg;
  return svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"');
}
