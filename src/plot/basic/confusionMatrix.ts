import { errorText, ShapeError, showShape } from "../../errors.js";
import { colorScale } from "../colorScale.js";
import { Figure } from "../figure.js";
import { type FigureOptions, frame, type NumberArray, readOptions, toMatrix } from "../input.js";
import { page } from "../layout.js";
import { matrixPanel } from "../matrixPanel.js";
import { at, element, text, textWidth } from "../svg.js";
import { ink } from "../theme.js";

export interface ConfusionMatrixOptions extends FigureOptions {
  /** Names of the classes; default 0, 1, 2, … */
  readonly classes?: readonly (string | number)[] | undefined;
}

/**
 * Counts of true class (rows) against predicted class (columns). The color is the share of the row, so that classes of
 * different sizes compare; the diagonal is framed.
 *
 * @param counts shape `[classes, classes]`, as from `train.metrics.confusionMatrix`
 * @throws {ShapeError} when the matrix is not square
 * @example
 * plot.confusionMatrix([[9, 1], [2, 8]]).svg.includes("17 of 20 right") // true
 */
export function confusionMatrix(
  counts: NumberArray,
  options: ConfusionMatrixOptions = {},
): Figure<NumberArray> {
  const settings = readOptions("confusionMatrix", options, {
    ...frame,
    classes: undefined as readonly (string | number)[] | undefined,
  });
  return new Figure("confusionMatrix", counts, (current) => {
    const { title, width } = settings;
    const matrix = toMatrix("confusionMatrix", "counts", current);
    const size = matrix.length;
    if (matrix[0]!.length !== size)
      throw new ShapeError(
        errorText("confusionMatrix", `counts must be square, got ${showShape([size, matrix[0]!.length])}`),
      );
    if (settings.classes && settings.classes.length !== size)
      throw new ShapeError(
        errorText(
          "confusionMatrix",
          `classes must have one name for each of the ${size} classes, got ${settings.classes.length}`,
        ),
      );
    const names = Array.from({ length: size }, (_, i) => String(settings.classes?.[i] ?? i));
    const totals = matrix.map((row) => row.reduce((sum, count) => sum + count, 0));
    const shares = matrix.map((row, r) => row.map((count) => (totals[r] === 0 ? 0 : count / totals[r]!)));
    const left = 30 + Math.max(...names.map((name) => textWidth(name)));
    const cell = Math.max(18, Math.min(48, (width - 20 - left - 110) / size));
    const cells = matrixPanel(shares, {
      cellWidth: cell,
      scale: colorScale("amount", 0, 1),
      show: (_, r, c) => (matrix[r]![c] === 0 ? "" : String(matrix[r]![c])),
      label: "counts",
    });
    const top = 42;
    const drawn = [at(left, top, cells.content)];
    const widest = Math.max(...names.map((name) => textWidth(name)));
    for (const [i, name] of names.entries()) {
      const center = (i + 0.5) * cell - 0.5;
      const tilted = widest > cell;
      drawn.push(text(left - 7, top + center, name, { anchor: "end" }));
      drawn.push(
        text(left + center, top - 9, name, tilted ? { anchor: "start", rotate: -40 } : { anchor: "middle" }),
      );
      drawn.push(
        text(
          left + size * cell + 8,
          top + center,
          totals[i] === 0 ? "none" : `${Math.round(100 * shares[i]![i]!)} %`,
          { fill: ink.quiet },
        ),
      );
      drawn.push(
        element("rect", {
          x: left + i * cell,
          y: top + i * cell,
          width: cell - 1,
          height: cell - 1,
          fill: "none",
          stroke: ink.text,
          "stroke-width": 1.5,
        }),
      );
    }
    drawn.push(
      text(left, 10, "predicted class", { fill: ink.quiet }),
      text(2, top - 9, "true", { fill: ink.quiet }),
      text(left + size * cell + 8, 10, "of the class right", { fill: ink.quiet }),
    );
    const right = matrix.reduce((sum, row, i) => sum + row[i]!, 0);
    const total = totals.reduce((sum, count) => sum + count, 0);
    const subtitle = settings.subtitle ?? `${right} of ${total} right`;
    const panel = { width: left + size * cell + 110, height: top + size * cell + 4, content: drawn.join("") };
    return page({
      width,
      title,
      subtitle,
      rows: [[{ panel }]],
      label: `Confusion matrix of ${size} classes`,
    });
  });
}
