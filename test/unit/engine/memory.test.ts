import { describe, expect, test } from "vitest";
import { noGrad } from "../../../src/autograd/gradMode.js";
import {
  arraySpan,
  exposedNumbers,
  firstNumber,
  keptSpan,
  newSpan,
  numbers,
  resident,
  subSpan,
} from "../../../src/engine/memory.js";
import { createRandom } from "../../../src/random.js";
import { randn, tensor, zeros } from "../../../src/tensor/create.js";
import { linear } from "../../../src/tensor/matmul.js";
import { markInternal } from "../../../src/tensor/record.js";
import { scope } from "../../../src/tensor/scope.js";
import "../../../src/tensor/methods.js";
import type { Tensor } from "../../../src/tensor/tensor.js";
import { memorySuite } from "../../suites/memory.js";
import { withHeap } from "../../support/openTestHeap.js";

describe("spans", () => {
  test("a float32 result is on the heap, a float64 result and an empty one are arrays", () => {
    withHeap(() => {
      expect(newSpan("float32", 3).pointer).toBeGreaterThan(0);
      expect(newSpan("float64", 3).pointer).toBe(-1);
      expect(newSpan("float32", 0).pointer).toBe(-1);
    });
    expect(newSpan("float32", 3).pointer).toBe(-1);
  });

  test("spans start at multiples of 64 bytes and do not overlap", () => {
    withHeap(() => {
      const [a, b] = [newSpan("float32", 17), newSpan("float32", 1)];
      expect([a.pointer % 64, b.pointer % 64]).toEqual([0, 0]);
      expect(b.pointer - a.pointer).toBeGreaterThanOrEqual(17 * 4);
    });
  });

  test("subSpan shares memory, on the heap and in an array", () => {
    withHeap(() => {
      for (const span of [keptSpan("float32", 8), keptSpan("float64", 8)]) {
        numbers(subSpan(span, 2, 3)).set([1, 2, 3]);
        expect(Array.from(numbers(span))).toEqual([0, 0, 1, 2, 3, 0, 0, 0]);
      }
    });
  });

  test("resident copies an array to the heap once an epoch, each time when the user may have changed it", () => {
    withHeap((heap) => {
      const own = arraySpan(Float32Array.of(5, 6));
      const first = resident(own);
      expect(resident(own)).toBe(first);
      expect(Array.from(heap.floats.subarray(first >> 2, (first >> 2) + 2))).toEqual([5, 6]);
      const shown = exposedNumbers(own);
      shown[0] = 9;
      const second = resident(own);
      expect(heap.floats[second >> 2]).toBe(9);
      heap.evacuate();
      expect(own.copyEpoch).not.toBe(heap.epoch);
    });
  });

  test("firstNumber reads the heap and arrays", () => {
    withHeap(() => {
      const span = newSpan("float32", 2);
      numbers(span).set([7, 8]);
      expect(firstNumber(span)).toBe(7);
      span.array = null;
      expect(firstNumber(span)).toBe(7);
      expect(firstNumber(arraySpan(Float64Array.of(3)))).toBe(3);
    });
  });
});

memorySuite(withHeap);
describe("where garbage cannot be collected on demand", () => {
  memorySuite((fn) => withHeap(fn, { largeStay: false }));
});

describe("large results", () => {
  const size = 100_000; // 400,000 bytes

  test("stay where they were written, and move out when the user looks at them", () => {
    withHeap((heap) => {
      const y = zeros([size]).add(3);
      const { pointer } = y.span;
      heap.evacuate();
      expect(y.span.pointer).toBe(pointer);
      const next = y.add(1);
      const shown = y.data;
      expect([y.span.pointer, shown.buffer instanceof ArrayBuffer, shown[size - 1]]).toEqual([-1, true, 3]);
      shown[0] = 50;
      expect(y.add(0).data[0]).toBe(50);
      expect(next.data[0]).toBe(4);
    });
  });

  test("that nobody can hold give their block back when the step ends", () => {
    withHeap((heap) => {
      const x = zeros([size]);
      const before = heap.statistics().free;
      const h = x.add(1);
      const y = h.add(1);
      markInternal(h, y, x);
      const { pointer } = h.span;
      heap.evacuate();
      expect(h.span.array).toBe(null);
      expect(before - heap.statistics().free).toBeLessThan(2 * 4 * size); // only y's, and the nursery's first piece
      expect(zeros([size]).add(1).span.pointer).toBe(pointer);
    });
  });

  test("looked at before the step ends they leave their block too", () => {
    withHeap((heap) => {
      zeros([size]).add(1); // the nursery has its memory
      heap.evacuate();
      const { kept } = heap.statistics();
      const y = zeros([size]).add(1);
      expect(y.data[0]).toBe(1);
      heap.evacuate();
      expect(heap.statistics().kept).toBe(kept);
      expect(y.data[0]).toBe(1);
    });
  });

  test("an array that is used step after step moves in, one the user has seen does not", () => {
    withHeap((heap) => {
      const x = randn([size], { random: createRandom(1) });
      const values = x.toArray();
      for (let i = 0; i < 3; i++) {
        expect(resident(x.span)).toBeGreaterThan(0);
        heap.evacuate();
      }
      expect(x.span.pointer).toBeGreaterThan(0);
      expect(x.toArray()).toEqual(values);
      x.data[0] = 9;
      for (let i = 0; i < 3; i++) {
        heap.evacuate();
        expect(heap.floats[resident(x.span) >> 2]).toBe(9);
      }
      expect(x.span.pointer).toBe(-1);
    });
  });

  test("garbage makes room when the limit is reached, in the middle of a task", () => {
    withHeap(
      (heap) => {
        let y = zeros([size]);
        let places = 0;
        for (let i = 0; i < 500; i++) {
          y = y.add(1);
          if (y.span.pointer >= 0) places++;
        }
        expect(y.data[size - 1]).toBe(500);
        // 500 results of 400,000 bytes through 8 MB: most had a place on the heap.
        expect(places).toBeGreaterThan(400);
        expect(heap.memory.buffer.byteLength).toBeLessThanOrEqual(8 << 20);
      },
      { megabytes: 8, softLimit: 1 << 20 },
    );
  });
});

