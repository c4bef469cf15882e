import { describe, expect, test } from "vitest";
import { noGrad } from "../../../src/autograd/gradMode.js";
import { engine, newSpan, type Span } from "../../../src/engine/engine.js";
import { accumulate, newGradient } from "../../../src/tensor/accumulate.js";
import { tensor } from "../../../src/tensor/create.js";
import { defineOperation, record } from "../../../src/tensor/record.js";
import type { Tensor } from "../../../src/tensor/tensor.js";

// The operation of the file's own explanation.
const expOperation = defineOperation<{ x: Span; y: Span }>("exp", ([x], dy, { x: xs, y }) => {
  const dx = newGradient(x as Tensor);
  engine.unaryGrad("exp", dx, dy, xs, y, 0, 0);
  accumulate(x as Tensor, dx);
});

function exp(x: Tensor): Tensor {
  const y = newSpan(x.dtype, x.size);
  engine.unary("exp", y, x.span, 0, 0);
  return record(expOperation, y, x.shape, [x], { x: x.span, y });
}

describe("record", () => {
  test("an operation written as explained has value and gradient", () => {
    const x = tensor([0, 1], { requiresGrad: true, dtype: "float64" });
    const y = exp(x);
    expect(y.toArray()).toEqual([1, Math.E]);
    y.backward(tensor([2, 3], { dtype: "float64" }));
    expect(x.grad?.toArray()).toEqual([2, 3 * Math.E]);
  });

  test("leaves no node when no input needs a gradient, or under noGrad", () => {
    const [x, w] = [tensor([1]), tensor([1], { requiresGrad: true })];
    expect(exp(x).node).toBe(null);
    expect(noGrad(() => exp(w)).node).toBe(null);
    expect(exp(w).node?.operation.name).toBe("exp");
  });
});
