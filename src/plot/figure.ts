// A picture as a value: it shows itself in a notebook, becomes a PNG or a file, and can change in place.

import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { inspect } from "node:util";
import type * as CanvasNamespace from "@napi-rs/canvas";
import { checkNumber, errorText, showValue } from "../errors.js";

/** Representations of one value by MIME type, as Jupyter shows them. */
export type MimeBundle = Readonly<Record<string, string>>;

/** What a running cell offers through `globalThis[Symbol.for("Jupyter.output")]`. */
interface JupyterOutput {
  display(bundle: MimeBundle, options?: { displayId?: string }): void;
  update(displayId: string, bundle: MimeBundle): void;
}

/** What a notebook asks a value for: its representations by MIME type. */
export const displaySymbol: unique symbol = Symbol.for("Jupyter.display");
/** Characters of SVG above which a notebook gets a PNG instead: browsers become slow and notebook files large. */
const largeSvg = 600_000;
const require = createRequire(import.meta.url);
let figureCount = 0;

/** Identifiers inside one figure must not meet those of another on the same page: they carry a hash of the picture. */
function ownIdentifiers(svg: string): string {
  const found = [...new Set(svg.match(/plot-(?:clip|marker)-\d+/g) ?? [])];
  const plain = svg.replace(/plot-(?:clip|marker)-\d+/g, (id) => `id${found.indexOf(id)}`);
  if (found.length === 0) return plain;
  let hash = 0x811c9dc5; // FNV-1a, 32 bits
  for (let i = 0; i < plain.length; i++) hash = Math.imul(hash ^ plain.charCodeAt(i), 0x01000193) >>> 0;
  const prefix = `f${hash.toString(36)}`;
  return svg.replace(/plot-(?:clip|marker)-\d+/g, (id) => `${prefix}-${found.indexOf(id)}`);
}

/**
 * A picture made from data. In a notebook the last value of a cell shows itself; `update` redraws it in place.
 *
 * @example
 * plot.line([1, 4, 9]).svg.startsWith("<svg xmlns=") // true
 */
export class Figure<Data = unknown> {
  readonly #draw: (data: Data) => string;
  readonly #name: string;
  #svg: string;
  #displayId: string | undefined;

  /** @param draw makes a standalone SVG document from the data */
  constructor(name: string, data: Data, draw: (data: Data) => string) {
    this.#name = name;
    this.#draw = draw;
    this.#svg = ownIdentifiers(draw(data));
  }

  /** The picture as a standalone SVG document: no scripts, no external styles or fonts. */
  get svg(): string {
    return this.#svg;
  }

  /** Size in pixels at scale 1. */
  get size(): { readonly width: number; readonly height: number } {
    const found = /^<svg[^>]* width="([\d.]+)" height="([\d.]+)"/.exec(this.#svg);
    return { width: Number(found?.[1]), height: Number(found?.[2]) };
  }

  /**
   * Redraws with new data of the same form. In a notebook cell the first call shows the figure and each further call
   * changes it in place; outside a notebook only `svg` changes.
   */
  update(data: Data): void {
    this.#svg = ownIdentifiers(this.#draw(data));
    const output = (globalThis as Record<symbol, unknown>)[Symbol.for("Jupyter.output")] as
      | JupyterOutput
      | undefined;
    if (output === undefined) return;
    if (this.#displayId === undefined) {
      this.#displayId = `gradbook-figure-${process.pid}-${++figureCount}`;
      output.display(this.#bundle(), { displayId: this.#displayId });
    } else output.update(this.#displayId, this.#bundle());
  }

  /** The picture as PNG bytes, `scale` image pixels for a pixel (default 2, sharp on dense screens). */
  toPng(options: { readonly scale?: number } = {}): Uint8Array {
    const scale = checkNumber("Figure.toPng", "scale", options.scale ?? 2, { above: 0, max: 10 });
    const { createCanvas, Image } = require("@napi-rs/canvas") as typeof CanvasNamespace;
    const width = Math.round(this.size.width * scale);
    const height = Math.round(this.size.height * scale);
    const image = new Image();
    // The drawing is scaled before it is rasterized, so letters and lines stay sharp.
    image.src = Buffer.from(
      this.#svg.replace(/ width="[\d.]+" height="[\d.]+"/, ` width="${width}" height="${height}"`),
    );
    const canvas = createCanvas(width, height);
    canvas.getContext("2d").drawImage(image, 0, 0, width, height);
    return new Uint8Array(canvas.toBuffer("image/png"));
  }

  /** Writes an `.svg` or `.png` file. */
  save(path: string): void {
    if (path.endsWith(".svg")) writeFileSync(path, this.#svg);
    else if (path.endsWith(".png")) writeFileSync(path, this.toPng());
    else
      throw new RangeError(
        errorText("Figure.save", `the path must end in .svg or .png, got ${showValue(path)}`),
      );
  }

  toString(): string {
    const { width, height } = this.size;
    const title = /<title>([\s\S]*?)<\/title>/.exec(this.#svg)?.[1] ?? "";
    const plain = title
      .replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">")
      .replaceAll("&quot;", '"')
      .replaceAll("&amp;", "&");
    return `[${this.#name}: ${plain}, ${width} × ${height} pixels]`;
  }

  #bundle(): MimeBundle {
    const text = { "text/plain": this.toString() };
    if (this.#svg.length <= largeSvg) return { "image/svg+xml": this.#svg, ...text };
    return { "image/png": Buffer.from(this.toPng()).toString("base64"), ...text };
  }

  [displaySymbol](): MimeBundle {
    return this.#bundle();
  }
  [inspect.custom](): string {
    return this.toString();
  }
}
