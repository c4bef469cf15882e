/** Every layer and loss with a gradient against central differences in float64: input and all parameters. */
import { describe, expect, test } from "vitest";
import { gradcheck } from "../../src/check/gradcheck.js";
import * as nn from "../../src/nn/index.js";
import { createRandom } from "../../src/random.js";
import { randn, tensor, uniform } from "../../src/tensor/create.js";
import "../../src/tensor/methods.js";
import type { Tensor } from "../../src/tensor/tensor.js";

const options = { dtype: "float64" } as const;
const random = () => createRandom(5);

/** Checks the gradients of a layer's input and parameters through a sum with unequal weights. */
function checkLayer(module: nn.Module, shape: readonly number[]): void {
  const input = randn(shape, { ...options, random: random() });
  const parameters = module.namedParameters();
  const report = gradcheck(
    (x, ...values) => {
      for (const [i, [path]] of parameters.entries()) replaceTensor(module, path, values[i]!);
      const y = module.forward(x);
      return y.mul(uniform(y.shape, { ...options, low: 0.5, high: 1.5, random: random() })).sum();
    },
    [input, ...parameters.map(([, value]) => value)],
  );
  expect(report.ok, String(report)).toBe(true);
}

/** Puts another tensor in the place of a parameter, so that gradcheck can vary it. */
function replaceTensor(module: nn.Module, path: string, value: Tensor): void {
  const parts = path.split(".");
  let at: unknown = module;
  for (const part of parts.slice(0, -1)) at = (at as Record<string, unknown>)[part];
  (at as Record<string, unknown>)[parts.at(-1)!] = value;
}

const layers: [string, () => nn.Module, number[]][] = [
  ["Linear", () => new nn.Linear(3, 4, { ...options, random: random() }), [5, 3]],
  [
    "Linear without bias",
    () => new nn.Linear(3, 4, { ...options, bias: false, random: random() }),
    [2, 5, 3],
  ],
  ["ReLU", () => new nn.ReLU(), [3, 4]],
  ["LeakyReLU", () => new nn.LeakyReLU({ negativeSlope: 0.2 }), [3, 4]],
  ["Tanh", () => new nn.Tanh(), [3, 4]],
  ["Sigmoid", () => new nn.Sigmoid(), [3, 4]],
  ["GELU", () => new nn.GELU(), [3, 4]],
  ["SiLU", () => new nn.SiLU(), [3, 4]],
  ["Softplus", () => new nn.Softplus(), [3, 4]],
  ["MaxPool1d", () => new nn.MaxPool1d({ kernelSize: 2 }), [2, 2, 6]],
  ["MaxPool2d", () => new nn.MaxPool2d({ kernelSize: 2 }), [2, 2, 4, 4]],
  ["MaxPool3d", () => new nn.MaxPool3d({ kernelSize: 2 }), [1, 2, 2, 4, 2]],
  ["AvgPool1d", () => new nn.AvgPool1d({ kernelSize: 3, stride: 2, padding: 1 }), [2, 2, 6]],
  ["AvgPool2d", () => new nn.AvgPool2d({ kernelSize: 2, stride: 1 }), [2, 2, 3, 3]],
  ["AvgPool3d", () => new nn.AvgPool3d({ kernelSize: 2 }), [1, 2, 2, 4, 2]],
  ["GlobalAvgPool", () => new nn.GlobalAvgPool(), [2, 3, 4, 4]],
  ["Flatten", () => new nn.Flatten(), [2, 3, 4]],
  ["LayerNorm", () => new nn.LayerNorm([3, 2], options), [4, 3, 2]],
  ["InstanceNorm1d", () => new nn.InstanceNorm1d(2), [2, 2, 4]],
  ["InstanceNorm2d", () => new nn.InstanceNorm2d(2), [2, 2, 3, 3]],
  ["InstanceNorm3d", () => new nn.InstanceNorm3d(2), [2, 2, 2, 2, 2]],
  ["Dropout in evaluation", () => new nn.Dropout().eval(), [3, 4]],
  ["MLP", () => new nn.MLP({ sizes: [2, 4, 3], activation: "tanh", ...options, random: random() }), [5, 2]],
  [
    "a layer whose activation is joined",
    () => new nn.Sequential(new nn.Linear(2, 3, { ...options, random: random() }), new nn.Sigmoid()),
    [4, 2],
  ],
];

describe("layers", () => {
  test.each(layers)("%s", (_, make, shape) => checkLayer(make(), shape));
});

