import { expect, test } from "vitest";
import type { ConvGeometry } from "../../../../src/engine/interface.js";
import { PlanCache } from "../../../../src/engine/wasm/planCache.js";

const geometry = (inChannels: number, batch = 1): ConvGeometry => ({
  batch,
  inChannels,
  outChannels: 1,
  groups: 1,
  inputSize: [1, 1, 8],
  kernelSize: [1, 1, 3],
  outputSize: [1, 1, 6],
  stride: [1, 1, 1],
  padding: [0, 0, 0],
  dilation: [1, 1, 1],
});

test("a geometry is planned once, whatever the batch size", () => {
  const planned: number[] = [];
  const cache = new PlanCache((g) => planned.push(g.inChannels));
  const first = geometry(1);
  expect([cache.get(first), cache.get(first), cache.get(geometry(1, 7)), cache.get(geometry(2))]).toEqual([
    1, 1, 1, 2,
  ]);
  expect(planned).toEqual([1, 2]);
});

test("64 plans are kept, the oldest goes first", () => {
  const planned: number[] = [];
  const cache = new PlanCache((g) => planned.push(g.inChannels));
  for (let c = 1; c <= 65; c++) cache.get(geometry(c));
  cache.get(geometry(65));
  expect(planned).toHaveLength(65);
  cache.get(geometry(1));
  expect(planned).toHaveLength(66);
});
