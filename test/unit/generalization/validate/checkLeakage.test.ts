import { expect, test } from "vitest";
import { KNearestNeighbors } from "../../../../src/generalization/model/kNearestNeighbors.js";
import { kFold } from "../../../../src/generalization/split/kFold.js";
import { checkLeakage } from "../../../../src/generalization/validate/checkLeakage.js";
import { crossValidate, type Samples } from "../../../../src/generalization/validate/crossValidate.js";
import { Pipeline } from "../../../../src/generalization/validate/pipeline.js";
import { SelectBest } from "../../../../src/generalization/validate/selectBest.js";
import { createRandom } from "../../../../src/random.js";

const random = createRandom(4);
const x = Array.from({ length: 40 }, () => Array.from({ length: 300 }, () => random.normal()));
const samples = { x, y: x.map(() => (random.uniform() < 0.5 ? 0 : 1)) };
const splits = kFold(40, { nSplits: 5, shuffle: true, random: createRandom(5) });
const classifier = () => new KNearestNeighbors({ k: 3, task: "classification" });

test("selecting features before splitting scores above chance on pure noise", () => {
  const leaking = ({ x: rows, y }: Samples) => {
    const best = new SelectBest({ k: 10 }).fit(rows, y);
    return crossValidate(classifier(), { x: best.transform(rows), y }, splits).mean;
  };
  const report = checkLeakage(leaking, samples, splits, { score: "accuracy", random: createRandom(1) });
  expect(report.leaks).toBe(true);
  expect(report.noiseScore).toBeGreaterThan(0.65);
});

test("selecting inside the fold scores at chance", () => {
  const honest = (data: Samples) =>
    crossValidate(new Pipeline([new SelectBest({ k: 10 }), classifier()]), data, splits).mean;
  const report = checkLeakage(honest, samples, splits, { score: "accuracy", random: createRandom(1) });
  expect(report.leaks).toBe(false);
  expect(report.noiseScore).toBeLessThan(0.6);
});

test("identical rows on both sides are found", () => {
  const rows = [[1], [2], [3], [1]];
  const halves = [{ train: [0, 1], test: [2, 3] }];
  const report = checkLeakage(() => 0, { x: rows, y: [0, 1, 0, 1] }, halves, {
    rounds: 2,
    random: createRandom(1),
  });
  expect(report.duplicates).toEqual([[0, 3]]);
  expect(report.leaks).toBe(true);
  expect(report.message).toContain("1 test rows have an identical training row");
});
