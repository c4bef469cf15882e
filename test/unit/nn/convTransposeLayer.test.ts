import { describe, expect, test } from "vitest";
import { convTranspose2d } from "../../../src/conv/convTranspose.js";
import { ConvTranspose1d, ConvTranspose2d, ConvTranspose3d } from "../../../src/nn/convTransposeLayer.js";
import { createRandom } from "../../../src/random.js";
import { randn, zeros } from "../../../src/tensor/create.js";
import "../../../src/tensor/methods.js";

const random = () => createRandom(1);

describe("transposed convolution layers", () => {
  test("forward hands its settings to convTranspose2d", () => {
    const settings = { stride: 2, padding: 1, outputPadding: 1, groups: 2 } as const;
    const layer = new ConvTranspose2d(4, 6, {
      kernelSize: 3,
      ...settings,
      dtype: "float64",
      random: random(),
    });
    expect(layer.weight.shape).toEqual([4, 3, 3, 3]);
    const x = randn([2, 4, 5, 5], { dtype: "float64", random: random() });
    const wanted = convTranspose2d(x, layer.weight, { ...settings, bias: layer.bias! });
    expect(layer.forward(x).toArray()).toEqual(wanted.toArray());
    expect(String(layer)).toBe(
      "ConvTranspose2d(4, 6, kernelSize 3, stride 2, padding 1, outputPadding 1, groups 2)",
    );
  });

  test("sizes in one and three dimensions", () => {
    expect(new ConvTranspose1d(2, 3, { kernelSize: 4, stride: 2 }).forward(zeros([1, 2, 5])).shape).toEqual([
      1, 3, 12,
    ]);
    expect(new ConvTranspose3d(1, 1, { kernelSize: 2 }).forward(zeros([1, 1, 2, 3, 4])).shape).toEqual([
      1, 1, 3, 4, 5,
    ]);
  });

  test("errors", () => {
    expect(() => new ConvTranspose1d(3, 4, { kernelSize: 3, groups: 2 })).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: ConvTranspose1d: groups must divide both channel counts, got groups 2 for inChannels 3 and outChannels 4]`,
    );
    expect(
      () => new ConvTranspose1d(3, 4, { kernelSize: 3, padding: 1, paddingMode: "reflect" } as never),
    ).toThrowErrorMatchingInlineSnapshot(`
      [TypeError: ConvTranspose1d: unknown option "paddingMode"
        help: the options are kernelSize, stride, padding, outputPadding, dilation, groups, bias, init, random, dtype]
    `);
  });
});
