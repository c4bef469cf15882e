import { checkChoice, checkNumber } from "../../errors.js";
import type { ChartPanel } from "../chart.js";
import { withOverlay } from "../chart.js";
import { Figure } from "../figure.js";
import { type FigureOptions, frame, namedEntries, readOptions } from "../input.js";
import { endLabelMargin, endLabels, type LegendItem } from "../labels.js";
import { type Cell, page } from "../layout.js";
import { ink, roles, seriesStyles, textColor } from "../theme.js";
import { type CurveInput, type FitBase, type FitCurve, fitPanel, readFitFrame } from "./fitPanel.js";

export interface FitsData extends FitBase {
  /** Fitted curves by name, at the curve positions; several rows of one curve are drawn thin with their mean on top. */
  readonly curves: Readonly<Record<string, CurveInput>>;
}

export interface FitsOptions extends FigureOptions {
  /** All curves over one set of dots, or a panel for each; default "overlay" up to three curves of one row. */
  readonly layout?: "overlay" | "panels" | undefined;
  /** Panels in a row; default as many as there are, at most 3. */
  readonly columns?: number | undefined;
  /** A quiet line under a curve's name, by name: its error, its degree. */
  readonly notes?: Readonly<Record<string, string>> | undefined;
  readonly xLabel?: string | undefined;
  readonly yLabel?: string | undefined;
  /** Range of y; default that of dots and truth. Curves that leave it are cut. */
  readonly yDomain?: readonly [number, number] | undefined;
  /** Pixels of one panel; default 300 for "overlay", 180 for "panels". */
  readonly height?: number | undefined;
}

/**
 * A regression as one sees it: sample dots, the dashed truth, and the fitted curves, overlaid or as small multiples.
 * The axes follow dots and truth; a curve that runs away leaves the picture.
 *
 * @param data.x positions of the dots, shape `[n]` or `[n, 1]`
 * @param data.y values of the dots
 * @param data.curveX positions of curves and truth; default `data.x`
 * @param data.truth values without noise, or a function of x
 * @param data.curves values at the curve positions, `[m]`, several fits `[rows, m]`, or a function of x
 * @throws {ShapeError} when a curve has another length than the positions
 * @example
 * plot.fits({ x: [0, 1, 2], y: [0, 1, 4], curves: { square: (x) => x * x } }).size.width // 640
 */
export function fits(data: FitsData, options: FitsOptions = {}): Figure<FitsData> {
  const settings = readOptions("fits", options, {
    ...frame,
    layout: undefined as "overlay" | "panels" | undefined,
    columns: undefined as number | undefined,
    notes: {} as Readonly<Record<string, string>>,
    xLabel: "x",
    yLabel: "y",
    yDomain: undefined as readonly [number, number] | undefined,
    height: undefined as number | undefined,
  });
  if (settings.layout !== undefined) checkChoice("fits", "layout", settings.layout, ["overlay", "panels"]);
  if (settings.columns !== undefined)
    checkNumber("fits", "columns", settings.columns, { integer: true, min: 1, max: 8 });
  const { title, subtitle, width, notes, xLabel, yLabel } = settings;
  return new Figure("fits", data, (current) => {
    const read = readFitFrame("fits", current);
    const fit = settings.yDomain === undefined ? read : { ...read, yDomain: settings.yDomain };
    const entries = namedEntries("fits", "curves", current.curves).map(([name, curve]) => ({
      name,
      curve: fit.read(`curves.${name}`, curve),
    }));
    const styles = seriesStyles(entries.map(({ name }) => name));
    const simple = entries.length <= 3 && entries.every(({ curve }) => curve.rows.length === 1);
    const layout = settings.layout ?? (simple ? "overlay" : "panels");
    const keys: LegendItem[] = [
      { label: `data (${fit.dots.length} points)`, color: roles.data, mark: "dot" },
    ];
    if (fit.truth) keys.push({ label: "truth", color: roles.truth, dash: "4,3" });
    const many = entries.find(({ curve }) => curve.rows.length > 1);
    if (many)
      keys.push(
        { label: `${many.curve.rows.length} fits`, color: ink.quiet, opacity: 0.35 },
        { label: "their mean", color: ink.quiet },
      );
    const label = `Fitted curves ${entries.map(({ name }) => name).join(", ")} over ${fit.dots.length} points`;
    const sheet = { width, title, subtitle, legend: keys, label };
    if (layout === "overlay") {
      const panel = fitPanel(
        fit,
        entries.map(({ curve }, i) => ({ curve, style: styles[i]! })),
        {
          width: width - 20,
          height: settings.height ?? 300,
          xLabel,
          yLabel,
          marginRight: endLabelMargin(entries.map(({ name }) => name)),
        },
      );
      const ends = entries.map(({ name, curve }, i) => ({
        label: name,
        color: styles[i]!.color,
        ...endOf(panel, curve),
      }));
      return page({ ...sheet, rows: [[{ panel: withOverlay(panel, endLabels(panel, ends)) }]] });
    }
    const columns = Math.min(settings.columns ?? 3, entries.length);
    const panelWidth = (width - 20 - 12 * (columns - 1)) / columns;
    const cells = entries.map(
      ({ name, curve }, i): Cell => ({
        title: name,
        titleColor: textColor(styles[i]!.color),
        note: notes[name],
        panel: fitPanel(fit, [{ curve, style: styles[i]! }], {
          width: panelWidth,
          height: settings.height ?? 180,
          xLabel,
          marginTop: 28,
          yLabel: i % columns === 0 ? yLabel : "",
        }),
      }),
    );
    const rows = Array.from({ length: Math.ceil(cells.length / columns) }, (_, r) =>
      cells.slice(r * columns, (r + 1) * columns),
    );
    return page({ ...sheet, rows });
  });
}

function endOf(panel: ChartPanel, curve: FitCurve): { x: number; y: number } {
  const value = curve.rows[0]!.at(-1)!;
  const y = Number.isFinite(value) ? panel.y(value) : panel.bottom;
  return { x: panel.right, y: Math.max(panel.top, Math.min(panel.bottom, y)) };
}
