import { describe, expect, test } from "vitest";
import { arange, tensor, zeros } from "../../../src/tensor/create.js";
import "../../../src/tensor/methods.js";
import type { Tensor } from "../../../src/tensor/tensor.js";
import { errorOf } from "../../support/errorOf.js";

const x = arange(6).reshape(2, 3); // [[0, 1, 2], [3, 4, 5]]
const cube = arange(24).reshape([2, 3, 4]);

test.each([
  [
    "reshape",
    () => x.reshape(3, 2),
    [
      [0, 1],
      [2, 3],
      [4, 5],
    ],
  ],
  ["reshape with -1", () => x.reshape(-1), [0, 1, 2, 3, 4, 5]],
  ["reshape to a scalar", () => tensor([5]).reshape([]), 5],
  ["flatten", () => x.flatten(), [0, 1, 2, 3, 4, 5]],
  ["flatten a scalar", () => tensor(5).flatten(), [5]],
  ["squeeze", () => x.reshape(1, 2, 1, 3).squeeze(), x.toArray()],
  ["squeeze one", () => tensor([[[1]]]).squeeze(0), [[1]]],
  ["unsqueeze", () => tensor([1, 2]).unsqueeze(1), [[1], [2]]],
  [
    "transpose by default the last two",
    () => x.transpose(),
    [
      [0, 3],
      [1, 4],
      [2, 5],
    ],
  ],
  [
    "permute",
    () => cube.permute(2, 0, 1).slice(1),
    [
      [1, 5, 9],
      [13, 17, 21],
    ],
  ],
  [
    "expand",
    () => tensor([[1], [2]]).expand(2, 2, -1),
    [
      [[1], [2]],
      [[1], [2]],
    ],
  ],
  [
    "expand to columns",
    () => tensor([[1], [2]]).expand([-1, 3]),
    [
      [1, 1, 1],
      [2, 2, 2],
    ],
  ],
  ["slice rows", () => x.slice([1]), [[3, 4, 5]]],
  [
    "slice columns",
    () => x.slice(null, [0, -1]),
    [
      [0, 1],
      [3, 4],
    ],
  ],
  ["slice by index", () => x.slice(-1, 0), 3],
  [
    "slice with a step",
    () => x.slice(null, [undefined, undefined, 2]),
    [
      [0, 2],
      [3, 5],
    ],
  ],
  [
    "slice backwards",
    () => x.slice([undefined, undefined, -1], [2, 0, -1]),
    [
      [5, 4],
      [2, 1],
    ],
  ],
  ["empty slice", () => x.slice([1, 1]), []],
  [
    "flip",
    () => x.flip([0, 1]),
    [
      [5, 4, 3],
      [2, 1, 0],
    ],
  ],
  [
    "pad",
    () =>
      x.pad(
        [
          [0, 1],
          [1, 0],
        ],
        { value: 9 },
      ),
    [
      [9, 0, 1, 2],
      [9, 3, 4, 5],
      [9, 9, 9, 9],
    ],
  ],
  [
    "pad all sides",
    () => tensor([[1]]).pad(1),
    [
      [0, 0, 0],
      [0, 1, 0],
      [0, 0, 0],
    ],
  ],
] as [string, () => Tensor, unknown][])("%s", (_name, call, values) => {
  expect(call().toArray()).toEqual(values);
});

test("reshaping shares memory, moving copies", () => {
  const y = tensor([1, 2, 3, 4]);
  const [view, copy] = [y.reshape(2, 2), y.flip(0)];
  y.data[0] = 9;
  expect([view.toArray(), copy.toArray()]).toEqual([
    [
      [9, 2],
      [3, 4],
    ],
    [4, 3, 2, 1],
  ]);
});

describe("errors", () => {
  test.each([
    [() => x.reshape(4), "ShapeError: reshape: the new shape must have 6 elements, got [4]\n  tensor [2, 3]"],
    [() => x.reshape("6" as unknown as number), 'TypeError: reshape: takes whole numbers, got "6"'],
    [() => x.squeeze(0), "ShapeError: squeeze: dimension 0 must have size 1, got 2\n  tensor [2, 3]"],
    [() => x.unsqueeze(3), "RangeError: unsqueeze: dim must be from -3 to 2, got 3"],
    [
      () => x.permute(0, 0),
      "RangeError: permute: dims must name each of the 2 dimensions once, got [0, 0]\n  tensor [2, 3]",
    ],
    [() => tensor([1]).transpose(), "RangeError: transpose: a must be from -1 to 0, got -2"],
    [() => x.expand(2, 6), "ShapeError: expand: only sizes of 1 can grow, got [2, 6]\n  tensor [2, 3]"],
    [
      () => x.flatten({ startDim: 1, endDim: 0 }),
      "RangeError: flatten: startDim must not be after endDim, got 1 and 0\n  tensor [2, 3]",
    ],
    [
      () => x.slice(2),
      "RangeError: slice: the index of dimension 0 must be a whole number from -2 to 1, got 2",
    ],
    [
      () => x.slice([0, 3]),
      "RangeError: slice: a limit of dimension 0 must be a whole number from -2 to 2, got 3",
    ],
    [
      () => x.slice([0, 1, 0]),
      "RangeError: slice: a range is [start, stop, step] with step not 0, got [0, 1, 0]",
    ],
    [() => x.slice(0, 0, 0), "ShapeError: slice: takes at most 2 ranges, got 3\n  tensor [2, 3]"],
    [
      () => x.slice(":" as unknown as number),
      'TypeError: slice: a range must be a number, an array or null, got ":"',
    ],
    [() => x.flip(2), "RangeError: flip: dim must be from -2 to 1, got 2"],
    [
      () => x.pad([[1, 1]]),
      "ShapeError: pad: padding must be one [before, after] for each of the 2 dimensions, got [[1, 1]]\n  tensor [2, 3]",
    ],
    [() => x.pad(-1), "RangeError: pad: padding must be a whole number at least 0, got -1"],
    [
      () => x.pad(1, { mode: "same" } as object),
      'TypeError: pad: unknown option "mode"\n  help: the options are value',
    ],
  ])("%#", (call, text) => {
    expect(errorOf(call)).toBe(text);
  });
});

test("a slice of nothing passes zeros back", () => {
  const y = zeros([3], { requiresGrad: true });
  y.slice([1, 1]).sum().backward();
  expect(y.grad?.toArray()).toEqual([0, 0, 0]);
});
