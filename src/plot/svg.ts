// SVG as strings: for the diagrams that are not charts, and for titles around charts.

import { fontFamily, fontSize, ink } from "./theme.js";

type Attributes = Readonly<Record<string, string | number | undefined>>;

/** Text safe inside an element or a quoted attribute. */
export function escapeXml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** At most two decimals: a hundredth of a pixel cannot be seen, and pictures stay equal between machines. */
export function round(value: number): number {
  return Math.round(value * 100) / 100 + 0;
}

/** `<name key="value">children</name>`; undefined attributes are left out, numbers are rounded. */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === "number" ? round(value) : escapeXml(value!)}"`)
    .join("");
  return children.length === 0 ? `<${name}${written}/>` : `<${name}${written}>${children.join("")}</${name}>`;
}

export function group(attributes: Attributes, ...children: readonly string[]): string {
  return element("g", attributes, children.join(""));
}

/** Moves a drawing. */
export function at(x: number, y: number, ...children: readonly string[]): string {
  return group({ transform: `translate(${round(x)},${round(y)})` }, ...children);
}

export interface TextOptions {
  readonly size?: number;
  readonly fill?: string;
  readonly anchor?: "start" | "middle" | "end";
  readonly bold?: boolean;
  readonly italic?: boolean;
  /** Degrees clockwise around (x, y). */
  readonly rotate?: number;
  /** Drawn under the letters, to keep them readable over lines. */
  readonly halo?: string;
  /** "middle": y is the middle of the letters; "baseline": their foot. Default "middle". */
  readonly align?: "middle" | "baseline";
}

/** One line of text. */
export function text(x: number, y: number, content: string, options: TextOptions = {}): string {
  const {
    size = fontSize.label,
    fill = ink.text,
    anchor = "start",
    bold,
    italic,
    rotate,
    halo,
    align = "middle",
  } = options;
  const attributes = {
    x,
    y: align === "middle" ? y + size * 0.35 : y,
    "font-size": size,
    fill,
    "text-anchor": anchor,
    "font-weight": bold ? "600" : undefined,
    "font-style": italic ? "italic" : undefined,
    transform: rotate === undefined ? undefined : `rotate(${round(rotate)},${round(x)},${round(y)})`,
  };
  const drawn = element("text", attributes, escapeXml(content));
  if (halo === undefined) return drawn;
  // Two elements instead of paint-order, which not every renderer knows.
  const under = element(
    "text",
    {
      ...attributes,
      fill: halo,
      stroke: halo,
      "stroke-width": 3,
      "stroke-linejoin": "round",
      "aria-hidden": "true",
    },
    escapeXml(content),
  );
  return under + drawn;
}

/** A line with a head at its end. */
export function arrow(
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  options: { stroke?: string; width?: number; head?: number; dash?: string } = {},
): string {
  const { stroke = ink.quiet, width = 1.5, head = 6, dash } = options;
  const angle = Math.atan2(y2 - y1, x2 - x1);
  const back = (turn: number): string =>
    `${round(x2 - head * Math.cos(angle + turn))},${round(y2 - head * Math.sin(angle + turn))}`;
  const stop = { x: x2 - 0.7 * head * Math.cos(angle), y: y2 - 0.7 * head * Math.sin(angle) };
  return (
    element("line", {
      x1,
      y1,
      x2: stop.x,
      y2: stop.y,
      stroke,
      "stroke-width": width,
      "stroke-dasharray": dash,
    }) +
    element("polygon", { points: `${round(x2)},${round(y2)} ${back(0.45)} ${back(-0.45)}`, fill: stroke })
  );
}

/** Width in pixels of a line of text, from average letter widths of common sans-serif fonts; some 5 % on the wide side. */
export function textWidth(content: string, size: number = fontSize.label): number {
  let em = 0;
  for (const letter of content) {
    if (/[iljtfrI.,:;'|!()[\] ·]/.test(letter)) em += 0.36;
    else if (/[mwMW@%→✕]/.test(letter)) em += 0.92;
    else if (/[A-Z+=<>±−×÷≤≥]/.test(letter)) em += 0.7;
    else if (/[⁰¹²³⁴⁵⁶⁷⁸⁹⁻₀₁₂₃₄₅₆₇₈₉]/.test(letter)) em += 0.42;
    else if (letter.codePointAt(0)! > 0x2e7f) em += 1;
    else em += 0.6;
  }
  return em * size;
}

/** Breaks text into lines of at most `width` pixels, at spaces. */
export function wrap(content: string, width: number, size: number): string[] {
  const lines: string[] = [];
  for (const paragraph of content.split("\n")) {
    let line = "";
    for (const word of paragraph.split(" ")) {
      const longer = line === "" ? word : `${line} ${word}`;
      if (line !== "" && textWidth(longer, size) > width) {
        lines.push(line);
        line = word;
      } else line = longer;
    }
    lines.push(line);
  }
  return lines;
}

/** Wraps drawings into a document of their own: fonts, paper, a name for screen readers. */
export function svgDocument(width: number, height: number, label: string, content: string): string {
  return element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      width,
      height,
      viewBox: `0 0 ${round(width)} ${round(height)}`,
      role: "img",
      "aria-label": label,
      "font-family": fontFamily,
      "font-size": fontSize.label,
      fill: ink.text,
      style: "max-width:100%;height:auto",
    },
    element("title", {}, escapeXml(label)),
    element("rect", { width, height, fill: ink.paper }),
    content,
  );
}
