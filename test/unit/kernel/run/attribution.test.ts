import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { afterAll, describe, expect, test } from "vitest";
import {
  attributeByContext,
  attributeBySchedulers,
  makeAttribution,
} from "../../../../kernel/run/attribution.js";

// The second implementation replaces the schedulers of this process.
const saved = { setTimeout, setInterval, setImmediate, queueMicrotask, nextTick: process.nextTick };
const bySchedulers = attributeBySchedulers();
afterAll(() => {
  Object.assign(globalThis, saved);
  process.nextTick = saved.nextTick;
});

describe.each([
  ["by context", attributeByContext()],
  ["by schedulers", bySchedulers],
])("attribution %s", (_, attribution) => {
  const { run, current } = attribution;
  const later = (start: (done: () => void) => void): Promise<number> => {
    const seen = new Promise<number>((resolve) => run(1, () => start(() => resolve(current()))));
    run(2, () => {});
    return seen;
  };

  test("is the cell that runs, and the last one afterwards", () => {
    expect(run(3, current)).toBe(3);
    expect(current()).toBe(3);
  });
  test.each<[string, (done: () => void) => void]>([
    ["setTimeout", (done) => setTimeout(done, 1)],
    ["setImmediate", (done) => setImmediate(done)],
    [
      "setInterval",
      (done) => {
        const id = setInterval(() => {
          clearInterval(id);
          done();
        }, 1);
      },
    ],
    ["queueMicrotask", (done) => queueMicrotask(done)],
    [
      "a promise after a timer",
      (done) => void new Promise((r) => setTimeout(r, 1)).then(() => Promise.resolve()).then(done),
    ],
    ["util.promisify(setTimeout)", (done) => void promisify(setTimeout)(1).then(done)],
    ["a timer in a timer", (done) => setTimeout(() => setTimeout(done, 1), 1)],
  ])("of %s is the cell that called it", async (_name, start) => {
    expect(await later(start)).toBe(1);
  });
});

test("timers keep their arguments and handles", async () => {
  expect(await new Promise((resolve) => setTimeout((a, b) => resolve([a, b]), 1, "x", "y"))).toEqual([
    "x",
    "y",
  ]);
  const id = setTimeout(() => expect.unreachable(), 1);
  clearTimeout(id);
  await sleep(5);
  expect(() => setTimeout("text" as unknown as () => void, 1)).toThrow(
    /The "callback" argument must be of type function/,
  );
});

test("Node 24 and later attribute by context", () => {
  expect(makeAttribution(24).run(5, () => 1)).toBe(1);
});
