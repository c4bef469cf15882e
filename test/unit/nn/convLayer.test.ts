import { describe, expect, test } from "vitest";
import { conv2d } from "../../../src/conv/conv.js";
import { Conv1d, Conv2d, Conv3d } from "../../../src/nn/convLayer.js";
import { createRandom } from "../../../src/random.js";
import { randn, tensor, zeros } from "../../../src/tensor/create.js";
import "../../../src/tensor/methods.js";

const random = () => createRandom(1);

describe("convolution layers", () => {
  test("Conv2d has the expected defaults and starts within 1/√fanIn", () => {
    const layer = new Conv2d(4, 64, { kernelSize: 5, random: random() });
    expect(layer.weight.shape).toEqual([64, 4, 5, 5]);
    expect(layer.bias!.shape).toEqual([64]);
    expect(Math.max(...layer.weight.data)).toBeLessThanOrEqual(0.1);
    expect(Math.max(...layer.weight.data)).toBeGreaterThan(0.099);
    expect(String(layer)).toBe("Conv2d(4, 64, kernelSize 5)");
  });

  test("forward hands its settings to conv2d", () => {
    const settings = { stride: 2, padding: 1, dilation: [1, 2], groups: 2 } as const;
    const layer = new Conv2d(4, 6, { kernelSize: [3, 2], ...settings, dtype: "float64", random: random() });
    const x = randn([2, 4, 9, 8], { dtype: "float64", random: random() });
    const wanted = conv2d(x, layer.weight, { ...settings, bias: layer.bias! });
    expect(layer.forward(x).toArray()).toEqual(wanted.toArray());
    expect(layer.forwardWith(x, "relu").toArray()).toEqual(wanted.relu().toArray());
    expect(String(layer)).toBe("Conv2d(4, 6, kernelSize 3x2, stride 2, padding 1, dilation 1x2, groups 2)");
  });

  test("{bias: false}, a named init", () => {
    const layer = new Conv1d(1, 2, { kernelSize: 3, bias: false, init: "kaimingNormal" });
    expect(layer.bias).toBeNull();
    expect(layer.parameters()).toHaveLength(1);
    expect(layer.forward(zeros([5, 1, 7])).shape).toEqual([5, 2, 5]);
    expect(new Conv3d(1, 2, { kernelSize: 3 }).forward(zeros([1, 1, 3, 4, 5])).shape).toEqual([
      1, 2, 1, 2, 3,
    ]);
  });

  test("{paddingMode} pads before it slides, also with an activation and without a batch axis", () => {
    // A kernel of ones of width 3 on (1, 2, 4): reflect gives 2 1 2 4 2, replicate 1 1 2 4 4, circular 4 1 2 4 1.
    const sums = { zeros: [3, 7, 6], reflect: [5, 7, 8], replicate: [4, 7, 10], circular: [7, 7, 7] };
    const x = tensor([[1, 2, 4]]);
    for (const [paddingMode, wanted] of Object.entries(sums)) {
      const options = { kernelSize: 3, padding: 1, paddingMode: paddingMode as "zeros", bias: false };
      const layer = new Conv1d(1, 1, { ...options, init: (weight) => void weight.data.fill(1) });
      expect(layer.forward(x).toArray()).toEqual([wanted]);
      expect(layer.forwardWith(x.neg().unsqueeze(0), "relu").toArray()).toEqual([[[0, 0, 0]]]);
    }
    expect(String(new Conv2d(1, 1, { kernelSize: 3, padding: "same", paddingMode: "circular" }))).toBe(
      "Conv2d(1, 1, kernelSize 3, padding same, paddingMode circular)",
    );
  });

  test("settings make the same layer again", () => {
    const layer = new Conv2d(2, 4, { kernelSize: [3, 2], padding: 1, paddingMode: "replicate", groups: 2 });
    expect(layer.settings).toEqual({
      kernelSize: [3, 2],
      stride: 1,
      padding: 1,
      paddingMode: "replicate",
      dilation: 1,
      groups: 2,
    });
    const again = new Conv2d(2, 4, layer.settings);
    again.loadStateDict(layer.stateDict());
    const x = randn([1, 2, 4, 4], { random: random() });
    expect(again.forward(x).toArray()).toEqual(layer.forward(x).toArray());
  });

  test("errors", () => {
    expect(() => new Conv2d(1, 1, {} as { kernelSize: 3 })).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: Conv2d: kernelSize must be a whole number above 0, or 2 of them, got undefined]`,
    );
    expect(() => new Conv2d(1, 1, { kernelSize: [3, 3, 3] })).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: Conv2d: kernelSize must be a whole number above 0, or 2 of them, got [3, 3, 3]]`,
    );
    expect(() => new Conv2d(3, 4, { kernelSize: 3, groups: 2 })).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: Conv2d: groups must divide both channel counts, got groups 2 for inChannels 3 and outChannels 4]`,
    );
    expect(
      () => new Conv2d(3, 4, { kernelSize: 3, strides: 2 } as never),
    ).toThrowErrorMatchingInlineSnapshot(`
      [TypeError: Conv2d: unknown option "strides"
        help: did you mean "stride"?]
    `);
    expect(() => new Conv2d(3, 4, { kernelSize: 3 }).forward(zeros([1, 2, 5, 5]))).toThrow(
      /3 .*channels|channels.* 3/,
    );
  });
});
