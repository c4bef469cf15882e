import { expect, test } from "vitest";
import { pickFrames, race } from "../../../../src/plot/training/race.js";
import { svgTexts } from "../../../support/normalizeSvg.js";

test("pickFrames keeps first and last and spreads the rest over orders of magnitude", () => {
  const steps = [0, 1, 3, 10, 30, 100, 300, 1000];
  expect(pickFrames(steps, 4).map((i) => steps[i])).toEqual([0, 10, 100, 1000]);
  expect(pickFrames([0, 5], 4)).toEqual([0, 1]);
  expect(pickFrames(steps, 1).map((i) => steps[i])).toEqual([1000]);
});

const frame = (step: number): { step: number; curves: Record<string, number[]> } => ({
  step,
  curves: { SGD: [0, step], Adam: [0, 2 * step] },
});
const base = { x: [0, 1], y: [0, 1] };

test("one frame: a panel for each optimizer", () => {
  const svg = race({ ...base, frames: [frame(7)] }).svg;
  expect(svgTexts(svg)).toEqual(expect.arrayContaining(["After step 7", "SGD", "Adam"]));
  expect(svg.match(/2 sample points/g)).toHaveLength(2);
});

test("several frames: a row for each optimizer, a column for each moment, losses below", () => {
  const svg = race({
    ...base,
    frames: [frame(0), frame(1), frame(2)],
    losses: { SGD: [1, 0.5], Adam: [1, 0.2] },
  }).svg;
  expect(svg.match(/2 sample points/g)).toHaveLength(6);
  expect(svgTexts(svg)).toEqual(
    expect.arrayContaining(["SGD, step 0", "step 2", "Loss so far", "Adam  0.2"]),
  );
});

test("update adds a frame", () => {
  const figure = race({ ...base, frames: [frame(1)] }, { view: "latest" });
  figure.update({ ...base, frames: [frame(1), frame(9)] });
  expect(svgTexts(figure.svg)).toContain("After step 9");
});

test("no frame", () =>
  expect(() => race({ ...base, frames: [] })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: race: frames must have at least one frame {step, curves}, got []]`,
  ));
test("a frame without one of the optimizers", () =>
  expect(() =>
    race({ ...base, frames: [frame(0), { step: 1, curves: { SGD: [0, 1] } }] }),
  ).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: race: every frame must have a curve of "Adam", got SGD at step 1]`,
  ));
