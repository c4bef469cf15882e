// Sizes and colors of all figures. Colors: Okabe and Ito 2008, "Color Universal Design", which people with any of the
// common color deficiencies can tell apart. A name always has the same color, in every notebook.

export const fontFamily: string =
  "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif";
/** Font sizes in pixels. */
export const fontSize: {
  readonly title: number;
  readonly subtitle: number;
  readonly label: number;
  readonly tick: number;
} = {
  title: 15,
  subtitle: 12,
  label: 11.5,
  tick: 11,
};

/** Paper, ink and the grays between. The paper is drawn, so that a figure is readable in a dark notebook too. */
export const ink: {
  readonly paper: string;
  readonly text: string;
  readonly quiet: string;
  readonly line: string;
  readonly faint: string;
} = { paper: "#ffffff", text: "#1f2328", quiet: "#59636e", line: "#8c959f", faint: "#e4e7eb" };

/** The categorical order for names that have no color of their own; yellow is left out: too light on paper. */
export const palette: readonly string[] = [
  "#0072B2", // blue
  "#D55E00", // vermillion
  "#009E73", // bluish green
  "#CC79A7", // reddish purple
  "#E69F00", // orange
  "#56B4E9", // sky blue
  "#7A5195", // violet
  "#5B5B5B", // gray
];

/** Line color and dash pattern (pixels on, pixels off; none = solid) of one series. */
export interface SeriesStyle {
  readonly color: string;
  readonly dash?: string;
}

/** Data splits and parts of a picture that recur. */
export const roles: {
  readonly train: string;
  readonly validation: string;
  readonly test: string;
  readonly truth: string;
  readonly data: string;
  readonly unused: string;
  readonly highlight: string;
  readonly positive: string;
  readonly negative: string;
} = {
  train: "#0072B2",
  validation: "#E69F00",
  test: "#D55E00",
  truth: "#1f2328",
  data: "#8c959f",
  unused: "#e4e7eb",
  highlight: "#D55E00",
  positive: "#D55E00",
  negative: "#0072B2",
};

/**
 * Solid: the classical methods. Dashed: variants of one of them. No two optimizers share a color, because the dots of a path hide its
 * dashes; the colors beyond Okabe and Ito's were searched for the largest distance to all others as people with and without a color
 * deficiency see them.
 */
const named: ReadonlyMap<string, SeriesStyle> = new Map<string, SeriesStyle>([
  ["sgd", { color: "#0072B2" }],
  ["momentum", { color: "#E69F00" }],
  ["sgdmomentum", { color: "#E69F00" }],
  ["sgdwithmomentum", { color: "#E69F00" }],
  ["heavyball", { color: "#E69F00" }],
  ["nesterov", { color: "#772200", dash: "6,3" }],
  ["nag", { color: "#772200", dash: "6,3" }],
  ["naglookahead", { color: "#772200", dash: "2,3" }],
  ["adagrad", { color: "#009E73" }],
  ["adadelta", { color: "#56B4E9" }],
  ["rmsprop", { color: "#CC79A7" }],
  ["adam", { color: "#D55E00" }],
  ["amsgrad", { color: "#440055", dash: "2,3" }],
  ["adamax", { color: "#440088", dash: "9,3" }],
  ["nadam", { color: "#6600EE", dash: "6,3" }],
  ["adamw", { color: "#7A5195" }],
  ["radam", { color: "#5B5B5B" }],
  ["adamp", { color: "#9977FF", dash: "6,3" }],
  ["sgdp", { color: "#BBAA55", dash: "6,3" }],
  ["train", { color: roles.train }],
  ["training", { color: roles.train }],
  ["validation", { color: roles.validation }],
  ["test", { color: roles.test }],
  ["truth", { color: roles.truth }],
]);

/** The style of a series: fixed for names that the course uses everywhere, else by position. */
export function seriesStyle(name: string, index: number): SeriesStyle {
  const key = name.toLowerCase().replace(/[^a-z0-9]/g, "");
  return (
    named.get(key) ?? {
      color: palette[index % palette.length]!,
      ...(index >= palette.length && { dash: "6,3" }),
    }
  );
}

/** Styles for several series, so that no two look alike: a color already taken by a fixed name is not given again. */
export function seriesStyles(names: readonly string[]): SeriesStyle[] {
  const fixed = names.map((name) => named.get(name.toLowerCase().replace(/[^a-z0-9]/g, "")));
  const taken = new Set(fixed.flatMap((style) => (style ? [style.color] : [])));
  const free = palette.filter((color) => !taken.has(color));
  let next = 0;
  return fixed.map((style) => {
    if (style) return style;
    const at = next++;
    if (at < free.length) return { color: free[at]! };
    return { color: palette[at % palette.length]!, dash: at % 2 === 0 ? "6,3" : "2,3" };
  });
}

/** Red, green and blue of `#rrggbb`, each 0 to 255. */
export function channels(color: string): [number, number, number] {
  return [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16)) as [number, number, number];
}

/** Relative luminance of `#rrggbb`, 0 (black) to 1 (white): WCAG 2.2. */
export function luminance(color: string): number {
  const [r, g, b] = channels(color).map((value) => {
    const v = value / 255;
    return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** The color, darkened until text in it has a contrast of 4.5 : 1 on white (WCAG 2.2, level AA). */
export function textColor(color: string): string {
  let [r, g, b] = channels(color);
  for (;;) {
    const hex = `#${[r, g, b].map((v) => Math.round(v).toString(16).padStart(2, "0")).join("")}`;
    if (1.05 / (luminance(hex) + 0.05) >= 4.5) return hex;
    [r, g, b] = [r * 0.95, g * 0.95, b * 0.95];
  }
}

/** Black or white, whichever is readable on the color. */
export function textOn(color: string): string {
  return luminance(color) > 0.3 ? ink.text : ink.paper;
}
