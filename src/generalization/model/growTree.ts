// Growing one tree: divide the node's samples at the best cut of all features, then divide the parts.
import type { Random } from "../../random.js";
import type { Criterion, Cut } from "./impurity.js";
import type { Presorted } from "./presort.js";

/** When to stop dividing. */
export interface TreeLimits {
  readonly maxDepth: number;
  readonly minSamplesSplit: number;
  readonly minSamplesLeaf: number;
  /** How many features a node looks at, drawn at random; all when equal to the number of features. */
  readonly maxFeatures: number;
  /** Needed only when maxFeatures is less than the number of features. */
  readonly random?: Random;
}

/** A grown tree as parallel lists; node 0 is the root. `feature` is −1 at a leaf. */
export interface Tree {
  readonly feature: number[];
  readonly threshold: number[];
  readonly left: number[];
  readonly right: number[];
  /** Mean, or shares of the classes, of the training samples in each node. */
  readonly value: number[][];
}

/** Part of a feature order that belongs to one node, waiting to be divided. */
interface Pending {
  readonly node: number;
  readonly start: number;
  readonly end: number;
  readonly depth: number;
}

/**
 * @param weight samples of weight 0 are left out entirely (a bootstrap sample is a list of counts)
 */
export function growTree(
  data: Presorted,
  weight: Float64Array,
  criterion: Criterion,
  limits: TreeLimits,
): Tree {
  const orders = data.orders.map((order) => order.filter((sample) => weight[sample]! > 0));
  const tree: Tree = { feature: [], threshold: [], left: [], right: [], value: [] };
  const addNode = (): number => {
    tree.left.push(-1);
    tree.right.push(-1);
    tree.threshold.push(0);
    tree.value.push([]);
    return tree.feature.push(-1) - 1;
  };
  const goesLeft = new Uint8Array(data.n);
  const spare = new Int32Array(data.n);
  const pending: Pending[] = [{ node: addNode(), start: 0, end: orders[0]!.length, depth: 0 }];
  for (let item = pending.pop(); item !== undefined; item = pending.pop()) {
    const { node, start, end, depth } = item;
    const isPure = criterion.enter(orders[0]!, start, end);
    tree.value[node] = criterion.leaf();
    const size = end - start;
    if (
      isPure ||
      depth >= limits.maxDepth ||
      size < limits.minSamplesSplit ||
      size < 2 * limits.minSamplesLeaf
    )
      continue;
    const cut = bestCut(data, orders, criterion, limits, start, end);
    if (cut.feature < 0) continue;
    divide(orders, cut, start, end, goesLeft, spare);
    tree.feature[node] = cut.feature;
    tree.threshold[node] = cut.threshold;
    tree.left[node] = addNode();
    tree.right[node] = addNode();
    pending.push({ node: tree.right[node]!, start: cut.position, end, depth: depth + 1 });
    pending.push({ node: tree.left[node]!, start, end: cut.position, depth: depth + 1 });
  }
  return tree;
}

/** The best cut; among equals the first feature and the lowest threshold. */
function bestCut(
  data: Presorted,
  orders: readonly Int32Array[],
  criterion: Criterion,
  limits: TreeLimits,
  start: number,
  end: number,
): Cut {
  const best: Cut = { feature: -1, position: -1, threshold: 0, gain: Number.NEGATIVE_INFINITY };
  const varies = (feature: number): boolean => {
    const order = orders[feature]!;
    const column = data.columns[feature]!;
    return column[order[end - 1]!]! > column[order[start]!]! + 1e-7;
  };
  let candidates = orders.map((_, feature) => feature).filter(varies);
  if (limits.random && limits.maxFeatures < orders.length && candidates.length > limits.maxFeatures)
    candidates = limits.random
      .shuffle(candidates)
      .slice(0, limits.maxFeatures)
      .sort((a, b) => a - b);
  for (const feature of candidates) criterion.scan(data, orders[feature]!, feature, start, end, best);
  return best;
}

/** Puts the samples of the left part first in every feature's order, keeping both parts sorted. */
function divide(
  orders: readonly Int32Array[],
  cut: Cut,
  start: number,
  end: number,
  goesLeft: Uint8Array,
  spare: Int32Array,
): void {
  const cutOrder = orders[cut.feature]!;
  for (let i = start; i < end; i++) goesLeft[cutOrder[i]!] = i < cut.position ? 1 : 0;
  for (let feature = 0; feature < orders.length; feature++) {
    if (feature === cut.feature) continue;
    const order = orders[feature]!;
    let left = start;
    let right = 0;
    for (let i = start; i < end; i++) {
      const sample = order[i]!;
      if (goesLeft[sample] === 1) order[left++] = sample;
      else spare[right++] = sample;
    }
    order.set(spare.subarray(0, right), left);
  }
}

/** The leaf a row falls into. Features are compared in single precision, as when the tree was grown. */
export function leafOf(tree: Tree, row: ArrayLike<number>): number {
  let node = 0;
  for (let feature = tree.feature[0]!; feature >= 0; feature = tree.feature[node]!)
    node = (Math.fround(row[feature]!) <= tree.threshold[node]! ? tree.left : tree.right)[node]!;
  return node;
}

/** The number of levels below the root. */
export function depthOf(tree: Tree, node = 0): number {
  if (tree.feature[node]! < 0) return 0;
  return 1 + Math.max(depthOf(tree, tree.left[node]!), depthOf(tree, tree.right[node]!));
}
