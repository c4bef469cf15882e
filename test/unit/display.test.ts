import { expect, test } from "vitest";
import { DataLoader } from "../../src/data/dataLoader.js";
import "../../src/display.js";
import { displaySymbol } from "../../src/plot/figure.js";
import { createRandom } from "../../src/random.js";
import { zeros } from "../../src/tensor/create.js";
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

const explained = (n: number) =>
  new DataLoader(
    { x: zeros([n, 1]), y: zeros([n]) },
    { batchSize: 2, shuffle: true, random: createRandom(1) },
  ).explain({ epochs: 2 });

test("the orders of a loader stand in a matrix, one row an epoch, with the numbers of the samples", () => {
  const explanation = explained(5);
  const bundle = explanation[displaySymbol]();
  const texts = svgTexts(bundle["image/svg+xml"]!);
  expect(texts).toEqual(
    expect.arrayContaining([
      "Order of the samples",
      "batches of 2, from left to right",
      "epoch 1",
      "epoch 2",
    ]),
  );
  const numbers = texts.map(Number).filter(Number.isInteger);
  for (let sample = 0; sample < 5; sample++)
    expect(numbers.filter((one) => one === sample).length).toBeGreaterThanOrEqual(2);
  expect(bundle["text/plain"]).toBe(explanation.toString());
});

test("rows of many samples stay high enough for their names", () => {
  const svg = explained(120)[displaySymbol]()["image/svg+xml"]!;
  const [first, second] = ["epoch 1", "epoch 2"].map((name) => {
    const [, y] = new RegExp(`<text[^>]* y="([\\d.]+)"[^>]*>${name}<`).exec(svg)!;
    return Number(y);
  });
  expect(second! - first!).toBeGreaterThan(20);
});

test("orders too long for a picture stay text", () =>
  expect(Object.keys(explained(401)[displaySymbol]())).toEqual(["text/plain"]));
