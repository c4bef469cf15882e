import { expect, test } from "vitest";
import "../../src/display.js";
import { displaySymbol } from "../../src/plot/figure.js";
import { History } from "../../src/train/history.js";
import { svgTexts } from "../support/normalizeSvg.js";

test("a History shows its loss curve, its name and its summary", () => {
  const history = new History("Adam");
  history.addStep({ step: 1, loss: 2, learningRate: 0.1 });
  history.addStep({ step: 2, loss: 1, learningRate: 0.1 });
  const bundle = history[displaySymbol]();
  expect(svgTexts(bundle["image/svg+xml"]!)).toEqual(expect.arrayContaining(["Adam", "train  1"]));
  expect(bundle["text/plain"]).toBe(history.toString());
});

test("why a run ended early stands below its name", () => {
  const history = new History("SGD");
  history.addStep({ step: 1, loss: Number.NaN, learningRate: 9 });
  history.message = "stopped at step 1: the loss was NaN";
  expect(svgTexts(history[displaySymbol]()["image/svg+xml"]!)).toContain(
    "stopped at step 1: the loss was NaN",
  );
});

test("a History without steps shows its text only", () =>
  expect(Object.keys(new History()[displaySymbol]())).toEqual(["text/plain"]));
