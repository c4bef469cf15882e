// Convolution, pooling and im2col against PyTorch: outputs and every gradient, in both number types.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { avgPool1d, avgPool2d, avgPool3d } from "../../src/conv/avgPool.js";
import { conv1d, conv2d, conv3d } from "../../src/conv/conv.js";
import { conv1dInputGrad, conv2dInputGrad, conv3dInputGrad } from "../../src/conv/convInputGrad.js";
import { convTranspose1d, convTranspose2d, convTranspose3d } from "../../src/conv/convTranspose.js";
import { conv1dWeightGrad, conv2dWeightGrad, conv3dWeightGrad } from "../../src/conv/convWeightGrad.js";
import { col2im, im2col } from "../../src/conv/im2col.js";
import { maxPool1d, maxPool2d, maxPool3d } from "../../src/conv/maxPool.js";
import type { Dtype } from "../../src/engine/engine.js";
import { tensor } from "../../src/tensor/create.js";
import type { NestedNumbers, Tensor } from "../../src/tensor/tensor.js";

interface Case {
  readonly axes: number;
  readonly kind: "max" | "avg";
  /** The options of the function; `kernelSize` for pooling and im2col only. */
  readonly options: { readonly kernelSize: number };
  readonly input: NestedNumbers;
  readonly weight: NestedNumbers;
  readonly bias?: NestedNumbers;
  readonly output: NestedNumbers;
  readonly gradOutput: NestedNumbers;
  readonly gradInput: NestedNumbers;
  readonly gradWeight: NestedNumbers;
  readonly gradBias?: NestedNumbers;
  readonly folded: NestedNumbers;
}

const cases = (name: string): readonly Case[] =>
  JSON.parse(readFileSync(new URL(`conv/${name}.json`, import.meta.url), "utf8")).cases;
const label = (c: Case): string =>
  `${c.axes ?? 2} axes ${JSON.stringify(c.options)}${c.bias ? " with bias" : ""}`;

/** Float64 to 1e-10, float32 to 2e-5, relative to the largest number of the block: sums lose what their terms have. */
function expectClose(got: Tensor | null, expected: NestedNumbers, what: string): void {
  const wanted = tensor(expected, { dtype: "float64" });
  expect(got, what).not.toBeNull();
  expect(got!.shape, what).toEqual(wanted.shape);
  const scale = Math.max(1, ...Array.from(wanted.data, Math.abs));
  const worst = Math.max(...Array.from(got!.data, (value, i) => Math.abs(value - wanted.data[i]!)));
  expect(worst / scale, what).toBeLessThanOrEqual(got!.dtype === "float64" ? 1e-10 : 2e-5);
}

const leaf = (values: NestedNumbers, dtype: Dtype): Tensor => tensor(values, { dtype, requiresGrad: true });

describe.each(["float64", "float32"] as const)("%s", (dtype) => {
  test.each(cases("conv").map((c) => [label(c), c] as const))("conv: %s", (_, c) => {
    const [input, weight] = [leaf(c.input, dtype), leaf(c.weight, dtype)];
    const bias = c.bias === undefined ? undefined : leaf(c.bias, dtype);
    const dy = tensor(c.gradOutput, { dtype });
    const forward = [conv1d, conv2d, conv3d][c.axes - 1]!;
    const output = forward(input, weight, { ...c.options, bias });
    expectClose(output, c.output, "output");
    output.backward(dy);
    expectClose(input.grad, c.gradInput, "gradient of the input");
    expectClose(weight.grad, c.gradWeight, "gradient of the weight");
    if (bias !== undefined) expectClose(bias.grad, c.gradBias!, "gradient of the bias");

    const inputGrad = [conv1dInputGrad, conv2dInputGrad, conv3dInputGrad][c.axes - 1]!;
    const dx = inputGrad(dy, weight, { ...c.options, inputSize: input.shape });
    expectClose(dx, c.gradInput, `conv${c.axes}dInputGrad`);
    const weightGrad = [conv1dWeightGrad, conv2dWeightGrad, conv3dWeightGrad][c.axes - 1]!;
    const dw = weightGrad(input, dy, { ...c.options, kernelSize: weight.shape.slice(2) });
    expectClose(dw, c.gradWeight, `conv${c.axes}dWeightGrad`);
  });

  test.each(cases("convTranspose").map((c) => [label(c), c] as const))("convTranspose: %s", (_, c) => {
    const [input, weight] = [leaf(c.input, dtype), leaf(c.weight, dtype)];
    const bias = c.bias === undefined ? undefined : leaf(c.bias, dtype);
    const forward = [convTranspose1d, convTranspose2d, convTranspose3d][c.axes - 1]!;
    const output = forward(input, weight, { ...c.options, bias });
    expectClose(output, c.output, "output");
    output.backward(tensor(c.gradOutput, { dtype }));
    expectClose(input.grad, c.gradInput, "gradient of the input");
    expectClose(weight.grad, c.gradWeight, "gradient of the weight");
    if (bias !== undefined) expectClose(bias.grad, c.gradBias!, "gradient of the bias");
  });

  test.each(cases("pool").map((c) => [`${c.kind} ${label(c)}`, c] as const))("pool: %s", (_, c) => {
    const functions = { max: [maxPool1d, maxPool2d, maxPool3d], avg: [avgPool1d, avgPool2d, avgPool3d] };
    const input = leaf(c.input, dtype);
    const output = functions[c.kind][c.axes - 1]!(input, c.options);
    expectClose(output, c.output, "output");
    output.backward(tensor(c.gradOutput, { dtype }));
    expectClose(input.grad, c.gradInput, "gradient of the input");
  });

  test.each(cases("im2col").map((c) => [label(c), c] as const))("im2col and col2im: %s", (_, c) => {
    const input = leaf(c.input, dtype);
    const columns = im2col(input, c.options);
    expectClose(columns, c.output, "im2col");
    columns.backward(tensor(c.gradOutput, { dtype }));
    expectClose(input.grad, c.gradInput, "gradient of im2col");
    const folded = col2im(columns.detach(), { ...c.options, inputSize: input.shape });
    expectClose(folded, c.folded, "col2im");
  });
});
