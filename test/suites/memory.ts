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
