import { expect, test } from "vitest";
import { chooseTiles } from "../../../../src/engine/emit/tiles.js";

test.each([
  ["fma", 20, "x64", "turbofan"],
  ["simd", 22, "x64", "turbofan"],
  ["fma", 24, "x64", "turboshaft"],
  ["fma", 99, "x64", "turboshaft"],
  ["wide", 24, "x64", "turboshaft-256"],
  ["fma", 20, "arm64", "turboshaft"],
] as const)("chooseTiles(%s, Node %i, %s) is %s", (path, major, architecture, name) => {
  expect(chooseTiles(path, major, architecture).name).toBe(name);
});

test("the tile of 256-bit code has an even number of vectors, which the revectorizer pairs", () => {
  const { matmul, conv, weightGrad } = chooseTiles("wide", 24, "x64");
  for (const { vectors } of [matmul, weightGrad, ...conv]) expect(vectors % 2).toBe(0);
});
