import { expect, test } from "vitest";
import { nn, tensor } from "../../../src/index.js";
import { smoothLabels } from "../../../src/regularization/smoothLabels.js";

test("logits (2, 1, 0), class 0, ε = 0.1: 0.5076059644443804 as PyTorch, not 0.5576 with ε/(K − 1)", () => {
  const logits = tensor([[2, 1, 0]], { dtype: "float64" });
  const soft = smoothLabels(tensor([[1, 0, 0]], { dtype: "float64" }), { epsilon: 0.1 });
  expect(nn.crossEntropy(logits, soft).item()).toBeCloseTo(0.5076059644443804, 12);
});

test("rows sum to one and ε = 0 changes nothing", () => {
  const rows = smoothLabels([2, 0], { numClasses: 3, epsilon: 0.3 }).toArray() as number[][];
  for (const row of rows) expect(row.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 6);
  expect(smoothLabels([1], { numClasses: 2, epsilon: 0 }).toArray()).toEqual([[0, 1]]);
});

test("bad input is refused", () => {
  expect(() => smoothLabels([1])).toThrowErrorMatchingInlineSnapshot(`
    [TypeError: smoothLabels: numClasses is needed for class numbers, got undefined
      help: pass {numClasses: 10}]
  `);
  expect(() => smoothLabels([1], { numClasses: 2, epsilon: 1.5 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: smoothLabels: epsilon must be a finite number from 0 to 1, got 1.5]`,
  );
  expect(() => smoothLabels(tensor([[1, 0]]), { numClasses: 3 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: smoothLabels: numClasses must be the number of columns, got 3 for 2 columns]`,
  );
});

test("class numbers where probabilities are needed", () =>
  expect(() => smoothLabels(tensor([[3, 7]]))).toThrowErrorMatchingInlineSnapshot(`
    [RangeError: smoothLabels: labels must hold probabilities from 0 to 1, got 3 in row 0
      labels [1, 2]
      help: convert class numbers with data.oneHot(labels, numClasses)]
  `));
