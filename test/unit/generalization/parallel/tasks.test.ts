import { expect, test } from "vitest";
import { fitTask, rowsOf } from "../../../../src/generalization/parallel/tasks.js";

test("rowsOf cuts a flat table", () => {
  expect(rowsOf(Float64Array.of(1, 2, 3, 4, 5, 6), 3)).toEqual([
    [1, 2, 3],
    [4, 5, 6],
  ]);
});

test("a task fits its own samples and writes at its own place", () => {
  const fitted: unknown[] = [];
  const output = new Float64Array(4).fill(-1);
  const model = {
    fit(x: number[][], y: number[]) {
      fitted.push(x, y);
      return this;
    },
    predict: (x: number[][]) => x.map((row) => row[0]! * 10),
  };
  const data = {
    rows: [[1], [2], [3]],
    y: Float64Array.of(5, 6, 7),
    trainIndex: Int32Array.of(0, 1, 2),
    trainStart: Int32Array.of(0, 1, 3),
    queryIndex: Int32Array.of(0, 0, 2, 1),
    queryStart: Int32Array.of(0, 1, 3),
    output,
  };
  fitTask(model, data, 1);
  expect(fitted).toEqual([
    [[2], [3]],
    [6, 7],
  ]);
  expect([...output]).toEqual([-1, 10, 30, -1]);
});
