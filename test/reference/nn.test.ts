// Losses, normalization and a convolutional network against PyTorch: values and every gradient, in float64.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import * as nn from "../../src/nn/index.js";
import { tensor } from "../../src/tensor/create.js";
import type { NestedNumbers, Tensor } from "../../src/tensor/tensor.js";

type Options = Record<string, unknown>;
interface Result {
  readonly output: NestedNumbers;
  readonly upstream: NestedNumbers;
  readonly gradients: readonly NestedNumbers[];
}
interface LossCase extends Result {
  readonly loss: string;
  readonly options: Options;
  readonly target: NestedNumbers;
}

const read = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`nn/${name}.json`, import.meta.url), "utf8"));
const losses = {
  mseLoss: nn.mseLoss,
  l1Loss: nn.l1Loss,
  huberLoss: nn.huberLoss,
  binaryCrossEntropyWithLogits: nn.binaryCrossEntropyWithLogits,
};
const classLosses = { crossEntropy: nn.crossEntropy, nllLoss: nn.nllLoss };
const double = (values: NestedNumbers): Tensor => tensor(values, { dtype: "float64" });
const leaf = (values: NestedNumbers): Tensor => tensor(values, { dtype: "float64", requiresGrad: true });

/** Largest difference between a tensor and nested numbers of the same shape. */
function difference(got: Tensor | null, wanted: NestedNumbers): number {
  const other = double(wanted);
  if (got === null || got.shape.join() !== other.shape.join()) return Number.POSITIVE_INFINITY;
  return Math.max(...other.data.map((value, i) => Math.abs(value - got.data[i]!)));
}

function check(
  output: Tensor,
  leaves: readonly Tensor[],
  { output: wanted, upstream, gradients }: Result,
): void {
  expect(difference(output, wanted)).toBeLessThan(1e-10);
  output.backward(double(upstream));
  for (const [i, one] of leaves.entries()) expect(difference(one.grad, gradients[i]!)).toBeLessThan(1e-10);
}

describe("losses", () => {
  const { prediction, cases } = read<{ prediction: NestedNumbers; cases: LossCase[] }>("losses");
  test.each(cases.map((one) => ({ name: `${one.loss} ${JSON.stringify(one.options)}`, one })))(
    "$name",
    ({ one }) => {
      const [p, t] = [leaf(prediction), leaf(one.target)];
      check(losses[one.loss as keyof typeof losses](p, t, one.options as nn.LossOptions), [p, t], one);
    },
  );
});

describe("class losses", () => {
  const { prediction, cases } = read<{ prediction: NestedNumbers; cases: LossCase[] }>("cross_entropy");
  const named = cases.map((one) => ({
    name: `${one.loss} ${Array.isArray((one.target as NestedNumbers[])[0]) ? "probabilities" : "classes"} ${JSON.stringify(one.options)}`,
    one,
  }));
  test.each(named)("$name", ({ one }) => {
    const p = leaf(prediction);
    check(
      classLosses[one.loss as keyof typeof classLosses](
        p,
        double(one.target),
        one.options as nn.CrossEntropyOptions,
      ),
      [p],
      one,
    );
  });

  test("float32 stays within 2e-5", () => {
    const one = cases[0]!;
    const p = tensor(prediction, { requiresGrad: true });
    const loss = nn.crossEntropy(p, tensor(one.target));
    expect(Math.abs(loss.item() - (one.output as number))).toBeLessThan(2e-5);
    loss.backward();
    expect(
      Math.max(...double(one.gradients[0]!).data.map((g, i) => Math.abs(g * 2 - p.grad!.data[i]!))),
    ).toBeLessThan(2e-5);
  });
});

interface NormCase extends Result {
  readonly norm: string;
  readonly input: NestedNumbers;
  readonly options: Options;
  readonly weight: NestedNumbers;
  readonly bias: NestedNumbers;
  readonly runningMean?: NestedNumbers;
  readonly runningVar?: NestedNumbers;
  readonly runningMeanAfter?: NestedNumbers;
  readonly runningVarAfter?: NestedNumbers;
}

describe("normalization", () => {
  const { cases } = read<{ cases: NormCase[] }>("norms");
  const run = (
    one: NormCase,
    input: Tensor,
    affine: { weight: Tensor; bias: Tensor },
    running: object,
  ): Tensor => {
    const options = { ...one.options, ...affine };
    if (one.norm === "batchNorm") return nn.batchNorm(input, { ...options, ...running });
    if (one.norm === "layerNorm") return nn.layerNorm(input, options as unknown as nn.LayerNormOptions);
    if (one.norm === "groupNorm") return nn.groupNorm(input, options as unknown as nn.GroupNormOptions);
    return nn.instanceNorm(input, options);
  };
  test.each(cases.map((one, i) => ({ name: `${i} ${one.norm} ${JSON.stringify(one.options)}`, one })))(
    "$name",
    ({ one }) => {
      const [input, weight, bias] = [leaf(one.input), leaf(one.weight), leaf(one.bias)];
      const running =
        one.runningMean === undefined
          ? {}
          : { runningMean: double(one.runningMean), runningVar: double(one.runningVar!) };
      check(run(one, input, { weight, bias }, running), [input, weight, bias], one);
      if (running.runningMean === undefined) return;
      expect(difference(running.runningMean, one.runningMeanAfter!)).toBeLessThan(1e-12);
      expect(difference(running.runningVar, one.runningVarAfter!)).toBeLessThan(1e-12);
    },
  );
});

