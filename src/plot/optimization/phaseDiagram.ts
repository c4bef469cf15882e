import { checkNumber } from "../../errors.js";
import { type ChartPanel, chart, loadPlot, withOverlay } from "../chart.js";
import type { Rgb } from "../colorScale.js";
import { Figure } from "../figure.js";
import { type FigureOptions, frame, readOptions } from "../input.js";
import { type Cell, page } from "../layout.js";
import { plainNumber } from "../numbers.js";
import { raster } from "../raster.js";
import { element, text } from "../svg.js";
import { ink, palette, roles, textColor } from "../theme.js";

/** A setting of gradient descent with momentum on ½λw²: learning rate times curvature, and momentum. */
export interface PhasePoint {
  /** η·λ, no unit. */
  readonly etaLambda: number;
  /** β, in [0, 1). */
  readonly beta: number;
}

export interface PhaseDiagramOptions extends FigureOptions {
  /** Largest η·λ drawn; default 4.4. */
  readonly maxEtaLambda?: number | undefined;
  /** Steps of the responses; default 40. */
  readonly steps?: number | undefined;
}

/** How w moves: the kind of the two roots z of z² − (1 + β − ηλ)z + β, and the larger of their sizes. */
export function momentumPhase(
  etaLambda: number,
  beta: number,
): { radius: number; kind: "monotone" | "ripples" | "alternates" | "diverges" } {
  const sum = 1 + beta - etaLambda;
  const discriminant = sum * sum - 4 * beta;
  const radius = discriminant < 0 ? Math.sqrt(beta) : (Math.abs(sum) + Math.sqrt(discriminant)) / 2;
  if (radius >= 1) return { radius, kind: "diverges" };
  return { radius, kind: discriminant < 0 ? "ripples" : sum >= 0 ? "monotone" : "alternates" };
}

const light: Readonly<Record<ReturnType<typeof momentumPhase>["kind"], Rgb>> = {
  monotone: [0, 158, 115],
  ripples: [86, 180, 233],
  alternates: [230, 159, 0],
  diverges: [213, 94, 0],
};

/**
 * Gradient descent with momentum on a parabola, all settings at once: the color says how w approaches 0, the shade how
 * fast (dark is fast). Below, the response from w = 1 at the marked settings.
 *
 * `v ← βv + λw`, `w ← w − ηv` (PyTorch's form) converges exactly for 0 < ηλ < 2 + 2β.
 *
 * @param points settings to mark, by name; default one each that is monotone, ripples and diverges
 * @throws {RangeError} for β outside [0, 1) or η·λ ≤ 0
 * @see Goh 2017, "Why Momentum Really Works", Distill
 * @example
 * plot.phaseDiagram({ here: { etaLambda: 0.5, beta: 0.5 } }).size.width // 640
 */
export function phaseDiagram(
  points: Readonly<Record<string, PhasePoint>> = {
    slow: { etaLambda: 0.1, beta: 0.1 },
    good: { etaLambda: 0.6, beta: 0.25 },
    ripples: { etaLambda: 1.2, beta: 0.85 },
    diverges: { etaLambda: 2.9, beta: 0.35 },
  },
  options: PhaseDiagramOptions = {},
): Figure<Readonly<Record<string, PhasePoint>>> {
  const settings = readOptions("phaseDiagram", options, { ...frame, maxEtaLambda: 4.4, steps: 40 });
  checkNumber("phaseDiagram", "maxEtaLambda", settings.maxEtaLambda, { above: 0, max: 100 });
  checkNumber("phaseDiagram", "steps", settings.steps, { integer: true, min: 2, max: 1000 });
  return new Figure("phaseDiagram", points, (current) => {
    const { title, subtitle, width, maxEtaLambda, steps } = settings;
    const marked = Object.entries(current);
    for (const [name, { etaLambda, beta }] of marked) {
      checkNumber("phaseDiagram", `${name}.etaLambda`, etaLambda, { above: 0 });
      checkNumber("phaseDiagram", `${name}.beta`, beta, { min: 0, below: 1 });
    }
    const diagram = mapPanel(marked, width - 20, maxEtaLambda);
    const columns = Math.min(4, Math.max(1, marked.length));
    const size = (width - 20 - 12 * (columns - 1)) / columns;
    const cells = marked.map(([name, point], i): Cell => {
      const { radius, kind } = momentumPhase(point.etaLambda, point.beta);
      return {
        title: `${i + 1} ${name}`,
        note: `${kind}, ρ = ${plainNumber(radius, 3)}`,
        titleColor: textColor(palette[i % palette.length]!),
        panel: responsePanel(point, steps, size, palette[i % palette.length]!, i === 0),
      };
    });
    const rows: Cell[][] = [[{ panel: diagram }]];
    for (let r = 0; r < cells.length; r += columns) rows.push(cells.slice(r, r + columns));
    const legend = (Object.keys(light) as (keyof typeof light)[]).map((kind) => ({
      label: kind,
      color: `rgb(${light[kind].join(",")})`,
      mark: "box" as const,
      opacity: 0.6,
    }));
    return page({
      width,
      title,
      subtitle: subtitle ?? "Dark is fast: the error shrinks by the factor ρ each step.",
      legend,
      rows,
      label: "Phase diagram of momentum",
    });
  });
}

