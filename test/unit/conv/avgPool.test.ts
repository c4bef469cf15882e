import { expect, test } from "vitest";
import { avgPool1d, avgPool2d, avgPool3d, globalAvgPool } from "../../../src/conv/avgPool.js";
import { ones, tensor } from "../../../src/tensor/create.js";

test("has the expected defaults: stride of the window, no padding, padding counts", () => {
  const x = tensor([[1, 3, 2, 6, 9]]);
  expect(avgPool1d(x, { kernelSize: 2 }).toArray()).toEqual([[2, 4]]);
  // zeros of the padding count: (0 + 1)/2, (3 + 2)/2, (6 + 9)/2
  expect(avgPool1d(x, { kernelSize: 2, padding: 1 }).toArray()).toEqual([[0.5, 2.5, 7.5]]);
  expect(avgPool1d(x, { kernelSize: 2, padding: 1, countIncludePad: false }).toArray()).toEqual([
    [1, 2.5, 7.5],
  ]);
});

test("backward shares a window's gradient equally", () => {
  const x = tensor(
    [
      [
        [1, 2],
        [3, 4],
      ],
    ],
    { requiresGrad: true },
  );
  avgPool2d(x, { kernelSize: 2 }).backward(tensor([[[8]]]));
  expect(x.grad!.toArray()).toEqual([
    [
      [2, 2],
      [2, 2],
    ],
  ]);
  const y = tensor([[1, 2]], { requiresGrad: true });
  avgPool1d(y, { kernelSize: 2, padding: 1, countIncludePad: false }).backward(tensor([[3, 5]]));
  expect(y.grad!.toArray()).toEqual([[3, 5]]);
});

test("avgPool3d pools depth too", () => {
  const y = avgPool3d(ones([2, 4, 4, 4]), { kernelSize: 2 });
  expect(y.shape).toEqual([2, 2, 2, 2]);
  expect(y.data[0]).toBe(1);
});

test("globalAvgPool gives one mean per channel, differentiable", () => {
  const x = tensor([1, 2, 3, 4, 10, 10, 10, 10], { shape: [1, 2, 2, 2], requiresGrad: true });
  const y = globalAvgPool(x);
  expect(y.toArray()).toEqual([[2.5, 10]]);
  y.backward(tensor([[4, 8]]));
  expect(x.grad!.toArray()).toEqual([
    [
      [
        [1, 1],
        [1, 1],
      ],
      [
        [2, 2],
        [2, 2],
      ],
    ],
  ]);
});

test("rejects a dilation, which a mean has not, other kinds, and images without places", () => {
  expect(() =>
    avgPool1d(ones([1, 4]), { kernelSize: 2, dilation: 2 } as never),
  ).toThrowErrorMatchingInlineSnapshot(`
    [TypeError: avgPool1d: unknown option "dilation"
      help: the options are kernelSize, stride, padding, countIncludePad]
  `);
  expect(() =>
    avgPool1d(ones([1, 4]), { kernelSize: 2, countIncludePad: 1 as never }),
  ).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: avgPool1d: countIncludePad must be true or false, got 1]`,
  );
  expect(() => globalAvgPool(ones([2, 3]))).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: globalAvgPool: input must have shape [N, C, ...spatial], got [2, 3]]`,
  );
});
