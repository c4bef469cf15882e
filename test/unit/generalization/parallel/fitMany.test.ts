import { expect, test } from "vitest";
import { BaggingRegressor } from "../../../../src/generalization/model/bagging.js";
import { KNearestNeighbors } from "../../../../src/generalization/model/kNearestNeighbors.js";
import { fitMany } from "../../../../src/generalization/parallel/fitMany.js";
import { createRandom } from "../../../../src/random.js";

// The tests run uncompiled; the worker's program is the compiled one.
const workerUrl = new URL("../../../../dist/src/generalization/parallel/fitWorkerMain.js", import.meta.url);
const random = createRandom(1);
const x = Array.from({ length: 60 }, () => [random.uniform(), random.uniform()]);
const y = x.map(([a, b]) => a! * b!);
const all = x.map((_, i) => i);
const tasks = all.slice(0, 12).map((left) => ({ train: all.filter((i) => i !== left), query: [left, 3, 4] }));
const bagging = () => new BaggingRegressor({ nEstimators: 4, random: createRandom(7) });

test("the numbers do not depend on the number of threads", () => {
  const here = fitMany("f", bagging(), x, y, tasks, { workers: 1 });
  const two = fitMany("f", bagging(), x, y, tasks, { workers: 2, workerUrl });
  const three = fitMany("f", bagging(), x, y, tasks, { workers: 3, workerUrl });
  expect(two).toEqual(here);
  expect(three).toEqual(here);
  expect(here).toHaveLength(12);
});

test("an error in a worker says which fit failed and why", () => {
  const few = [
    { train: [0, 1, 2], query: [3] },
    { train: [0], query: [1] },
  ];
  const run = () =>
    fitMany("crossValidate", new KNearestNeighbors({ k: 2 }), x, y, few, { workers: 2, workerUrl });
  expect(run).toThrowErrorMatchingInlineSnapshot(`
    [RangeError: crossValidate: fit 1 failed
      RangeError: KNearestNeighbors.fit: k must be at most the number of samples, got k 2 for 1 samples]
  `);
});

test("workers need the compiled program", () => {
  const missing = new URL("./missing.js", import.meta.url);
  expect(() =>
    fitMany("f", bagging(), x, y, tasks, { workers: 2, workerUrl: missing }),
  ).toThrowErrorMatchingInlineSnapshot(`
    [Error: f: workers must be 1 where the sources run uncompiled, got 2
      help: compile the sources, or drop workers]
  `);
  expect(() => fitMany("f", bagging(), x, y, tasks, { workers: 0 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: f: workers must be a whole number at least 1, got 0]`,
  );
});

test("a model that is not ours is fitted here, task by task", () => {
  let fits = 0;
  const model = {
    fit() {
      fits++;
      return this;
    },
    predict: (rows: number[][]) => rows.map(() => fits),
  };
  const predicted = fitMany("f", model, x, y, tasks.slice(0, 3));
  expect(predicted.map((values) => values[0])).toEqual([1, 2, 3]);
});
