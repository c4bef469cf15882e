import { describe, expect, test } from "vitest";
import * as datasets from "../../../src/data/datasets.js";
import { createRandom } from "../../../src/random.js";

test("every data set is here", () => {
  expect(Object.keys(datasets).sort()).toEqual([
    "autoregressive",
    "blobs",
    "digits",
    "moons",
    "polynomial",
    "randomWalk",
    "shapes",
    "sineRegression",
    "spirals",
    "wigglyRegression",
  ]);
});

describe.each(Object.entries(datasets))("%s", (name, make) => {
  const build = (seed: number, more: object = {}) => make({ n: 12, random: createRandom(seed), ...more });
  test("the same seed gives the same samples, another seed others", () => {
    const [a, b, c] = [build(1), build(1), build(2)];
    expect([...a.x.data, ...a.y.data]).toEqual([...b.x.data, ...b.y.data]);
    expect([...a.x.data, ...a.y.data]).not.toEqual([...c.x.data, ...c.y.data]);
    expect(a.x.shape[0]).toBe(12);
    expect(a.y.shape[0]).toBe(12);
  });
  test("dtype is float32 by default, float64 when asked", () => {
    expect(build(1).x.dtype).toBe("float32");
    expect(build(1, { dtype: "float64" }).y.dtype).toBe("float64");
  });
  test("unknown options and impossible sizes are refused by name", () => {
    expect(() => build(1, { samples: 3 })).toThrow(`${name}: unknown option "samples"`);
    expect(() => build(1, { n: 0 })).toThrow(new RegExp(`^${name}: n must be a whole number`));
    expect(() => build(1, { random: 7 })).toThrow(`${name}: random must be a generator, got 7`);
  });
});
