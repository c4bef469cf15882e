import { expect, test } from "vitest";
import { depthOf, growTree, leafOf } from "../../../../src/generalization/model/growTree.js";
import { SquaredError } from "../../../../src/generalization/model/impurity.js";
import { presort } from "../../../../src/generalization/model/presort.js";

const limits = { maxDepth: 9, minSamplesSplit: 2, minSamplesLeaf: 1, maxFeatures: 2 };
const grow = (x: number[][], y: number[], weight = new Float64Array(y.length).fill(1)) =>
  growTree(presort(x), weight, new SquaredError(Float64Array.from(y), weight, 1), limits);

test("XOR needs two levels although the first cut gains nothing", () => {
  const x = [
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ];
  const tree = grow(x, [0, 1, 1, 0]);
  expect(depthOf(tree)).toBe(2);
  expect(x.map((row) => tree.value[leafOf(tree, row)]![0])).toEqual([0, 1, 1, 0]);
});

test("equal gains go to the first feature", () => {
  const tree = grow(
    [
      [0, 0],
      [1, 1],
    ],
    [0, 1],
  );
  expect(tree.feature[0]).toBe(0);
});

test("samples of weight 0 are left out", () => {
  const tree = grow([[0], [1], [2]], [0, 100, 4], Float64Array.of(1, 0, 1));
  expect(tree.threshold[0]).toBe(1); // between 0 and 2
  expect(tree.value[0]).toEqual([2]);
});

test("identical rows with different targets stay one leaf", () => {
  const tree = grow(
    [
      [1, 2],
      [1, 2],
    ],
    [0, 4],
  );
  expect(tree.feature).toEqual([-1]);
  expect(tree.value[0]).toEqual([2]);
});
