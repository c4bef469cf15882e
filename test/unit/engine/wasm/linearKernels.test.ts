// All sizes and activations against the plain loops are in test/suites/engine.ts.
import { expect, test } from "vitest";
import { onHeap, read, simdEngine } from "../../../support/wasmEngine.js";

test("y = relu(x·Wᵀ + b) and all gradients, stored, then added", () => {
  const engine = simdEngine();
  const [x, w, b] = [onHeap([1, 2, 3, 4]), onHeap([1, 0, 0, -1]), onHeap([10, 1])];
  const y = onHeap([0, 0, 0, 0]);
  expect(engine.linear(y, x, w, b, "relu", 2, 2, 2)).toBe(true);
  expect(read(y)).toEqual([11, 0, 13, 0]); // the second output is 1 − 2 and 1 − 4
  const [dx, dw, db, dy] = [onHeap([0, 0, 0, 0]), onHeap([0, 0, 0, 0]), onHeap([0, 0]), onHeap([1, 5, 2, 5])];
  const run = (accumulate: number): boolean =>
    engine.linearGrad(dx, dw, db, dy, x, w, y, "relu", 2, 2, 2, accumulate);
  expect(run(0)).toBe(true);
  // dz = [[1, 0], [2, 0]]: dx = dz·W, dw = dzᵀ·x, db = column sums
  expect([read(dx), read(dw), read(db)]).toEqual([
    [1, 0, 2, 0],
    [7, 10, 0, 0],
    [3, 0],
  ]);
  expect(read(dy)).toEqual([1, 5, 2, 5]);
  run(1 + 4); // dx and db are added to, dw is stored
  expect([read(dx), read(dw), read(db)]).toEqual([
    [2, 0, 4, 0],
    [7, 10, 0, 0],
    [6, 0],
  ]);
});
