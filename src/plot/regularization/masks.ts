import { checkNumber, errorText, ShapeError } from "../../errors.js";
import { chart, loadPlot, type Panel, paddedDomain } from "../chart.js";
import { Figure } from "../figure.js";
import { type FigureOptions, frame, type NumberArray, readOptions, toMatrix, toVector } from "../input.js";
import { type Cell, page } from "../layout.js";
import { plainNumber } from "../numbers.js";
import { element, text } from "../svg.js";
import { ink, roles } from "../theme.js";

export interface MasksData {
  /** 0 where a unit was dropped, shape `[samples, units]`. */
  readonly masks: NumberArray;
  /** Mean activation of each unit in training (over many masks), `[units]`. */
  readonly trainMean?: NumberArray | undefined;
  /** Activation of each unit in evaluation, `[units]`. */
  readonly evalMean?: NumberArray | undefined;
}

export interface MasksOptions extends FigureOptions {
  /** The probability of dropping; drawn beside the measured share. */
  readonly p?: number | undefined;
}

/**
 * Dropout masks as a stack: a row for each sample, a column for each unit, dark where the unit was kept. Beside it the
 * mean activations in training against those in evaluation: on the diagonal, because training divides by 1 − p.
 *
 * @throws {ShapeError} when the means do not have a value for each unit
 * @see Srivastava et al. 2014
 * @example
 * plot.masks({ masks: [[0, 2], [2, 2]] }).svg.includes("dropped 25 %") // true
 */
export function masks(data: MasksData, options: MasksOptions = {}): Figure<MasksData> {
  const settings = readOptions("masks", options, { ...frame, p: undefined as number | undefined });
  if (settings.p !== undefined) checkNumber("masks", "p", settings.p, { min: 0, below: 1 });
  return new Figure("masks", data, (current) => {
    const { title, width, p } = settings;
    const matrix = toMatrix("masks", "masks", current.masks);
    const hasMeans = current.trainMean !== undefined && current.evalMean !== undefined;
    if ((current.trainMean === undefined) !== (current.evalMean === undefined))
      throw new TypeError(errorText("masks", "trainMean and evalMean must be given together, got only one"));
    const dropped = matrix.flat().filter((value) => value === 0).length / matrix.flat().length;
    const room = hasMeans ? (width - 20 - 24) * 0.6 : width - 20;
    const row: Cell[] = [
      { title: "Masks", note: "dark: kept, orange: dropped", panel: maskPanel(matrix, room) },
    ];
    if (hasMeans) {
      const units = matrix[0]!.length;
      const [train, evaluation] = [current.trainMean, current.evalMean].map((value, i) => {
        const list = toVector("masks", i === 0 ? "trainMean" : "evalMean", value);
        if (list.length !== units)
          throw new ShapeError(
            errorText(
              "masks",
              `${i === 0 ? "trainMean" : "evalMean"} must have one value for each unit (${units}), got ${list.length}`,
            ),
          );
        return list;
      }) as [number[], number[]];
      const domain = paddedDomain([...train, ...evaluation], 0.06);
      const Plot = loadPlot();
      const size = width - 20 - 24 - room;
      const panel = chart({
        width: size,
        height: 230,
        marginLeft: 40,
        x: { label: "mean in training", domain },
        y: { label: "in evaluation", domain },
        marks: [
          Plot.line(
            [domain, domain].map((_, i) => [domain[i]!, domain[i]!] as [number, number]),
            { x: "0", y: "1", stroke: ink.line, strokeDasharray: "4,3" },
          ),
          Plot.dot(
            train.map((value, i) => [value, evaluation[i]!] as [number, number]),
            { x: "0", y: "1", fill: roles.train, r: 3 },
          ),
        ],
      });
      row.push({ title: "Mean activations", note: "one dot for each unit", panel });
    }
    const measured = `dropped ${plainNumber(100 * dropped, 3)} %${p === undefined ? "" : `, p = ${plainNumber(p)}`}`;
    return page({
      width,
      title,
      subtitle: settings.subtitle ?? measured,
      rows: [row],
      gap: 24,
      label: "Dropout masks",
    });
  });
}

function maskPanel(matrix: readonly number[][], width: number): Panel {
  const left = 18;
  const cell = Math.min(20, (width - left) / matrix[0]!.length);
  const height = Math.max(3, Math.min(cell, 190 / matrix.length));
  const gap = cell > 5 ? 1 : 0;
  const drawn = [
    text(left, 6, "units →", { size: 10.5, fill: ink.quiet }),
    text(7, 16 + (matrix.length * height) / 2, "samples →", {
      size: 10.5,
      fill: ink.quiet,
      rotate: 90,
      anchor: "middle",
    }),
  ];
  for (const [r, row] of matrix.entries())
    for (const [c, value] of row.entries())
      drawn.push(
        element("rect", {
          x: left + c * cell,
          y: 16 + r * height,
          width: cell - gap,
          height: height - Math.min(gap, height / 4),
          fill: value === 0 ? "#fbd9c4" : "#08519c",
        }),
      );
  return { width, height: 20 + matrix.length * height, content: drawn.join("") };
}
