import { describe, expect, test } from "vitest";
import { systemCollector } from "../../../src/engine/collector.js";
import { KeptBlocks } from "../../../src/engine/keptBlocks.js";
import type { Block } from "../../../src/engine/span.js";

const mebibyte = 1 << 20;

/** Kept blocks that write down what comes back. */
function open(collect = systemCollector()): { blocks: KeptBlocks; back: number[] } {
  const back: number[] = [];
  return { blocks: new KeptBlocks(({ start }) => back.push(start), collect), back };
}

/** Keeps blocks of 1 MiB at start, start + 1, ... and forgets their owners. */
function addDead(blocks: KeptBlocks, start: number, count: number): void {
  for (let i = 0; i < count; i++) blocks.add({ start: start + i, bytes: mebibyte });
}

describe("KeptBlocks", () => {
  test("in one task: after 32 MiB the blocks without an owner come back, the others stay", () => {
    const { blocks, back } = open();
    const held = blocks.add({ start: 7, bytes: mebibyte });
    addDead(blocks, 100, 30);
    blocks.collectIfDue(false);
    expect(back).toEqual([]);
    addDead(blocks, 200, 1);
    blocks.collectIfDue(false);
    expect(back.toSorted((a, b) => a - b)).toEqual([...Array.from({ length: 30 }, (_, i) => 100 + i), 200]);
    expect(held).toEqual({ start: 7, bytes: mebibyte });
  });

  test("as much as is alive must be added before garbage is looked for again", () => {
    const { blocks, back } = open();
    const held: Block[] = [];
    for (let i = 0; i < 200; i++) held.push(blocks.add({ start: i, bytes: mebibyte }));
    blocks.collectIfDue(false);
    addDead(blocks, 1000, 199);
    blocks.collectIfDue(false);
    expect(back).toEqual([]);
    addDead(blocks, 2000, 1);
    blocks.collectIfDue(false);
    expect(back).toHaveLength(200);
    expect(held).toHaveLength(200);
  });

  test("when room is short it is looked for at once, but not twice without new blocks", () => {
    let collections = 0;
    const collect = systemCollector() as () => void;
    const { blocks, back } = open(() => {
      collections++;
      collect();
    });
    blocks.collectIfDue(true);
    expect([collections, blocks.hasNew]).toEqual([0, false]);
    addDead(blocks, 1, 2);
    expect(blocks.hasNew).toBe(true);
    blocks.collectIfDue(true);
    blocks.collectIfDue(true);
    expect(collections).toBe(1);
    expect(back).toEqual([1, 2]);
  });

  test("without a collector blocks come back between tasks only", async () => {
    const { blocks, back } = open(null);
    expect(blocks.canCollect).toBe(false);
    addDead(blocks, 1, 3);
    blocks.collectIfDue(true);
    expect(back).toEqual([]);
    for (let i = 0; i < 50 && back.length < 3; i++) {
      systemCollector()?.();
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(back.toSorted()).toEqual([1, 2, 3]);
  });
});
