import { expect, test } from "vitest";
import { KNearestNeighbors } from "../../../../src/generalization/model/kNearestNeighbors.js";
import { kFold } from "../../../../src/generalization/split/kFold.js";
import { nestedCrossValidate } from "../../../../src/generalization/validate/nestedCrossValidate.js";
import { createRandom } from "../../../../src/random.js";

const make = ({ k }: { k: number }) => new KNearestNeighbors({ k, task: "classification" });

test("the search never sees the outer test part", () => {
  const seen: number[][] = [];
  const x = Array.from({ length: 12 }, (_, i) => [i]);
  const y = x.map(([v]) => (v! < 6 ? 0 : 1));
  const outer = kFold(12, { nSplits: 3 });
  nestedCrossValidate(make, { k: [1, 3] }, { x, y }, outer, (n, indices) => {
    seen.push([...indices]);
    return kFold(n, { nSplits: 2 });
  });
  expect(seen).toEqual(outer.map(({ train }) => train));
});

test("on pure noise the honest score is lower than the winners' own", () => {
  const random = createRandom(6);
  const x = Array.from({ length: 60 }, () => [random.normal(), random.normal()]);
  const y = x.map(() => (random.uniform() < 0.5 ? 0 : 1));
  const folds = (n: number) => kFold(n, { nSplits: 5 });
  const result = nestedCrossValidate(make, { k: [1, 3, 5, 7, 9, 11, 13] }, { x, y }, folds(60), folds);
  const inner = result.innerScores.reduce((sum, value) => sum + value, 0) / 5;
  expect(inner).toBeGreaterThan(result.mean);
  expect(result.score).toBe("accuracy");
});

test("inner must make splits", () => {
  expect(() =>
    nestedCrossValidate(
      make,
      { k: [1] },
      { x: [[1], [2]], y: [0, 1] },
      kFold(2, { nSplits: 2 }),
      [] as never,
    ),
  ).toThrowErrorMatchingInlineSnapshot(`
    [TypeError: nestedCrossValidate: inner must be a function that makes splits, got []
      help: pass (n) => kFold(n, {nSplits: 5})]
  `);
});
