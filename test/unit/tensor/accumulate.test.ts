import { describe, expect, test } from "vitest";
import { Node } from "../../../src/autograd/node.js";
import { arraySpan, keptSpan, numbers, type Span } from "../../../src/engine/engine.js";
import {
  accumulate,
  type GradientSlot,
  gradientTarget,
  hasGradient,
  moveGradient,
  newGradient,
  type Receiver,
} from "../../../src/tensor/accumulate.js";
import { withHeap } from "../../support/openTestHeap.js";

const span = (...values: number[]): Span => arraySpan(Float32Array.from(values));
const values = (one: Span | undefined): number[] => Array.from(numbers(one as Span));

function leaf(): Receiver {
  return { requiresGrad: true, size: 2, dtype: "float32", node: null, gradientSlot: null };
}

function intermediate(): Receiver & { node: Node<unknown, Span> } {
  const operation = { name: "test", backward: () => {}, readsInputs: true };
  return { ...leaf(), node: new Node<unknown, Span>(operation, [], null) };
}

describe("a leaf", () => {
  test("stores the first gradient and adds the others", () => {
    const x = leaf();
    accumulate(x, span(1, 2));
    accumulate(x, span(10, 20));
    expect(values(x.gradientSlot?.span)).toEqual([11, 22]);
  });

  test("copies a gradient that is passed on, so that nobody else's numbers change", () => {
    const [x, shared] = [leaf(), span(1, 2)];
    accumulate(x, shared, false);
    accumulate(x, span(10, 20));
    expect([values(x.gradientSlot?.span), values(shared)]).toEqual([
      [11, 22],
      [1, 2],
    ]);
  });

  test("that needs no gradient ignores it", () => {
    const x: Receiver = { ...leaf(), requiresGrad: false };
    accumulate(x, span(1, 2));
    expect(x.gradientSlot).toBe(null);
  });
});

describe("an intermediate result", () => {
  test("sums in its record, without touching a gradient that was passed on", () => {
    const [x, shared] = [intermediate(), span(1, 2)];
    accumulate(x, shared, false);
    expect(x.node.gradient === shared).toBe(true);
    accumulate(x, span(10, 20));
    expect([values(x.node.gradient as Span), values(shared)]).toEqual([
      [11, 22],
      [1, 2],
    ]);
  });
});

describe("gradientTarget", () => {
  test("is new memory first, then the sum to add to", () => {
    for (const x of [leaf(), intermediate()]) {
      expect(hasGradient(x)).toBe(false);
      const target = gradientTarget(x);
      numbers(target).set([1, 2]);
      expect(hasGradient(x)).toBe(true);
      expect(gradientTarget(x) === target).toBe(true);
    }
  });

  test("never is a gradient that was passed on", () => {
    const [x, shared] = [intermediate(), span(1, 2)];
    accumulate(x, shared, false);
    const target = gradientTarget(x);
    numbers(target).set([7, 7]);
    expect(values(shared)).toEqual([1, 2]);
  });
});

test("newGradient is marked as invisible until a leaf adopts it", () => {
  withHeap(() => {
    const x = leaf();
    const gradient = newGradient(x);
    expect(gradient.internal).toBe(true);
    accumulate(x, gradient);
    expect([gradient.internal, gradient.held]).toEqual([false, true]);
  });
});

describe("memory that stays in place (the optimizer's)", () => {
  test("receives the gradients, first stored, then added", () => {
    const [x, arena] = [leaf(), withOwner(keptSpan("float32", 2))];
    moveGradient(x, arena);
    accumulate(x, span(1, 2));
    accumulate(x, span(10, 20));
    expect([values(arena), x.gradientSlot?.span === arena]).toEqual([[11, 22], true]);
  });

  test("takes over a gradient that exists, together with the tensor the user has", () => {
    const [x, arena] = [leaf(), withOwner(keptSpan("float32", 2))];
    accumulate(x, span(3, 4));
    const holder = { span: x.gradientSlot?.span as Span };
    (x.gradientSlot as GradientSlot).holder = holder;
    moveGradient(x, arena);
    expect([values(arena), holder.span === arena, hasGradient(x)]).toEqual([[3, 4], true, true]);
  });

  test("a tensor the user took keeps its numbers when the memory is used again", () => {
    const [x, arena] = [leaf(), withOwner(keptSpan("float32", 2))];
    moveGradient(x, arena);
    accumulate(x, span(1, 2));
    const slot = x.gradientSlot as GradientSlot;
    const holder = { span: slot.span };
    slot.holder = holder;
    slot.isSet = false; // zeroGrad()
    accumulate(x, span(5, 5));
    expect([values(holder.span), values(arena)]).toEqual([
      [1, 2],
      [5, 5],
    ]);
  });
});

/** Kept spans have an owner on the heap only; the rules are the same for arrays. */
function withOwner(one: Span): Span {
  one.owner ??= {};
  return one;
}
