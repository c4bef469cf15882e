import { expect, test } from "vitest";
import { conv2d } from "../../../src/conv/conv.js";
import { steps } from "../../../src/conv/steps.js";
import { createRandom } from "../../../src/random.js";
import { randn, tensor } from "../../../src/tensor/create.js";

test("has the expected defaults: stride 1, no padding, not flipped", () => {
  expect([...steps([1, 2, 3], [10, 1])]).toEqual([
    { position: [0], start: [0], window: [1, 2], kernel: [10, 1], products: [10, 2], sum: 12 },
    { position: [1], start: [1], window: [2, 3], kernel: [10, 1], products: [20, 3], sum: 23 },
  ]);
});

test("flip shows the kernel of the mathematical convolution", () => {
  const all = [...steps([1, 2, 3], [10, 1], { flip: true })];
  expect(all.map((step) => step.sum)).toEqual([21, 32]);
  expect(all[0]!.kernel).toEqual([1, 10]);
});

test("padding shows zeros and negative starts; stride and dilation move them", () => {
  const all = [...steps([1, 2, 3, 4], [1, 1], { padding: 1, stride: 2, dilation: 2 })];
  // padded 0 1 2 3 4 0, windows (0, 2), (2, 4)
  expect(all.map((step) => [step.start[0], step.window])).toEqual([
    [-1, [0, 2]],
    [1, [2, 4]],
  ]);
});

test("with channels, the sums are the elements of conv2d", () => {
  const random = createRandom(4);
  const x = randn([2, 5, 6], { random, dtype: "float64" });
  const w = randn([3, 2, 2, 3], { random, dtype: "float64" });
  const options = { stride: [2, 1], padding: 1 };
  const sums = [...steps(x, w, options)].map((step) => step.sum);
  const direct = conv2d(x, w, options);
  expect(sums).toHaveLength(direct.size);
  sums.forEach((sum, i) => {
    expect(sum).toBeCloseTo(direct.data[i]!, 12);
  });
  expect([...steps(x, w, options)].at(-1)!.position).toEqual([2, 2, 5]);
});

test("can be walked through twice", () => {
  const all = steps(tensor([1, 2, 3]), tensor([1, 1]));
  expect([...all]).toEqual([...all]);
});

test("rejects a kernel of other axes or channels", () => {
  expect(() => steps([[1, 2]], [1])).toThrowErrorMatchingInlineSnapshot(`
    [ShapeError: steps: input and kernel must both be [...spatial] with one to three axes, or [C, ...spatial] and [O, C, ...kernel]
      input [1, 2], kernel [1]]
  `);
  expect(() =>
    steps(
      [
        [1, 2],
        [3, 4],
      ],
      [[[1]]],
    ),
  ).toThrowErrorMatchingInlineSnapshot(`
    [ShapeError: steps: the kernel must have 2 channels, got 1
      input [2, 2], kernel [1, 1, 1]]
  `);
});
