import { Worker } from "node:worker_threads";
import { afterAll, expect, test } from "vitest";
import { useCompileLock, whileLocked } from "../../../../src/engine/wasm/compileLock.js";

const lock = new Int32Array(new SharedArrayBuffer(8));
useCompileLock(lock);
afterAll(() => useCompileLock(new Int32Array(new SharedArrayBuffer(4))));

test("holds the lock while it compiles, and gives it back, also after an error", () => {
  expect(whileLocked(() => lock[0])).toBe(1);
  expect(lock[0]).toBe(0);
  expect(() =>
    whileLocked(() => {
      throw new Error("no");
    }),
  ).toThrow("no");
  expect(lock[0]).toBe(0);
});

test("waits for another thread to give it back", async () => {
  lock[0] = 1;
  const code = `const lock = require("node:worker_threads").workerData;
    lock[1] = 5; Atomics.store(lock, 0, 0); Atomics.notify(lock, 0);`;
  const worker = new Worker(code, { eval: true, workerData: lock });
  expect(whileLocked(() => lock[1])).toBe(5);
  await worker.terminate();
});