function mapPanel(marked: readonly [string, PhasePoint][], width: number, maxEtaLambda: number): ChartPanel {
  const panel = chart({
    width,
    height: 280,
    marginRight: 90,
    x: { label: "learning rate × curvature, ηλ", domain: [0, maxEtaLambda], grid: false },
    y: { label: "momentum β", domain: [0, 1], grid: false },
    marks: [],
  });
  const [columns, rows] = [240, 120];
  const color = (row: number, column: number): Rgb => {
    const { radius, kind } = momentumPhase(((column + 0.5) / columns) * maxEtaLambda, 1 - (row + 0.5) / rows);
    const strength = kind === "diverges" ? 0.3 : 0.12 + 0.75 * (1 - radius) ** 0.7;
    return light[kind].map((part) => Math.round(255 + (part - 255) * strength)) as unknown as Rgb;
  };
  const { left, right, top, bottom } = panel;
  const picture = raster(columns, rows, color, {
    x: left,
    y: top,
    width: right - left,
    height: bottom - top,
    label: "how fast w approaches 0",
    density: 1,
  });
  const edge = `M${panel.x(2).toFixed(1)},${panel.y(0).toFixed(1)}L${panel.x(Math.min(4, maxEtaLambda)).toFixed(1)},${panel.y(Math.min(4, maxEtaLambda) / 2 - 1).toFixed(1)}`;
  const over = [
    element("path", { d: edge, stroke: ink.text, "stroke-width": 1.5, fill: "none" }),
    maxEtaLambda >= 4 ? text(right + 6, panel.y(0.93), "ηλ = 2 + 2β", { fill: ink.text }) : "",
    ...marked.map(([, { etaLambda, beta }], i) => {
      const [x, y] = [panel.x(etaLambda), panel.y(beta)];
      return (
        element("circle", {
          cx: x,
          cy: y,
          r: 9,
          fill: ink.paper,
          stroke: palette[i % palette.length]!,
          "stroke-width": 2.5,
        }) + text(x, y, String(i + 1), { anchor: "middle", bold: true })
      );
    }),
  ];
  return withOverlay(panel, over.join(""), picture);
}

function responsePanel(
  { etaLambda, beta }: PhasePoint,
  steps: number,
  width: number,
  color: string,
  isFirst: boolean,
): ChartPanel {
  let w = 1;
  let v = 0;
  const path: [number, number][] = [[0, 1]];
  for (let t = 1; t <= steps; t++) {
    v = beta * v + etaLambda * w;
    w -= v;
    if (Math.abs(w) > 5) break;
    path.push([t, w]);
  }
  const Plot = loadPlot();
  return chart({
    width,
    height: 120,
    marginLeft: 30,
    marginTop: 22,
    x: { label: "step", domain: [0, steps], grid: false },
    y: { label: isFirst ? "w" : "", domain: [-1.6, 1.6], ticks: [-1, 0, 1] },
    marks: [
      Plot.line(
        path.map(([t, value]) => [t, Math.max(-9, Math.min(9, value))] as [number, number]),
        { x: "0", y: "1", stroke: color, strokeWidth: 1.5 },
      ),
      Plot.dot(path, { x: "0", y: "1", fill: color, r: 1.8 }),
      Plot.ruleY([0], { stroke: roles.data }),
    ],
  });
}
