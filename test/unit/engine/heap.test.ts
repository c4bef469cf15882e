import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { closeHeap, keptSpan, numbers } from "../../../src/engine/memory.js";
import { openTestHeap, withHeap } from "../../support/openTestHeap.js";

test("kept blocks do not overlap each other or the nursery, and start as zeros", () => {
  withHeap((heap) => {
    const pointer = heap.bump(1000);
    heap.floats.fill(7);
    const [a, b] = [keptSpan("float32", 20_000), keptSpan("float32", 5)];
    expect(numbers(a).every((value) => value === 0)).toBe(true);
    numbers(a).fill(1);
    numbers(b).fill(2);
    expect(heap.floats[pointer >> 2]).toBe(7);
    expect(numbers(a).every((value) => value === 1)).toBe(true);
  });
});

test("bump gives -1 when the limit is reached, and works again after evacuation", () => {
  withHeap(
    (heap) => {
      expect(heap.bump(3 << 20)).toBe(-1);
      expect(heap.bump(1 << 20)).toBeGreaterThan(0);
      expect(heap.bump(1 << 20)).toBe(-1);
      heap.evacuate();
      expect(heap.bump(1 << 20)).toBeGreaterThan(0);
    },
    { megabytes: 2 },
  );
});

test("keep gives null when the limit is reached", () => {
  withHeap((heap) => expect(heap.keep(3 << 20)).toBe(null), { megabytes: 2 });
});

test("after a step that needed several chunks the next one needs one", () => {
  withHeap((heap) => {
    const chunksUsed = (): number => {
      const starts: number[] = [];
      for (let i = 0; i < 12; i++) starts.push(heap.bump(1 << 20));
      return starts.filter((start, i) => i > 0 && start !== (starts[i - 1] as number) + (1 << 20)).length + 1;
    };
    expect(chunksUsed()).toBeGreaterThan(1);
    heap.evacuate();
    expect(chunksUsed()).toBe(1);
  });
});

test("statistics account for every byte", () => {
  withHeap((heap) => {
    const before = heap.statistics();
    heap.bump(100);
    keptSpan("float32", 100_000);
    const { total, nursery, free, kept } = heap.statistics();
    expect(nursery).toBeGreaterThanOrEqual(4 << 20);
    expect(kept - before.kept).toBe(7 * 65536); // 400,064 bytes in pages of 64 KiB
    expect(total).toBe(nursery + free + kept);
  });
});

test("a block nobody refers to is used again; a view of it keeps it", async () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const heap = openTestHeap();
  try {
    const free = (): number => heap.statistics().free;
    const view = numbers(keptSpan("float32", 100_000));
    view.fill(3);
    const start = (() => keptSpan("float32", 100_000).pointer)();
    const before = free();
    for (let i = 0; i < 50 && free() === before; i++) {
      collect();
      await turn();
    }
    expect(free() - before).toBe(7 * 65536);
    expect(keptSpan("float32", 100_000).pointer).toBe(start);
    expect(view.every((value) => value === 3)).toBe(true);
  } finally {
    closeHeap();
  }
});
