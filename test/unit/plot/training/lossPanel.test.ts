import { expect, test } from "vitest";
import { readLossData } from "../../../../src/plot/training/lossData.js";
import { lossPanel } from "../../../../src/plot/training/lossPanel.js";
import { svgTexts } from "../../../support/normalizeSvg.js";

const size = { width: 600, height: 200, xLabel: "step", yLabel: "loss" };
const panelOf = (
  data: Parameters<typeof readLossData>[1],
  settings: object = {},
): ReturnType<typeof lossPanel> => lossPanel(readLossData("f", data), { ...size, ...settings });

test("each curve ends in its name and its last value", () =>
  expect(panelOf({ SGD: [1, 0.5], Adam: [1, 0.1] }).names).toEqual(["SGD  0.5", "Adam  0.1"]));

test("a run with NaN ends in a cross and is called diverged; one that never was finite, too", () => {
  const { names, panel } = panelOf({
    good: [1, 0.5, 0.4],
    bad: [1, 2, Number.NaN],
    worse: [Number.NaN, 1, 1],
  });
  expect(names).toEqual(["good  0.4", "bad diverged", "worse never finite"]);
  expect(panel.content.match(/l8,8m0,-8l-8,8/g)).toHaveLength(2);
});

test("a run that leaves by a factor of ten is diverged and does not stretch the axis", () => {
  const { names, panel } = panelOf({ good: [1, 0.9], bad: [1, 1e9] });
  expect(names[1]).toBe("bad diverged");
  expect(Math.max(...svgTexts(panel.content).map(Number).filter(Number.isFinite))).toBeLessThanOrEqual(10);
});

test("the axis is logarithmic when losses are positive and span a factor of 20", () => {
  // On a logarithmic axis 1 to 10 is as long as 10 to 100.
  const isLog = (data: number[], scale?: string): boolean => {
    const { y } = panelOf(data, { scale }).panel;
    return Math.abs(y(1) - y(10) - (y(10) - y(100))) < 1e-6;
  };
  expect([isLog([100, 1]), isLog([100, 10]), isLog([100, -1])]).toEqual([true, false, false]);
  expect([isLog([100, 10], "log"), isLog([100, 1], "linear")]).toEqual([true, false]);
});

test("the best validation loss has a star, an early stop its patience", () => {
  const texts = svgTexts(
    panelOf({ train: [3, 2, 1, 1], validation: [3, 2, 2.5, 2.6] }, { stopped: 4 }).panel.content,
  );
  expect(texts).toEqual(expect.arrayContaining(["best: 2 at 2", "stopped", "patience 2"]));
});

test("long runs are averaged over a hundredth of their steps, or as asked", () => {
  const losses = Array.from({ length: 1000 }, (_, i) => 1 + (i % 2));
  expect(panelOf(losses).window).toBe(10);
  expect(panelOf(losses, { smoothing: 1 }).window).toBe(1);
  expect(panelOf([1, 2]).window).toBe(1);
});
