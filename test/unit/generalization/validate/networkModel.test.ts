import { expect, test } from "vitest";
import { kFold } from "../../../../src/generalization/split/kFold.js";
import { crossValidate } from "../../../../src/generalization/validate/crossValidate.js";
import { networkModel } from "../../../../src/generalization/validate/networkModel.js";
import * as gradbook from "../../../../src/index.js";

const { createRandom, nn, optim } = gradbook;

function descend(network: gradbook.nn.Module, loss: () => gradbook.Tensor, steps: number): void {
  const optimizer = new optim.Adam(network.parameters(), { learningRate: 0.1 });
  for (let step = 0; step < steps; step++) {
    optimizer.zeroGrad();
    loss().backward();
    optimizer.step();
  }
}

test("a network is cross-validated like any other model", () => {
  const x = Array.from({ length: 12 }, (_, i) => [i / 6 - 1]);
  const y = x.map(([v]) => 3 * v! + 1);
  const model = networkModel({
    build: (features, outputs) => new nn.Linear(features, outputs, { random: createRandom(1) }),
    train: (network, inputs, targets) =>
      descend(network, () => nn.mseLoss(network.forward(inputs), targets), 200),
  });
  const result = crossValidate(model, { x, y }, kFold(12, { nSplits: 3 }));
  expect(result.score).toBe("r2");
  expect(Math.min(...result.scores)).toBeGreaterThan(0.99);
});

test("classification returns the labels that were given", () => {
  const x = [[-2], [-1], [1], [2]];
  const y = [7, 7, -3, -3];
  const model = networkModel({
    build: (features, outputs) => new nn.Linear(features, outputs, { random: createRandom(1) }),
    train: (network, inputs, targets) =>
      descend(network, () => nn.crossEntropy(network.forward(inputs), targets), 100),
    task: "classification",
  });
  expect(model.fit(x, y).predict([[-3], [3]])).toEqual([7, -3]);
});

test("what is not a function is refused", () => {
  expect(() => networkModel({ build: 1 as never, train: () => {} })).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: networkModel: build must be a function, got 1]`,
  );
});