test("a convolutional network: loss and the gradient of every parameter", () => {
  const fixture = read<{
    x: NestedNumbers;
    target: number[];
    loss: number;
    logits: NestedNumbers;
    weights: NestedNumbers[];
    gradients: NestedNumbers[];
  }>("network");
  const options = { dtype: "float64" } as const;
  const model = new nn.Sequential(
    new nn.Conv2d(2, 4, { kernelSize: 3, padding: 1, ...options }),
    new nn.ReLU(),
    new nn.MaxPool2d({ kernelSize: 2 }),
    new nn.Conv2d(4, 6, { kernelSize: 3, groups: 2, ...options }),
    new nn.Tanh(),
    new nn.AvgPool2d({ kernelSize: 2 }),
    new nn.Flatten(),
    new nn.Linear(6, 5, options),
    new nn.GELU(),
    new nn.Linear(5, 3, options),
  );
  const names = model.namedParameters().map(([name]) => name);
  model.loadStateDict(Object.fromEntries(names.map((name, i) => [name, double(fixture.weights[i]!)])));
  const logits = model.forward(double(fixture.x));
  expect(difference(logits, fixture.logits)).toBeLessThan(1e-10);
  const loss = nn.crossEntropy(logits, fixture.target);
  expect(loss.item()).toBeCloseTo(fixture.loss, 10);
  loss.backward();
  for (const [i, parameter] of model.parameters().entries())
    expect(difference(parameter.grad, fixture.gradients[i]!), names[i]).toBeLessThan(1e-10);
});

interface PaddingCase extends Result {
  readonly axes: 1 | 2 | 3;
  readonly options: Options;
  readonly x: NestedNumbers;
  readonly weight: NestedNumbers;
  readonly bias: NestedNumbers;
}

describe("padding modes of convolution layers", () => {
  const { cases } = read<{ cases: PaddingCase[] }>("padding_modes");
  const layers = { 1: nn.Conv1d, 2: nn.Conv2d, 3: nn.Conv3d };
  test.each(cases.map((one) => ({ name: `Conv${one.axes}d ${JSON.stringify(one.options)}`, one })))(
    "$name",
    ({ one }) => {
      const x = leaf(one.x);
      const weight = double(one.weight);
      const groups = (one.options.groups as number | undefined) ?? 1;
      const layer = new layers[one.axes](x.shape[1]!, weight.shape[0]!, {
        ...(one.options as unknown as nn.ConvLayerOptions),
        groups,
        dtype: "float64",
      });
      layer.loadStateDict({ weight, bias: double(one.bias) });
      check(layer.forward(x), [x, layer.weight, layer.bias!], one);
    },
  );
});

interface FoldCase {
  readonly layer: "Linear" | "Conv1d" | "Conv2d" | "Conv3d";
  readonly options: Options;
  readonly affine: boolean;
  readonly x: NestedNumbers;
  readonly weight: NestedNumbers;
  readonly bias: NestedNumbers | null;
  readonly runningMean: NestedNumbers;
  readonly runningVar: NestedNumbers;
  readonly gamma: NestedNumbers | null;
  readonly beta: NestedNumbers | null;
  readonly foldedWeight: NestedNumbers;
  readonly foldedBias: NestedNumbers;
  readonly output: NestedNumbers;
}

describe("foldBatchNorm", () => {
  const { cases } = read<{ cases: FoldCase[] }>("folded_norms");
  const convs = { Conv1d: nn.Conv1d, Conv2d: nn.Conv2d, Conv3d: nn.Conv3d };
  const norms = {
    Linear: nn.BatchNorm1d,
    Conv1d: nn.BatchNorm1d,
    Conv2d: nn.BatchNorm2d,
    Conv3d: nn.BatchNorm3d,
  };
  test.each(
    cases.map((one) => ({ name: `${one.layer} ${JSON.stringify(one.options)}, affine ${one.affine}`, one })),
  )("$name", ({ one }) => {
    const x = double(one.x);
    const weight = double(one.weight);
    const outputs = weight.shape[0]!;
    const options = { ...one.options, dtype: "float64" } as unknown as nn.ConvLayerOptions;
    const layer =
      one.layer === "Linear"
        ? new nn.Linear(x.shape[1]!, outputs, options)
        : new convs[one.layer](x.shape[1]!, outputs, options);
    layer.loadStateDict(one.bias === null ? { weight } : { weight, bias: double(one.bias) });
    const norm = new norms[one.layer](outputs, { eps: 1e-3, affine: one.affine, dtype: "float64" });
    norm.loadStateDict({
      ...norm.stateDict(),
      runningMean: double(one.runningMean),
      runningVar: double(one.runningVar),
      ...(one.gamma === null || one.beta === null
        ? {}
        : { weight: double(one.gamma), bias: double(one.beta) }),
    });
    const folded = nn.foldBatchNorm(layer, norm.eval());
    expect(difference(folded.weight, one.foldedWeight)).toBeLessThan(1e-12);
    expect(difference(folded.bias, one.foldedBias)).toBeLessThan(1e-12);
    expect(difference(folded.forward(x), one.output)).toBeLessThan(1e-10);
  });
});
