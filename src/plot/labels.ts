// Names written on the marks, so that nobody has to look them up in a legend.

import type { ChartPanel } from "./chart.js";
import { element, text, textWidth } from "./svg.js";
import { fontSize, ink, textColor } from "./theme.js";

/**
 * Moves positions apart until neighbors are at least `gap` away from each other, as little as possible and within
 * [low, high] while there is room: groups that collide become one group around their mean (pool adjacent violators).
 */
export function spread(positions: readonly number[], gap: number, low: number, high: number): number[] {
  const order = positions.map((_, i) => i).sort((a, b) => positions[a]! - positions[b]!);
  interface Block {
    members: number[];
    start: number;
  }
  const place = (members: number[]): number => {
    const mean = members.reduce((sum, i, k) => sum + positions[i]! - k * gap, 0) / members.length;
    return Math.max(low, Math.min(high - (members.length - 1) * gap, mean));
  };
  const blocks: Block[] = [];
  for (const i of order) {
    let block: Block = { members: [i], start: place([i]) };
    for (;;) {
      const before = blocks.at(-1);
      if (!before || before.start + before.members.length * gap <= block.start + 1e-9) break;
      blocks.pop();
      const members = [...before.members, ...block.members];
      block = { members, start: place(members) };
    }
    blocks.push(block);
  }
  const moved = [...positions];
  for (const { members, start } of blocks) for (const [k, i] of members.entries()) moved[i] = start + k * gap;
  return moved;
}

export interface EndLabel {
  readonly label: string;
  /** Pixel position of the end of the line. */
  readonly x: number;
  readonly y: number;
  readonly color: string;
  readonly bold?: boolean;
}

/** Room in pixels that end labels need right of the plotting area. */
export function endLabelMargin(labels: readonly string[]): number {
  return 14 + Math.max(0, ...labels.map((label) => textWidth(label)));
}

/** Labels right of the plotting area, each at the height of its line's end, with a thin leader when it had to move. */
export function endLabels(panel: ChartPanel, labels: readonly EndLabel[]): string {
  const gap = fontSize.label + 3;
  const y = spread(
    labels.map((label) => label.y),
    gap,
    panel.top + 4,
    panel.bottom - 4,
  );
  return labels
    .map(({ label, x, y: wanted, color, bold = false }, i) => {
      const moved = Math.abs(y[i]! - wanted) > 3 || panel.right - x > 6;
      const leader = moved
        ? element("path", {
            d: `M${Math.round(x + 2)},${Math.round(wanted)}L${panel.right + 8},${Math.round(y[i]!)}`,
            stroke: color,
            "stroke-width": 0.75,
            "stroke-opacity": 0.5,
            fill: "none",
          })
        : "";
      return leader + text(panel.right + 10, y[i]!, label, { fill: textColor(color), bold });
    })
    .join("");
}

export interface LegendItem {
  readonly label: string;
  readonly color: string;
  readonly mark?: "line" | "dot" | "box" | "ring" | "square" | "triangle" | "diamond" | "cross";
  readonly dash?: string | undefined;
  readonly opacity?: number;
}

/** Outlines of the marks that are neither line, circle nor box, around (0, 0). */
const shapes: Readonly<Record<string, string>> = {
  square: "M-3.6,-3.6h7.2v7.2h-7.2z",
  triangle: "M0,-4.6L4.4,3.4H-4.4z",
  diamond: "M0,-5L4,0L0,5L-4,0z",
  cross: "M-4.4,-1.5h2.9v-2.9h3v2.9h2.9v3h-2.9v2.9h-3v-2.9h-2.9z",
};

/** A row of keys for what cannot be labeled in place; wraps at `width`. Returns the drawing and its height. */
export function legend(items: readonly LegendItem[], width: number): { content: string; height: number } {
  let x = 0;
  let row = 0;
  const drawn: string[] = [];
  for (const { label, color, mark = "line", dash, opacity } of items) {
    const size = 24 + textWidth(label) + 14;
    if (x > 0 && x + size > width) [x, row] = [0, row + 1];
    const y = row * 18 + 8;
    if (mark === "line")
      drawn.push(
        element("line", {
          x1: x,
          y1: y,
          x2: x + 18,
          y2: y,
          stroke: color,
          "stroke-width": 2.5,
          "stroke-dasharray": dash,
          "stroke-opacity": opacity,
        }),
      );
    if (mark === "dot")
      drawn.push(element("circle", { cx: x + 9, cy: y, r: 4, fill: color, "fill-opacity": opacity }));
    if (mark === "ring")
      drawn.push(
        element("circle", { cx: x + 9, cy: y, r: 4, fill: "none", stroke: color, "stroke-width": 1.5 }),
      );
    if (mark === "box")
      drawn.push(
        element("rect", {
          x: x + 3,
          y: y - 6,
          width: 12,
          height: 12,
          fill: color,
          "fill-opacity": opacity,
          stroke: ink.line,
          "stroke-width": 0.5,
        }),
      );
    const shape = shapes[mark];
    if (shape) drawn.push(element("path", { d: shape, transform: `translate(${x + 9},${y})`, fill: color }));
    drawn.push(text(x + 23, y, label, { fill: ink.text }));
    x += size;
  }
  return { content: drawn.join(""), height: (row + 1) * 18 };
}
