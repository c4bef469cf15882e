/**
 * What a user may rely on, whatever the engine does with memory: results stay valid for ever, memory stays flat, nothing
 * is disposed by hand. Run on a heap under the plain loops and on the fastest engine.
 */
import { describe, expect, test } from "vitest";
import type { Heap } from "../../src/engine/heap.js";
import { createRandom } from "../../src/random.js";
import { randn, tensor, zeros } from "../../src/tensor/create.js";
import { squaredError } from "../../src/tensor/loss.js";
import { linear } from "../../src/tensor/matmul.js";
import "../../src/tensor/methods.js";
import type { Tensor } from "../../src/tensor/tensor.js";
import "../support/toBeCloseToTensor.js";

/** A step of y = tanh(x·Wᵀ), with its loss, results held by the caller. */
export function makeStep(): { step: () => { y: Tensor; loss: Tensor }; weight: Tensor } {
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

/** @param withHeap runs a function while the heap is open */
export function memorySuite(withHeap: (fn: (heap: Heap) => void) => void): void {
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
        for (let i = 0; i < 100; i++) zeros([1000]).add(i); // the memory of before is used again
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
        const once = weight.grad?.clone() as Tensor;
        two.loss.backward();
        expect(weight.grad).toBeCloseToTensor(once.mul(2), 1e-6);
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

  describe("large results", () => {
    const size = 100_000;

    test("held over 300 operations they keep their numbers", () => {
      withHeap(() => {
        const held: Tensor[] = [];
        for (let i = 0; i < 300; i++) {
          const y = zeros([size]).add(i);
          if (i % 30 === 0) held.push(y);
          y.mul(2);
        }
        for (const [k, y] of held.entries()) {
          const { data } = y;
          expect([data[0], data[size - 1]]).toEqual([30 * k, 30 * k]);
        }
      });
    });

    test("a large gradient held by the user outlives zeroGrad and the next backward", () => {
      withHeap(() => {
        const w = zeros([size], { requiresGrad: true });
        w.mul(2).sum().backward();
        const first = w.grad as Tensor;
        for (const factor of [5, 7]) {
          w.zeroGrad();
          w.mul(factor).sum().backward();
          expect(w.grad?.data[size - 1]).toBe(factor);
        }
        expect([first.data[0], first.data[size - 1]]).toEqual([2, 2]);
        w.mul(1).sum().backward(); // added to the 7
        expect(w.grad?.data[0]).toBe(8);
      });
    });

    test("a graph of large results that waits while others come and go still gives its gradient", () => {
      withHeap(() => {
        const w = tensor([2], { requiresGrad: true });
        const loss = zeros([size]).add(w).square().mul(3).mean();
        for (let i = 0; i < 300; i++) zeros([size]).add(i);
        loss.backward();
        expect(w.grad?.item()).toBeCloseTo(12, 2); // d/dw 3·w², summed in float32
      });
    });

    test("1,000 of them in one task need no more than 256 MiB", () => {
      withHeap((heap) => {
        const x = zeros([size]);
        for (let i = 0; i < 1000; i++) x.add(i);
        expect(heap.memory.buffer.byteLength).toBeLessThanOrEqual(256 << 20);
      });
    });
  });

  describe("memory stays flat", () => {
    test("10,000 forward calls without a backward pass", () => {
      withHeap((heap) => {
        const { step } = makeStep();
        for (let i = 0; i < 1000; i++) step();
        const before = heap.memory.buffer.byteLength;
        for (let i = 0; i < 10_000; i++) step();
        expect(heap.memory.buffer.byteLength).toBe(before);
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
        const before = heap.memory.buffer.byteLength;
        for (let i = 0; i < 10_000; i++) once();
        expect(heap.memory.buffer.byteLength).toBe(before);
      });
    });
  });
}