describe("the nursery", () => {
  test("a graph larger than the soft limit raises it instead of copying at every operation", () => {
    withHeap(
      (heap) => {
        const x = randn([256], { random: createRandom(1) });
        const w = tensor([1], { requiresGrad: true });
        const run = (): void => {
          let y = x.mul(w);
          for (let i = 0; i < 60; i++) {
            const next = y.tanh();
            markInternal(y, next, x);
            y = next;
          }
          y.sum().backward();
        };
        for (let i = 0; i < 20; i++) run();
        expect(heap.softLimit).toBeGreaterThan(1 << 13);
        const epochs = heap.epoch;
        run();
        expect(heap.epoch - epochs).toBe(1); // only the end of backward()
      },
      { softLimit: 1 << 13 },
    );
  });

  test("results that do not fit under the limit become arrays", () => {
    withHeap(
      () => {
        const x = zeros([400_000]);
        const y = x.add(1).add(1).add(1);
        expect(y.data.every((value) => value === 3)).toBe(true);
      },
      { megabytes: 2 },
    );
  });
});

describe("results between layers", () => {
  test("are dropped, not copied, after the backward pass", () => {
    withHeap(() => {
      const x = tensor([[1, 2]]);
      const w = tensor([[0.5, 0.25]], { requiresGrad: true });
      const h = linear(x, w, null, "tanh");
      const y = h.square();
      markInternal(h, y, x);
      y.sum().backward();
      expect(h.span.array).toBe(null);
      expect(y.item()).toBeCloseTo(Math.tanh(1) ** 2, 6);
    });
  });

  test("are kept while a record still needs them, also when the nursery is emptied", () => {
    withHeap((heap) => {
      const x = tensor([[1, 2]]);
      const w = tensor([[0.5, 0.25]], { requiresGrad: true });
      const h = linear(x, w, null, "tanh");
      const y = h.square();
      markInternal(h, y, x);
      heap.evacuate();
      expect(h.span.pointer).toBe(-1);
      y.sum().backward();
      // d/dw tanh(u)² = 2·tanh(u)·(1 − tanh(u)²)·x with u = 0.5 + 0.5
      const slope = 2 * Math.tanh(1) * (1 - Math.tanh(1) ** 2);
      expect(w.grad?.allClose(tensor([[slope, 2 * slope]]))).toBe(true);
    });
  });

  test("a layer that returns its input unchanged, or reshaped, does not lose it", () => {
    withHeap((heap) => {
      const input = tensor([
        [1, 2],
        [3, 4],
      ]).mul(1);
      const same = input;
      const flat = same.reshape(4);
      markInternal(same, flat, input);
      const end = flat.reshape(2, 2);
      markInternal(flat, end, input);
      heap.evacuate();
      expect(input.toArray()).toEqual([
        [1, 2],
        [3, 4],
      ]);
      expect(end.toArray()).toEqual([
        [1, 2],
        [3, 4],
      ]);
    });
  });

  test("under noGrad they are dropped at the next evacuation", () => {
    withHeap((heap) => {
      noGrad(() => {
        const x = tensor([1, 2]);
        const h = x.mul(2);
        const y = h.add(1);
        markInternal(h, y, x);
        heap.evacuate();
        expect(h.span.array).toBe(null);
        expect(y.toArray()).toEqual([3, 5]);
      });
    });
  });
});

describe("scope", () => {
  test("drops what it does not return, keeps what it returns and gradients", () => {
    withHeap((heap) => {
      const w = tensor([1, 2], { requiresGrad: true });
      const result = scope(() => {
        const loss = w.mul(3).sum();
        loss.backward();
        return { loss, list: [w.add(1)] };
      });
      const inside = scope(() => w.square().mul(0).exp().mul(w).mul(5).sum());
      heap.evacuate();
      expect(result.loss.item()).toBe(9);
      expect(result.list[0]?.toArray()).toEqual([2, 3]);
      expect(w.grad?.toArray()).toEqual([3, 3]);
      expect(inside.item()).toBe(15);
      inside.backward(); // the graph of a returned tensor is kept with it
      expect(w.grad?.toArray()).toEqual([8, 8]);
    });
  });

  test("reading a dropped tensor says what to do", () => {
    withHeap((heap) => {
      let leaked: Tensor | undefined;
      scope(() => {
        leaked = tensor([1]).mul(3);
      });
      heap.evacuate();
      expect(() => leaked?.toArray()).toThrowErrorMatchingInlineSnapshot(`
        [RangeError: Tensor: these numbers were dropped at the end of scope(...)
          help: return the tensor from the function given to scope, or copy its numbers with toArray() inside]
      `);
    });
  });
});
