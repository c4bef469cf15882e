import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { gradcheck } from "../../../src/check/gradcheck.js";
import { engine, newSpan, type Span } from "../../../src/engine/engine.js";
import { createRandom } from "../../../src/random.js";
import { accumulate, newGradient } from "../../../src/tensor/accumulate.js";
import { randn, tensor } from "../../../src/tensor/create.js";
import "../../../src/tensor/methods.js";
import { defineOperation, record } from "../../../src/tensor/record.js";
import type { Tensor } from "../../../src/tensor/tensor.js";
import { errorOf } from "../../support/errorOf.js";

/** x² with a wrong derivative: 2x + 0.1 in place of 2x. */
const wrongOperation = defineOperation<{ x: Span; y: Span }>("wrongSquare", ([x], dy, { x: xs, y }) => {
  const dx = newGradient(x as Tensor);
  engine.unaryGrad("square", dx, dy, xs, y, 0, 0);
  engine.addScaled(dx, dy, 0.1);
  accumulate(x as Tensor, dx);
});
function wrongSquare(x: Tensor): Tensor {
  const y = newSpan(x.dtype, x.size);
  engine.unary("square", y, x.span, 0, 0);
  return record(wrongOperation, y, x.shape, [x], { x: x.span, y });
}

const x = tensor(
  [
    [1, 2],
    [3, 4],
  ],
  { dtype: "float64" },
);

describe("gradcheck", () => {
  test("accepts a right gradient and counts the elements", () => {
    const report = gradcheck((a, b) => a.matmul(b).tanh(), [x, x.mul(0.1)]);
    expect([report.ok, report.count]).toEqual([true, 8]);
    expect(report.maxAbsError).toBeLessThan(1e-7);
  });

  test("finds a wrong gradient and names the worst element", () => {
    const report = gradcheck((a) => wrongSquare(a).sum(), [x]);
    expect(report.ok).toBe(false);
    expect(report.worst?.index).toEqual([0, 0]); // relative to 2x the error is largest at the smallest x
    expect(report.worst?.analytic).toBeCloseTo(2.1, 9);
    expect(report.worst?.numeric).toBeCloseTo(2, 6);
    expect(report.maxAbsError).toBeCloseTo(0.1, 6);
    expect(report.maxRelError).toBeCloseTo(0.1 / 2.1, 5);
  });

  test("finds a gradient that is missing", () => {
    const report = gradcheck((a, b) => a.add(b.detach()), [x, x]);
    expect(report.ok).toBe(false);
    expect([report.worst?.input, report.worst?.analytic]).toEqual([1, 0]);
  });

  test("checks only the inputs with requiresGrad when there are any", () => {
    const marked = tensor([1], { dtype: "float64", requiresGrad: true });
    expect(gradcheck((a, b) => a.mul(b.detach()), [marked, x]).ok).toBe(true);
  });

  test("leaves the inputs as they were", () => {
    const input = tensor([1, 2], { dtype: "float64", requiresGrad: true });
    gradcheck((a) => a.square(), [input]);
    expect([input.toArray(), input.grad]).toEqual([[1, 2], null]);
  });

  test("a NaN gradient is not ok", () => {
    expect(gradcheck((a) => a.sub(1).sqrt(), [tensor([1], { dtype: "float64" })]).ok).toBe(false);
  });

  test("tolerances and step are options", () => {
    expect(gradcheck((a) => wrongSquare(a), [x], { atol: 1 }).ok).toBe(true);
    expect(gradcheck((a) => wrongSquare(a), [x], { rtol: 1, eps: 1e-4 }).ok).toBe(true);
  });
});

test("the report shows itself", () => {
  const good = gradcheck((a) => a.sum(), [tensor([1], { dtype: "float64" })]);
  expect(inspect(good)).toMatch(/^gradcheck: ok, 1 element, largest error \S+, relative \S+$/);
  const bad = gradcheck((a) => wrongSquare(a), [x]);
  expect(inspect(bad)).toMatch(
    /^gradcheck: the gradients differ, 4 elements, .*\n {2}worst: input 0, element \[0, 0\]: backward\(\) /,
  );
  const bundle = (bad as unknown as Record<symbol, () => Record<string, string>>)[
    Symbol.for("Jupyter.display")
  ]?.call(bad);
  expect(bundle?.["text/plain"]).toBe(inspect(bad));
  expect(bundle?.["text/html"]).toContain("worst: input 0");
});

describe("errors", () => {
  const random = createRandom(1);
  test.each([
    [
      () => gradcheck((a) => a, [tensor([1])]),
      'TypeError: gradcheck: input 0 must be a float64 tensor, got float32\n  help: create it with {dtype: "float64"}, or use x.to("float64")',
    ],
    [
      () => gradcheck((a) => a, []),
      "TypeError: gradcheck: inputs must be an array of at least one tensor, got []",
    ],
    [
      () => gradcheck((a) => a.to("float32"), [x]),
      "TypeError: gradcheck: fn must return a float64 tensor, got float32",
    ],
    [
      () => gradcheck((a) => a, [x], { tol: 1 } as object),
      'TypeError: gradcheck: unknown option "tol"\n  help: did you mean "atol"?',
    ],
    [
      () => gradcheck((a) => a, [x], { eps: 0 }),
      "RangeError: gradcheck: eps must be a finite number greater than 0, got 0",
    ],
  ])("%#", (call, text) => {
    expect(errorOf(call)).toBe(text);
  });

  test("a function that is not repeatable", () => {
    const noisy = (a: Tensor): Tensor => a.add(randn([2, 2], { random, dtype: "float64" }));
    expect(errorOf(() => gradcheck(noisy, [x]))).toMatch(
      /^RangeError: gradcheck: fn must give the same result each time, got \S+ and \S+\n {2}help: give random operations a generator created inside the function$/,
    );
  });

  test("raise", () => {
    expect(() => gradcheck((a) => wrongSquare(a), [x], { raise: true })).toThrow("the gradients differ");
  });
});
