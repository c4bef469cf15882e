import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { describe, expect, test } from "vitest";
import { type Collect, findCollector } from "../../../src/engine/collector.js";

/** Objects nobody refers to, made in this task. */
const garbage = (): WeakRef<object>[] => Array.from({ length: 100 }, (_, i) => new WeakRef({ i }));
const alive = (refs: readonly WeakRef<object>[]): number =>
  refs.filter((ref) => ref.deref() !== undefined).length;

describe("findCollector", () => {
  test("finds what died in the same task, also what was looked at since", () => {
    const collect = findCollector(true, undefined) as Collect;
    const [refs, held] = [garbage(), { held: true }];
    const kept = new WeakRef(held);
    expect(alive(refs)).toBe(100);
    collect();
    expect(alive(refs)).toBe(0);
    expect(kept.deref()).toBe(held);
  });

  test("does not run the promise jobs that wait", async () => {
    const collect = findCollector(true, undefined) as Collect;
    let hasRun = false;
    const job = Promise.resolve().then(() => {
      hasRun = true;
    });
    collect();
    expect(hasRun).toBe(false);
    await job;
    expect(hasRun).toBe(true);
  });

  test("finds one although another thread keeps putting the flag back", async () => {
    const code = `const { setFlagsFromString } = require("node:v8");
      const [stop] = [require("node:worker_threads").workerData];
      Atomics.store(stop, 1, 1);
      while (Atomics.load(stop, 0) === 0) {
        setFlagsFromString("--no-expose-gc");
        Atomics.wait(stop, 0, 0, 1);
      }`;
    const stop = new Int32Array(new SharedArrayBuffer(8));
    const worker = new Worker(code, { eval: true, workerData: stop });
    await once(worker, "online");
    while (Atomics.load(stop, 1) === 0) await new Promise((resolve) => setImmediate(resolve));
    for (let i = 0; i < 200; i++) expect(findCollector(true, undefined)).not.toBe(null);
    Atomics.store(stop, 0, 1);
    await once(worker, "exit");
  });

  test("without permission to set flags there is one only when node was started with --expose-gc", () => {
    expect(findCollector(false, undefined)).toBe(null);
    const gc = findCollector(true, undefined) as Collect;
    const collect = findCollector(false, gc) as Collect;
    const refs = garbage();
    collect();
    expect(alive(refs)).toBe(0);
  });
});
