import { describe, expect, test } from "vitest";
import { conv1d, conv2d, conv3d, convNd } from "../../../src/conv/conv.js";
import { createRandom } from "../../../src/random.js";
import { ones, randn, tensor } from "../../../src/tensor/create.js";

const x = tensor([[1, 2, 3, 5, 7]]);
const w = tensor([[[11, 13, 17]]]);

test("has the expected defaults: no bias, stride 1, padding 0, dilation 1, one group", () => {
  const spelled = conv1d(x, w, { stride: 1, padding: 0, dilation: 1, groups: 1 });
  expect(conv1d(x, w).toArray()).toEqual(spelled.toArray());
  expect(conv1d(x, w).toArray()).toEqual([[88, 146, 217]]);
});

test("conv1d(x, w, {bias}) adds one number per output channel", () => {
  const two = tensor([[[11, 13, 17]], [[1, 0, 0]]]);
  expect(conv1d(x, two, { bias: tensor([1000, 0.5]) }).toArray()).toEqual([
    [1088, 1146, 1217],
    [1.5, 2.5, 3.5],
  ]);
});

test("backward gives the worked example's gradients", () => {
  const [input, weight, bias] = [x.toArray(), w.toArray(), [0]].map((values) =>
    tensor(values, { requiresGrad: true }),
  );
  conv1d(input!, weight!, { bias }).backward(tensor([[100, 10, 1]]));
  expect(input!.grad!.toArray()).toEqual([[1100, 1410, 1841, 183, 17]]);
  expect(weight!.grad!.toArray()).toEqual([[[123, 235, 357]]]);
  expect(bias!.grad!.toArray()).toEqual([111]);
});

test("conv2d sums over channels: a kernel spans all of them and the result has one", () => {
  // channel 0 all 1, channel 1 all 10; 2×2 windows: 4·1 + 4·10
  const image = tensor([1, 1, 1, 1, 10, 10, 10, 10], { shape: [2, 2, 2] });
  expect(conv2d(image, ones([1, 2, 2, 2])).toArray()).toEqual([[[44]]]);
});

test("conv3d also slides along depth", () => {
  const volume = tensor([1, 2, 3], { shape: [1, 3, 1, 1] });
  expect(conv3d(volume, tensor([10, 1], { shape: [1, 1, 2, 1, 1] })).toArray()).toEqual([[[[12]], [[23]]]]);
});

test("a batch is one convolution per image, and a single image keeps its shape without N", () => {
  const random = createRandom(2);
  const batch = randn([3, 2, 5, 6], { random });
  const weight = randn([4, 2, 3, 2], { random });
  const whole = conv2d(batch, weight);
  expect(whole.shape).toEqual([3, 4, 3, 5]);
  const second = conv2d(tensor(batch.data.slice(60, 120), { shape: [2, 5, 6] }), weight);
  expect(second.shape).toEqual([4, 3, 5]);
  second.data.forEach((value, i) => {
    expect(value).toBeCloseTo(whole.data[60 + i]!, 5);
  });
});

test("a convolution with an activation is the two records in one", () => {
  const input = tensor([[-1, 2, -3, 4]], { requiresGrad: true });
  const y = convNd("conv1d", 1, input, tensor([[[1, 1]]]), {}, "relu");
  expect(y.toArray()).toEqual([[1, 0, 1]]);
  y.backward(tensor([[1, 10, 100]]));
  expect(input.grad!.toArray()).toEqual([[1, 1, 100, 100]]); // nothing through the middle, where ReLU is 0
});

describe("errors", () => {
  test("name the function, the shapes and the way out", () => {
    expect(() => conv2d(ones([8, 4, 28, 28]), ones([16, 3, 5, 5]))).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: conv2d: weight expects 3 input channels (inChannels / groups), got 4
        input [8, 4, 28, 28], weight [16, 3, 5, 5], groups 1]
    `);
    expect(() => conv1d(x, w, { strides: 2 } as never)).toThrowErrorMatchingInlineSnapshot(`
      [TypeError: conv1d: unknown option "strides"
        help: did you mean "stride"?]
    `);
    expect(() => conv1d(x, w, 2 as never)).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: conv1d: options must be an object, got 2]`,
    );
    expect(() => conv2d(ones([1, 5, 5]), ones([1, 1, 7, 7]))).toThrow(/^conv2d: the window spans 7 elements/);
    expect(() => conv2d(ones([1, 5, 5]), ones([1, 1, 3]))).toThrow(/^conv2d: weight must have shape/);
  });
});
