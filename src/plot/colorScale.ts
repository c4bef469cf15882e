// Numbers to colors. The schemes are those of Observable Plot; all three stay ordered for people who see no red or green.

import { loadPlot } from "./chart.js";

/**
 * "gray": black to white, for images. "sequential": dark to light, for values. "amount": white to blue, where 0 is nothing.
 * "diverging": blue, white, red around 0.
 */
export type ColorKind = "gray" | "sequential" | "amount" | "diverging";

/** All kinds, for checking an option. */
export const colorKinds: readonly ColorKind[] = ["gray", "sequential", "amount", "diverging"];

/** Red, green, blue, each 0 to 255. */
export type Rgb = readonly [number, number, number];

export interface ColorScale {
  readonly kind: ColorKind;
  readonly domain: readonly [number, number];
  readonly rgb: (value: number) => Rgb;
  readonly hex: (value: number) => string;
}

const schemes: Readonly<Record<ColorKind, { scheme: string; reverse: boolean }>> = {
  gray: { scheme: "greys", reverse: true },
  sequential: { scheme: "viridis", reverse: false },
  amount: { scheme: "blues", reverse: false },
  diverging: { scheme: "rdbu", reverse: true },
};
const tables = new Map<ColorKind, Rgb[]>();
/** Values that are not finite: a color no scheme has. */
const missing: Rgb = [255, 0, 200];

/** 256 colors of a scheme. */
function table(kind: ColorKind): Rgb[] {
  const known = tables.get(kind);
  if (known) return known;
  let made: Rgb[];
  if (kind === "gray") made = Array.from({ length: 256 }, (_, i): Rgb => [i, i, i]);
  else {
    const { scheme, reverse } = schemes[kind];
    const scale = loadPlot().scale({
      color: { type: "linear", scheme: scheme as "viridis", reverse, domain: [0, 255] },
    });
    made = Array.from({ length: 256 }, (_, i) => parseColor(String(scale.apply(i))));
  }
  tables.set(kind, made);
  return made;
}

/** `#rrggbb` or `rgb(r, g, b)`. */
function parseColor(color: string): Rgb {
  const numbers = color.startsWith("#")
    ? [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16))
    : (color.match(/\d+/g) ?? []).map(Number);
  return [numbers[0]!, numbers[1]!, numbers[2]!];
}

/** Colors over [low, high]; "diverging" is centered: its domain becomes [−m, m] with m the larger of |low| and |high|. */
export function colorScale(kind: ColorKind, low: number, high: number): ColorScale {
  const size = Math.max(Math.abs(low), Math.abs(high)) || 1;
  const domain: [number, number] =
    kind === "diverging" ? [-size, size] : low === high ? [low, low + 1] : [low, high];
  const colors = table(kind);
  const rgb = (value: number): Rgb => {
    if (!Number.isFinite(value)) return missing;
    const t = (value - domain[0]) / (domain[1] - domain[0]);
    return colors[Math.max(0, Math.min(255, Math.round(t * 255)))]!;
  };
  return { kind, domain, rgb, hex: (value) => toHex(rgb(value)) };
}

export function toHex(rgb: Rgb): string {
  return `#${rgb.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}
