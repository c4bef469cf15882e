import { expect, test } from "vitest";
import { arraySpan, numbers } from "../../../src/engine/memory.js";
import { plainEngine } from "../../../src/engine/plain.js";
import type { Span } from "../../../src/engine/span.js";

const span = (...values: number[]): Span => arraySpan(Float64Array.from(values));
const values = (one: Span): number[] => Array.from(numbers(one));

test("a batched product repeats an operand whose step is 0", () => {
  const c = span(0, 0);
  // [1, 2]·[3, 4]ᵀ and [5, 6]·[3, 4]ᵀ
  expect(plainEngine.matmul(c, span(1, 2, 5, 6), span(3, 4), 1, 1, 2, false, true, 2, 2, 0, false)).toBe(
    true,
  );
  expect(values(c)).toEqual([11, 39]);
});

test("linear and its gradients: y = tanh(Wx + b)", () => {
  const [x, w, b, y] = [span(1, 2), span(0.5, -0.25), span(0), span(9)];
  plainEngine.linear(y, x, w, b, "relu", 1, 2, 1);
  expect(values(y)).toEqual([0]);
  plainEngine.linear(y, x, w, span(3), "none", 1, 2, 1);
  expect(values(y)).toEqual([3]);
  const [dx, dw, db] = [span(100, 100), span(100, 100), span(100)];
  plainEngine.linearGrad(dx, dw, db, span(2), x, w, y, "none", 1, 2, 1, 2);
  expect([values(dx), values(dw), values(db)]).toEqual([[1, -0.5], [102, 104], [2]]);
});

test("linearGrad leaves dy alone and computes only what is asked for", () => {
  const [dy, y] = [span(2, 2), span(0.5, 0)];
  const db = span(0, 0);
  plainEngine.linearGrad(null, null, db, dy, span(1), span(1, 1), y, "sigmoid", 1, 1, 2, 0);
  expect([values(db), values(dy)]).toEqual([
    [0.5, 0],
    [2, 2],
  ]);
});

test("what is taught elsewhere is not covered", () => {
  const one = span(1);
  expect(plainEngine.update("sgd", one, one, [], 0, 1, [0])).toBe(false);
  expect(plainEngine.path).toBe("plain");
});
