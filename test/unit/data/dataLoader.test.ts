import { describe, expect, test } from "vitest";
import { DataLoader, type DataLoaderOptions } from "../../../src/data/dataLoader.js";
import { createRandom } from "../../../src/random.js";
import { arange, tensor } from "../../../src/tensor/create.js";
import { reshape } from "../../../src/tensor/movement.js";

const samples = (n: number) => ({ x: reshape(arange(n), n, 1), y: arange(n) });
const loader = (n: number, options: DataLoaderOptions): DataLoader => new DataLoader(samples(n), options);
const epoch = (from: DataLoader): number[][] => Array.from(from, ({ x }) => [...x.data]);

describe("DataLoader", () => {
  test("has the expected defaults: the order of the data, the last batch short", () => {
    const batches = loader(5, { batchSize: 2 });
    expect(epoch(batches)).toEqual([[0, 1], [2, 3], [4]]);
    expect(epoch(batches)).toEqual([[0, 1], [2, 3], [4]]);
    expect(batches.length).toBe(3);
  });

  test("x, y and indices belong together", () => {
    for (const { x, y, indices } of loader(7, { batchSize: 3, shuffle: true, random: createRandom(1) })) {
      expect(x.shape).toEqual([indices.length, 1]);
      expect([...x.data]).toEqual([...indices]);
      expect([...y.data]).toEqual([...indices]);
    }
  });

  test("{shuffle: true} visits every sample once an epoch, in a new order each epoch", () => {
    const batches = loader(20, { batchSize: 6, shuffle: true, random: createRandom(1) });
    const [first, second] = [epoch(batches).flat(), epoch(batches).flat()];
    const all = Array.from({ length: 20 }, (_, i) => i);
    expect([...first].sort((a, b) => a - b)).toEqual(all);
    expect([...second].sort((a, b) => a - b)).toEqual(all);
    expect(first).not.toEqual(second);
    expect(batches.epoch).toBe(2);
  });

  test("{dropLast: true} leaves out what does not fill a batch", () => {
    const batches = loader(5, { batchSize: 2, dropLast: true });
    expect(epoch(batches)).toEqual([
      [0, 1],
      [2, 3],
    ]);
    expect(batches.length).toBe(2);
  });

  test("equal generators give equal batches, whatever is drawn in between", () => {
    const random = createRandom(1);
    const a = loader(10, { batchSize: 5, shuffle: true, random });
    const b = loader(10, { batchSize: 5, shuffle: true, random: createRandom(1) });
    random.uniform();
    expect(epoch(a)).toEqual(epoch(b));
    expect(epoch(a)).toEqual(epoch(b));
    // The next loader from the same generator has orders of its own.
    expect(epoch(loader(10, { batchSize: 5, shuffle: true, random }))).not.toEqual(epoch(b));
  });

  test("explain() tells the next orders without beginning them", () => {
    const batches = loader(5, { batchSize: 2, shuffle: true, dropLast: true, random: createRandom(3) });
    const { orders, leftOut } = batches.explain({ epochs: 2 });
    expect(orders.map((order) => order.length)).toEqual([4, 4]);
    expect(leftOut.map((left) => left.length)).toEqual([1, 1]);
    expect(batches.epoch).toBe(0);
    expect(epoch(batches).flat()).toEqual(orders[0]);
    expect(epoch(batches).flat()).toEqual(orders[1]);
  });

  test("the explanation reads as lines", () => {
    expect(String(loader(5, { batchSize: 2, dropLast: true }).explain({ epochs: 1 }))).toBe(
      "epoch 1 | 0 1 | 2 3   left out: 4",
    );
    expect(String(loader(50, { batchSize: 20 }).explain({ epochs: 1 }))).toMatch(/ 38 39 \| … 50 samples$/);
  });

  test("takes a Dataset", () => {
    const dataset = {
      length: 3,
      batch: (indices: Int32Array) => ({
        x: tensor([...indices].map((i) => [i * 10])),
        y: tensor([...indices]),
      }),
    };
    expect(epoch(new DataLoader(dataset, { batchSize: 2 }))).toEqual([[0, 10], [20]]);
  });

  test("{indices} keeps to one side of a split", () => {
    expect(epoch(loader(10, { batchSize: 2, indices: [9, 1, 5] }))).toEqual([[9, 1], [5]]);
  });

  test("errors", () => {
    expect(() => loader(5, {} as DataLoaderOptions)).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: DataLoader: batchSize must be a whole number at least 1, got undefined]`,
    );
    expect(() => loader(5, { batchSize: 2, random: createRandom(1) })).toThrowErrorMatchingInlineSnapshot(`
      [RangeError: DataLoader: random needs shuffle, got shuffle false
        help: pass {shuffle: true} or drop random]
    `);
    expect(() => loader(3, { batchSize: 4, dropLast: true })).toThrowErrorMatchingInlineSnapshot(`
      [RangeError: DataLoader: dropLast needs at least one full batch, got 3 samples for batchSize 4
        help: drop dropLast or take a smaller batchSize]
    `);
    expect(() => loader(3, { batchsize: 4 } as never)).toThrowErrorMatchingInlineSnapshot(`
      [TypeError: DataLoader: unknown option "batchsize"
        help: did you mean "batchSize"?]
    `);
    expect(
      () => new DataLoader({ x: tensor([1]), y: tensor([1, 2]) }, { batchSize: 1 }),
    ).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: DataLoader: x and y must have the same number of samples, got 1 and 2
        x [1], y [2]]
    `);
    expect(() =>
      loader(3, { batchSize: 1 }).explain({ epoch: 1 } as object),
    ).toThrowErrorMatchingInlineSnapshot(`
      [TypeError: explain: unknown option "epoch"
        help: did you mean "epochs"?]
    `);
  });
});
