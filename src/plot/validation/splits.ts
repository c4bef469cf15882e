import { errorText, ShapeError, showValue } from "../../errors.js";
import type { Panel } from "../chart.js";
import { Figure } from "../figure.js";
import { type FigureOptions, frame, readOptions } from "../input.js";
import type { LegendItem } from "../labels.js";
import { type Cell, page } from "../layout.js";
import { linearTicks } from "../numbers.js";
import { element, text } from "../svg.js";
import { fontSize, ink, palette, roles } from "../theme.js";

/** Indices of one split, as every splitter of `generalization` returns them. */
export interface SplitIndices {
  readonly train: ArrayLike<number>;
  readonly test: ArrayLike<number>;
}

/** One split, the splits of one splitter, or of several by name. */
export type SplitsData =
  | SplitIndices
  | readonly SplitIndices[]
  | Readonly<Record<string, readonly SplitIndices[]>>;

export interface SplitsOptions extends FigureOptions {
  /** Class of each sample: a colored strip below the folds. */
  readonly labels?: ArrayLike<number | string> | undefined;
  /** Group of each sample: a second strip. */
  readonly groups?: ArrayLike<number | string> | undefined;
  /** Samples are in order of time: the axis says so. Default false. */
  readonly time?: boolean | undefined;
}

const isSplit = (value: unknown): value is SplitIndices =>
  typeof value === "object" && value !== null && "train" in value && "test" in value;

function readSplits(data: SplitsData): [string, readonly SplitIndices[]][] {
  const named: [string, readonly SplitIndices[]][] = isSplit(data)
    ? [["", [data]]]
    : Array.isArray(data)
      ? [["", data as readonly SplitIndices[]]]
      : typeof data === "object" && data !== null
        ? Object.entries(data as Readonly<Record<string, readonly SplitIndices[]>>)
        : [];
  for (const [name, list] of named)
    if (!Array.isArray(list) || list.length === 0 || !list.every(isSplit))
      throw new TypeError(
        errorText(
          "splits",
          `data must be splits {train, test}, a list of them, or lists by name, got ${showValue(name === "" ? data : list)}`,
        ),
      );
  if (named.length === 0)
    throw new TypeError(
      errorText(
        "splits",
        `data must be splits {train, test}, a list of them, or lists by name, got ${showValue(data)}`,
      ),
    );
  return named;
}

/**
 * Which samples train and which test, a row for each fold, a column for each sample; gray samples are left out (gaps,
 * purged samples). Strips below show classes and groups, so that one sees whether folds keep them.
 *
 * @param data `{train, test}`, a list of such, or lists by splitter
 * @throws {TypeError} for another form; {ShapeError} when labels or groups do not have an entry for each sample
 * @example
 * plot.splits([{ train: [0, 1], test: [2, 3] }, { train: [2, 3], test: [0, 1] }]).size.width // 640
 */
export function splits(data: SplitsData, options: SplitsOptions = {}): Figure<SplitsData> {
  const settings = readOptions("splits", options, {
    ...frame,
    labels: undefined as ArrayLike<number | string> | undefined,
    groups: undefined as ArrayLike<number | string> | undefined,
    time: false,
  });
  return new Figure("splits", data, (current) => {
    const { title, subtitle, width, time } = settings;
    const named = readSplits(current);
    let n = 0;
    for (const [, list] of named)
      for (const { train, test } of list)
        for (const part of [train, test]) for (let i = 0; i < part.length; i++) n = Math.max(n, part[i]! + 1);
    const strips: { name: string; values: string[] }[] = [];
    for (const [key, name] of [
      ["labels", "class"],
      ["groups", "group"],
    ] as const) {
      const given = settings[key];
      if (given === undefined) continue;
      if (given.length < n)
        throw new ShapeError(
          errorText("splits", `${key} must have an entry for each of the ${n} samples, got ${given.length}`),
        );
      n = given.length;
      strips.push({ name, values: Array.from(given, String) });
    }
    const rows = named.map(([name, list], i): Cell[] => [
      {
        title: name === "" ? undefined : name,
        panel: splitPanel(list, n, width - 20, strips, time, i === named.length - 1),
      },
    ]);
    const legend: LegendItem[] = [
      { label: "train", color: roles.train, mark: "box" },
      { label: "test", color: roles.test, mark: "box" },
    ];
    const hasUnused = named.some(([, list]) =>
      list.some(({ train, test }) => train.length + test.length < n),
    );
    if (hasUnused) legend.push({ label: "not used", color: roles.unused, mark: "box" });
    return page({ width, title, subtitle, legend, rows, gap: 12, label: `Splits of ${n} samples` });
  });
}

