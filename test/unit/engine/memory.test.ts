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
import { squaredError } from "../../../src/tensor/loss.js";
import { linear } from "../../../src/tensor/matmul.js";
import { markInternal } from "../../../src/tensor/record.js";
import { scope } from "../../../src/tensor/scope.js";
import "../../../src/tensor/methods.js";
import type { Tensor } from "../../../src/tensor/tensor.js";
import { withHeap } from "../../support/openTestHeap.js";

const bytesOf = (heap: { memory: { buffer: ArrayBufferLike } }): number => heap.memory.buffer.byteLength;

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

/** A step of y = tanh(x·Wᵀ), with its loss, results held by the caller. */
function makeStep(): { step: () => { y: Tensor; loss: Tensor }; weight: Tensor } {
  const random = createRandom(1);
  const x = randn([16, 8], { random });
  const target = randn([16, 4], { random });
  const weight = randn([4, 8], { random, requiresGrad: true });
  const step = () => {
    const y = linear(x, weight, null, "tanh");
    return { y, loss: squaredError(y, target) };
  };
  return { step, weight };
}

describe("results stay valid", () => {
  test("tensors held over 500 training steps keep their numbers", () => {
    withHeap((heap) => {
      const { step, weight } = makeStep();
      const held: { y: Tensor; loss: Tensor; values: unknown; value: number }[] = [];
      for (let i = 0; i < 500; i++) {
        const { y, loss } = step();
        held.push({ y, loss, values: y.toArray(), value: loss.item() });
        loss.backward();
        const gradient = weight.grad as Tensor;
        weight.data.forEach((value, k) => {
          weight.data[k] = value - 0.05 * (gradient.data[k] as number);
        });
        weight.zeroGrad();
      }
      expect(heap.epoch).toBeGreaterThanOrEqual(500);
      for (const { y, loss, values, value } of held) {
        expect(y.toArray()).toEqual(values);
        expect(loss.item()).toBe(value);
      }
      expect((held[499] as { value: number }).value).toBeLessThan((held[0] as { value: number }).value);
    });
  });

  test("an array taken from data stays as it was, whatever the memory is used for later", () => {
    withHeap(() => {
      const data = tensor([1, 2, 3]).mul(2).data;
      for (let i = 0; i < 100; i++) zeros([1000]).add(i);
      const { step } = makeStep();
      step().loss.backward();
      expect(Array.from(data)).toEqual([2, 4, 6]);
    });
  });

  test("writing to data changes what later operations see", () => {
    withHeap(() => {
      const y = tensor([1, 2]).mul(1);
      y.data[0] = 50;
      expect(y.add(0).toArray()).toEqual([50, 2]);
      y.data[0] = 60;
      expect(y.add(0).toArray()).toEqual([60, 2]);
    });
  });

  test("a gradient held by the user outlives zeroGrad and the next backward", () => {
    withHeap(() => {
      const w = tensor([1, 2], { requiresGrad: true });
      w.square().sum().backward();
      const first = w.grad as Tensor;
      w.zeroGrad();
      w.mul(100).sum().backward();
      expect(first.toArray()).toEqual([2, 4]);
      expect(w.grad?.toArray()).toEqual([100, 100]);
    });
  });

  test("two losses of separate graphs: the first backward pass leaves the second intact", () => {
    withHeap(() => {
      const { step, weight } = makeStep();
      const [one, two] = [step(), step()];
      one.loss.backward();
      const once = weight.grad?.clone().toArray() as number[][];
      two.loss.backward();
      const twice = weight.grad?.toArray() as number[][];
      expect(twice.flat()).toEqual(once.flat().map((value) => Math.fround(2 * value)));
    });
  });

  test("a graph that waits while 10,000 other results come and go still gives its gradient", () => {
    withHeap((heap) => {
      const w = tensor([1, 2, 3], { requiresGrad: true });
      const loss = w.exp().log().square().sum();
      const other = tensor([1, 2, 3, 4]);
      for (let i = 0; i < 10_000; i++) other.mul(i).add(1);
      expect(heap.epoch).toBeGreaterThan(0);
      loss.backward();
      expect(w.grad?.allClose(tensor([2, 4, 6]))).toBe(true);
    });
  });
});

describe("memory stays flat", () => {
  test("10,000 forward calls without a backward pass", () => {
    withHeap((heap) => {
      const { step } = makeStep();
      for (let i = 0; i < 1000; i++) step();
      const before = bytesOf(heap);
      for (let i = 0; i < 10_000; i++) step();
      expect(bytesOf(heap)).toBe(before);
    });
  });

  test("10,000 training steps", () => {
    withHeap((heap) => {
      const { step, weight } = makeStep();
      const once = () => {
        step().loss.backward();
        weight.zeroGrad();
      };
      for (let i = 0; i < 100; i++) once();
      const before = bytesOf(heap);
      for (let i = 0; i < 10_000; i++) once();
      expect(bytesOf(heap)).toBe(before);
    });
  });

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
