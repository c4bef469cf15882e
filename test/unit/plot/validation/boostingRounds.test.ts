import { expect, test } from "vitest";
import { boostingRounds } from "../../../../src/plot/validation/boostingRounds.js";
import { svgTexts } from "../../../support/normalizeSvg.js";

const data = {
  x: [
    [0, 0],
    [1, 1],
  ],
  labels: [0, 0],
};

test("the area of a dot is its weight", () => {
  // Weights 4 : 1 of mean 1 (2 samples): radii 3·√1.6 and 3·√0.4.
  const { svg } = boostingRounds({ ...data, rounds: [{ round: 1, weights: [0.8, 0.2] }] });
  const radii = [...svg.matchAll(/a([\d.]+),[\d.]+ 0 1 0/g)].map(([, r]) => r);
  expect([...new Set(radii)]).toEqual(["3.8", "1.9"]);
});

test("errors are drawn below", () => {
  expect(
    svgTexts(
      boostingRounds({
        ...data,
        rounds: [{ round: 3, weights: [1, 1] }],
        errors: { train: [0.3, 0.1], test: [0.3, 0.2] },
      }).svg,
    ),
  ).toEqual(expect.arrayContaining(["round 3", "Error after each round", "train", "test"]));
});

test("no round", () =>
  expect(() => boostingRounds({ ...data, rounds: [] })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: boostingRounds: rounds must have at least one round {round, weights}, got []]`,
  ));
test("weights of another number", () =>
  expect(() =>
    boostingRounds({ ...data, rounds: [{ round: 1, weights: [1] }] }),
  ).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: boostingRounds: rounds[0].weights must have one value for each point (2), got 1]`,
  ));
