import { expect, test } from "vitest";
import { interpolate, slice1d, slice2d } from "../../../../src/generalization/landscape/slices.js";
import { Linear } from "../../../../src/nn/linear.js";
import { mseLoss } from "../../../../src/nn/regressionLoss.js";
import { landscape1d, landscape2d } from "../../../../src/plot/optimization/landscape.js";
import { createRandom } from "../../../../src/random.js";
import { tensor } from "../../../../src/tensor/create.js";
import "../../../../src/tensor/methods.js";
import { errorOf } from "../../../support/errorOf.js";

/** w·x with w = (3, 4): the loss at x = (1, 0), y = 0 is w1². */
const make = () => {
  const model = new Linear(2, 1, { bias: false });
  model.loadStateDict({ weight: tensor([[3, 4]]) });
  return model;
};
const data = { x: tensor([[1, 0]]), y: tensor([[0]]) };
const test2 = { x: tensor([[0, 1]]), y: tensor([[0]]) };
const at = (a: number, b: number) => ({ weight: tensor([[a, b]]) });

test("interpolate: loss and accuracy of several data sets on the line", () => {
  const model = make();
  const curves = interpolate(model, at(0, 1), at(2, 3), {
    data: { train: data, test: test2 },
    loss: mseLoss,
    accuracy: (prediction) => prediction.item(),
    alphas: [-1, 0, 0.5, 1],
  });
  expect(curves).toEqual({
    alpha: [-1, 0, 0.5, 1],
    loss: { train: [4, 0, 1, 4], test: [1, 1, 4, 9] },
    accuracy: { train: [-2, 0, 1, 2], test: [-1, 1, 2, 3] },
  });
  expect(model.weight.toArray()).toEqual([[3, 4]]);
  expect(landscape1d(curves).svg).toContain("train");
  const alphas = interpolate(model, at(0, 1), at(2, 3), { data, loss: mseLoss }).alpha;
  expect([alphas.length, alphas[0], alphas[24]]).toEqual([25, -1, 2]);
});

test("slice1d: a given direction by hand; a random one has the length of the weights", () => {
  const curves = slice1d(make(), { data, loss: mseLoss, direction: at(1, 0), points: 3, range: 2 });
  expect(curves).toEqual({ alpha: [-2, 0, 2], loss: { data: [1, 9, 25] } });
  const random = slice1d(make(), {
    data: { a: data, b: test2 },
    loss: mseLoss,
    random: createRandom(1),
    points: 3,
  });
  // d has length 5: (w1 + d1)² + (w2 + d2)² + the same with − is 2·25 + 2·25
  const sum = random.loss.a![0]! + random.loss.b![0]! + random.loss.a![2]! + random.loss.b![2]!;
  expect(sum).toBeCloseTo(100, 3);
  expect(random.loss.a![1]).toBeCloseTo(9, 5);
});

test("slice2d: z has a row for each y", () => {
  const model = make();
  const grid = slice2d(model, { data, loss: mseLoss, directions: [at(1, 0), at(0, 1)], points: 3 });
  // x moves w1: 2², 3², 4²; y moves w2, which this loss does not see
  expect(grid).toEqual({
    x: [-1, 0, 1],
    y: [-1, 0, 1],
    z: [
      [4, 9, 16],
      [4, 9, 16],
      [4, 9, 16],
    ],
  });
  expect(model.weight.toArray()).toEqual([[3, 4]]);
  expect(
    landscape2d(slice2d(model, { data, loss: mseLoss, points: 5, random: createRandom(1) })).svg,
  ).toContain("<svg");
});

test.each([
  [
    () => interpolate(make(), at(1, 1), {}, { data, loss: mseLoss }),
    'RangeError: interpolate: b must have "weight"\n  help: pass model.stateDict()',
  ],
  [
    () => interpolate(make(), at(1, 1), at(1, 1), { data: {}, loss: mseLoss }),
    "TypeError: interpolate: data must be {x, y}, or such by name, got {}",
  ],
  [
    () => slice1d(make(), { data, loss: mseLoss, direction: at(1, 1), random: createRandom(1) }),
    "RangeError: slice1d: random must not be given with direction\n  help: drop random: direction needs none",
  ],
  [
    () => slice2d(make(), { data, loss: mseLoss, points: 1 }),
    "RangeError: slice2d: points must be a whole number at least 2, got 1",
  ],
  [
    () => slice2d(make(), { data: 3 as never, loss: mseLoss }),
    "TypeError: slice2d: data must be {x, y}, got 3",
  ],
])("refuses %#", (call, message) => {
  expect(errorOf(call)).toBe(message);
});
