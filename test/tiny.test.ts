// The whole product on one page: read this first. Numbers, gradients, convolution, a network, honest splits, a picture, an answer that
// is checked, and one notebook cell in the real kernel.
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  check,
  conv,
  createRandom,
  data,
  generalization,
  nn,
  optim,
  plot,
  tensor,
  train,
} from "../src/index.js";
import { resultOf } from "./support/jupyterClient.js";
import { startKernel, type TestKernel } from "./support/startKernel.js";

let kernel: TestKernel;
beforeAll(async () => {
  kernel = await startKernel();
});
afterAll(() => kernel.stop());

test("a tensor knows how it was computed", () => {
  const x = tensor([1, 2, 3], { requiresGrad: true });
  x.square().sum().backward();
  expect(x.grad!.toArray()).toEqual([2, 4, 6]);
});

test("a convolution and its gradient: the example of five inputs, three weights, three outputs", () => {
  const x = tensor([[1, 2, 3, 5, 7]], { requiresGrad: true });
  const w = tensor([[[11, 13, 17]]], { requiresGrad: true });
  const o = conv.conv1d(x, w);
  o.backward(tensor([[100, 10, 1]]));
  expect(o.toArray()).toEqual([[88, 146, 217]]);
  expect(x.grad!.toArray()).toEqual([[1100, 1410, 1841, 183, 17]]);
  expect(w.grad!.toArray()).toEqual([[[123, 235, 357]]]);
});

test("a network learns a sine, and its history draws itself", () => {
  const samples = data.datasets.sineRegression({ n: 500, noise: 0.1, random: createRandom(1) });
  const model = new nn.MLP({ sizes: [1, 32, 1], activation: "tanh", random: createRandom(2) });
  const optimizer = new optim.Adam(model.parameters(), { learningRate: 0.03 });
  const options = { data: samples, loss: nn.mseLoss, optimizer, epochs: 60, random: createRandom(3) };
  const history = train.fit(model, options);
  expect(history.epochs.at(-1)!.trainLoss).toBeLessThan(0.05); // the noise alone has 0.01, the curve ½
  expect(plot.lossCurve(history).svg).toMatch(/^<svg [\s\S]*<\/svg>$/);
});

test("five folds test every sample once", () => {
  const tested = generalization.kFold(12).flatMap((split) => split.test);
  expect(tested).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
});

test("a wrong answer is told its name", () => {
  const flipped = (w: number[]): number[] => w;
  const report = check.score("tiny-flip", { of: flipped, points: 2 }, [
    (f) => check.reference("three weights", () => f([1, 2, 3]), [3, 2, 1]),
    check.mutant("You returned the kernel as it was: a convolution reads it backwards.", (w: number[]) => w),
  ]);
  expect(report.points).toBe(0);
  expect(String(report)).toContain("reads it backwards");
});

test("a cell is type-checked TypeScript with memory", async () => {
  await kernel.client.execute("const wave = (x: number): number => Math.sin(x);");
  expect(resultOf(await kernel.client.execute("wave(0)"))).toBe("0");
  const wrong = await kernel.client.execute('wave("0")');
  expect(wrong.reply.evalue).toContain("Argument of type 'string' is not assignable");
});