/** Layers that hold their parameters apart are checked by their own parameters' gradients at fixed values. */
const apart: [string, () => nn.Module, number[]][] = [
  [
    "Conv1d",
    () => new nn.Conv1d(2, 3, { kernelSize: 3, padding: 1, ...options, random: random() }),
    [2, 2, 5],
  ],
  [
    "Conv2d",
    () => new nn.Conv2d(2, 4, { kernelSize: 3, stride: 2, groups: 2, ...options, random: random() }),
    [2, 2, 5, 5],
  ],
  ["Conv3d", () => new nn.Conv3d(1, 2, { kernelSize: 2, ...options, random: random() }), [1, 1, 3, 3, 3]],
  ...(["reflect", "replicate", "circular"] as const).map(
    (paddingMode): [string, () => nn.Module, number[]] => [
      `Conv2d, ${paddingMode}`,
      () =>
        new nn.Conv2d(1, 2, { kernelSize: 3, padding: [1, 2], paddingMode, ...options, random: random() }),
      [1, 1, 3, 4],
    ],
  ),
  [
    "ConvTranspose1d",
    () => new nn.ConvTranspose1d(2, 3, { kernelSize: 3, stride: 2, ...options, random: random() }),
    [2, 2, 4],
  ],
  [
    "ConvTranspose2d",
    () => new nn.ConvTranspose2d(2, 2, { kernelSize: 2, ...options, random: random() }),
    [1, 2, 3, 3],
  ],
  [
    "ConvTranspose3d",
    () => new nn.ConvTranspose3d(1, 1, { kernelSize: 2, ...options, random: random() }),
    [1, 1, 2, 2, 2],
  ],
  ["BatchNorm1d", () => new nn.BatchNorm1d(3, options), [6, 3]],
  ["BatchNorm2d", () => new nn.BatchNorm2d(2, options), [3, 2, 2, 3]],
  ["BatchNorm3d", () => new nn.BatchNorm3d(2, options), [2, 2, 2, 2, 2]],
  ["BatchNorm2d in evaluation", () => new nn.BatchNorm2d(2, options).eval(), [3, 2, 2, 3]],
  ["GroupNorm", () => new nn.GroupNorm(2, 4, options), [2, 4, 3]],
];

describe("layers that keep their parameters in their settings", () => {
  test.each(apart)("%s", (_, make, shape) => {
    const module = make();
    const x = randn(shape, { ...options, requiresGrad: true, random: random() });
    const loss = (): Tensor => {
      const y = module.forward(x);
      return y.mul(uniform(y.shape, { ...options, low: 0.5, high: 1.5, random: random() })).sum();
    };
    loss().backward();
    for (const [name, values] of [["input", x] as const, ...module.namedParameters()]) {
      const step = 1e-6;
      for (const [i, value] of [...values.data].entries()) {
        values.data[i] = value + step;
        const above = loss().item();
        values.data[i] = value - step;
        const below = loss().item();
        values.data[i] = value;
        expect(Math.abs((above - below) / (2 * step) - values.grad!.data[i]!), `${name}[${i}]`).toBeLessThan(
          1e-5,
        );
      }
    }
  });
});

const logits = (): Tensor => randn([4, 3], { ...options, random: random() });
const target = tensor(
  [
    [0.2, 0.3, 0.5],
    [1, 0, 0],
    [0, 0.5, 0.5],
    [0.1, 0.1, 0.8],
  ],
  options,
);
const signs = tensor(
  [
    [1, -1, 1],
    [-1, -1, 1],
    [1, 1, 1],
    [-1, 1, -1],
  ],
  options,
);

const losses: [string, (x: Tensor) => Tensor][] = [
  ["mseLoss", (x) => nn.mseLoss(x, target)],
  ["l1Loss", (x) => nn.l1Loss(x, target)],
  ["huberLoss", (x) => nn.huberLoss(x, target, { delta: 0.7 })],
  ["binaryCrossEntropyWithLogits", (x) => nn.binaryCrossEntropyWithLogits(x, target, { positiveWeight: 2 })],
  ["hingeLoss", (x) => nn.hingeLoss(x, signs)],
  ["crossEntropy of classes", (x) => nn.crossEntropy(x, [0, 2, 1, 1])],
  [
    "crossEntropy of probabilities",
    (x) => nn.crossEntropy(x, target, { labelSmoothing: 0.1, weight: [1, 2, 3] }),
  ],
  [
    "crossEntropy without reduction",
    (x) => nn.crossEntropy(x, [0, 2, 1, 1], { reduction: "none" }).square().sum(),
  ],
  ["nllLoss", (x) => nn.nllLoss(x.logSoftmax({ dim: 1 }), [0, 2, 1, 1], { weight: [1, 2, 3] })],
  ["dropout with a fixed mask", (x) => nn.dropout(x, { random: random() }).square().sum()],
  ["dropConnect with a fixed mask", (x) => nn.dropConnect(x, { random: random() }).square().sum()],
];

describe("losses and dropout", () => {
  test.each(losses)("%s", (_, loss) => {
    const report = gradcheck(loss, [logits()]);
    expect(report.ok, String(report)).toBe(true);
  });
});

test("every layer of nn has a row", () => {
  const isLayer = (value: unknown): boolean =>
    typeof value === "function" && value.prototype instanceof nn.Module && "forward" in value.prototype;
  const containers = ["Sequential", "ActivationLayer"];
  // Random in training: their arithmetic is that of dropout and dropConnect.
  const randomLayers = ["Dropout", "Dropout1d", "Dropout2d", "Dropout3d", "AlphaDropout", "DropConnect"];
  const names = Object.entries(nn).flatMap(([name, value]) => (isLayer(value) ? [name] : []));
  const rows = new Set([...layers, ...apart].map(([name]) => name));
  expect(
    names.filter((name) => !rows.has(name) && !containers.includes(name) && !randomLayers.includes(name)),
  ).toEqual([]);
  expect(names.length).toBeGreaterThan(30);
});