/** Runs of equal values: [from, to), value. */
function runs<T>(values: readonly T[]): { from: number; to: number; value: T }[] {
  const found: { from: number; to: number; value: T }[] = [];
  for (const [i, value] of values.entries()) {
    const last = found.at(-1);
    if (last && last.value === value) last.to = i + 1;
    else found.push({ from: i, to: i + 1, value });
  }
  return found;
}

function splitPanel(
  list: readonly SplitIndices[],
  n: number,
  width: number,
  strips: readonly { name: string; values: string[] }[],
  time: boolean,
  isLast: boolean,
): Panel {
  const left = 56;
  const right = 92;
  const x = (i: number): number => left + (i * (width - left - right)) / n;
  const step = list.length > 12 ? 12 : 20;
  const drawn: string[] = [];
  const separate = (width - left - right) / n > 5 ? 1 : 0;
  for (const [fold, { train, test }] of list.entries()) {
    const role = new Array<"train" | "test" | "unused">(n).fill("unused");
    for (let i = 0; i < train.length; i++) role[train[i]!] = "train";
    for (let i = 0; i < test.length; i++) role[test[i]!] = "test";
    const y = fold * step + 2;
    const pieces = separate ? role.map((value, i) => ({ from: i, to: i + 1, value })) : runs(role);
    for (const { from, to, value } of pieces) {
      const color = value === "unused" ? roles.unused : roles[value];
      drawn.push(
        element("rect", {
          x: x(from),
          y,
          width: x(to) - x(from) - separate,
          height: step - 4,
          fill: color,
          "fill-opacity": value === "train" ? 0.55 : 1,
        }),
      );
    }
    if (list.length <= 12 || fold % 5 === 0)
      drawn.push(
        text(left - 8, y + (step - 4) / 2, list.length === 1 ? "" : `fold ${fold + 1}`, {
          anchor: "end",
          size: fontSize.tick,
        }),
      );
    if (list.length <= 12)
      drawn.push(
        text(width - right + 8, y + (step - 4) / 2, `${train.length} + ${test.length}`, {
          size: fontSize.tick,
          fill: ink.quiet,
        }),
      );
  }
  if (list.length <= 12)
    drawn.push(
      text(width, list.length * step + 6, "train + test", { anchor: "end", size: 10, fill: ink.quiet }),
    );
  let y = list.length * step + 4;
  for (const { name, values } of strips) {
    const kinds = [...new Set(values)];
    for (const { from, to, value } of runs(values)) {
      const color = palette[(kinds.indexOf(value) + 2) % palette.length]!;
      drawn.push(
        element("rect", {
          x: x(from),
          y,
          width: x(to) - x(from) - separate,
          height: 9,
          fill: color,
          "fill-opacity": kinds.indexOf(value) % 2 === 0 ? 0.9 : 0.5,
        }),
      );
    }
    drawn.push(text(left - 8, y + 4.5, name, { anchor: "end", size: fontSize.tick, fill: ink.quiet }));
    y += 13;
  }
  if (isLast) {
    for (const tick of linearTicks(0, n - 1, 8).filter(Number.isInteger))
      drawn.push(
        text(x(tick + 0.5), y + 9, String(tick), { anchor: "middle", size: fontSize.tick, fill: ink.quiet }),
      );
    drawn.push(
      text(width - right, y + 25, time ? "sample, in order of time →" : "sample", {
        anchor: "end",
        fill: ink.quiet,
      }),
    );
  }
  return { width, height: y + (isLast ? 32 : 0), content: drawn.join("") };
}
