import { describe, expect, test } from "vitest";
import { type PaddingMode, paddedPositions, padSides, sidesOf } from "../../../src/nn/paddingMode.js";
import { tensor, zeros } from "../../../src/tensor/create.js";
import "../../../src/tensor/methods.js";

const settings = { kernelSize: [3], stride: 1, padding: 1, dilation: 1, paddingMode: "reflect" } as const;

describe("paddedPositions", () => {
  // a b c with 2 more on each side, written out by hand
  test.each<[Exclude<PaddingMode, "zeros">, number[]]>([
    ["reflect", [2, 1, 0, 1, 2, 1, 0]],
    ["replicate", [0, 0, 0, 1, 2, 2, 2]],
    ["circular", [1, 2, 0, 1, 2, 0, 1]],
  ])("%s", (mode, wanted) => {
    expect(paddedPositions(3, 2, 2, mode)).toEqual(wanted);
  });

  test("sides of different length, and the most each mode can add", () => {
    expect(paddedPositions(3, 0, 1, "reflect")).toEqual([0, 1, 2, 1]);
    expect(paddedPositions(2, 1, 1, "reflect")).toEqual([1, 0, 1, 0]);
    expect(paddedPositions(2, 2, 2, "circular")).toEqual([0, 1, 0, 1, 0, 1]);
  });
});

describe("sidesOf", () => {
  test("is null for zeros, both sides otherwise; an odd element of same goes after", () => {
    expect(sidesOf("Conv1d", { ...settings, paddingMode: "zeros" })).toBeNull();
    expect(sidesOf("Conv1d", settings)).toEqual({ before: [1], after: [1] });
    expect(sidesOf("Conv1d", { ...settings, kernelSize: [4], padding: "same" })).toEqual({
      before: [1],
      after: [2],
    });
  });

  test("errors", () => {
    expect(() =>
      sidesOf("Conv1d", { ...settings, paddingMode: "reflected" as "reflect" }),
    ).toThrowErrorMatchingInlineSnapshot(`
      [RangeError: Conv1d: paddingMode must be "zeros" or "reflect" or "replicate" or "circular", got "reflected"
        help: did you mean "reflect"?]
    `);
    expect(() => sidesOf("Conv1d", { ...settings, padding: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [RangeError: Conv1d: paddingMode "reflect" needs padding, got padding 0
        help: pass {padding: "same"} or a number, or drop paddingMode]
    `);
    expect(() => sidesOf("Conv1d", { ...settings, padding: "valid" })).toThrowErrorMatchingInlineSnapshot(`
      [RangeError: Conv1d: paddingMode "reflect" needs padding, got padding "valid"
        help: pass {padding: "same"} or a number, or drop paddingMode]
    `);
    expect(() => sidesOf("Conv1d", { ...settings, padding: "same", stride: 2 })).toThrow(
      'Conv1d: padding "same" needs stride 1, got [2]',
    );
  });
});

describe("padSides", () => {
  test("pads the last axes only", () => {
    const x = tensor([
      [
        [1, 2],
        [3, 4],
      ],
    ]);
    expect(padSides("Conv2d", x, { before: [1, 0], after: [0, 1] }, "circular").toArray()).toEqual([
      [
        [3, 4, 3],
        [1, 2, 1],
        [3, 4, 3],
      ],
    ]);
  });

  test("a number read several times collects the gradient of each place", () => {
    const x = tensor([[1, 2, 4]], { requiresGrad: true });
    padSides("Conv1d", x, { before: [2], after: [1] }, "replicate").backward(
      tensor([[1, 10, 100, 1000, 10000, 100000]]),
    );
    expect(x.grad!.toArray()).toEqual([[111, 1000, 110000]]);
  });

  test("errors", () => {
    const x = zeros([1, 1, 3]);
    expect(() =>
      padSides("Conv1d", x, { before: [3], after: [3] }, "reflect"),
    ).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: Conv1d: padding must be at most 2 for paddingMode "reflect" on 3 elements, got 3 (axis -1)
        input [1, 1, 3]
        help: pad less, or use replicate or zeros]
    `);
    expect(() =>
      padSides("Conv1d", x, { before: [0], after: [4] }, "circular"),
    ).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: Conv1d: padding must be at most 3 for paddingMode "circular" on 3 elements, got 4 (axis -1)
        input [1, 1, 3]
        help: pad less, or use replicate or zeros]
    `);
    expect(() =>
      padSides("Conv1d", zeros([1, 1, 0]), { before: [1], after: [1] }, "replicate"),
    ).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: Conv1d: padding must be at most 0 for paddingMode "replicate" on 0 elements, got 1 (axis -1)
        input [1, 1, 0]]
    `);
  });
});
