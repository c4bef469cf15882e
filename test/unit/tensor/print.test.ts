import { describe, expect, test } from "vitest";
import { tensorHtml, tensorText } from "../../../src/tensor/print.js";

const text = (shape: number[], values: number[]): string =>
  tensorText(shape, "float32", Float32Array.from(values), false);

describe("tensorText", () => {
  test("a scalar is one line", () => {
    expect(text([], [3])).toBe("Tensor [] float32 3");
  });

  test("whole numbers have no digits after the point, columns line up", () => {
    expect(text([2, 2], [1, -20, 300, 4])).toBe("Tensor [2, 2] float32\n[[  1, -20],\n [300,   4]]");
  });

  test("four digits after the point otherwise", () => {
    expect(text([3], [1, 0.5, -10.25])).toBe("Tensor [3] float32\n[  1.0000,   0.5000, -10.2500]");
  });

  test("exponents where numbers are very large or very small", () => {
    expect(text([2], [1.5, 1e-6])).toBe("Tensor [2] float32\n[1.5000e+0, 1.0000e-6]");
    expect(text([2], [1.5, 2e7])).toBe("Tensor [2] float32\n[1.5000e+0, 2.0000e+7]");
  });

  test("NaN and infinities", () => {
    expect(text([4], [1, Number.NaN, Infinity, -Infinity])).toBe(
      "Tensor [4] float32\n[   1,  NaN,  Inf, -Inf]",
    );
  });

  test("matrices of three dimensions are separated by an empty line", () => {
    expect(text([2, 1, 2], [1, 2, 3, 4])).toBe("Tensor [2, 1, 2] float32\n[[[1, 2]],\n\n [[3, 4]]]");
  });

  test("empty tensors", () => {
    expect(text([0], [])).toBe("Tensor [0] float32\n[]");
    expect(text([2, 0], [])).toBe("Tensor [2, 0] float32\n[[],\n []]");
  });

  test("more than 1000 elements are cut in the middle of each long dimension", () => {
    const values = Array.from({ length: 1100 }, (_, i) => i);
    expect(text([1100], values)).toBe("Tensor [1100] float32\n[   0,    1,    2, ..., 1097, 1098, 1099]");
    expect(text([2, 550], values).split("\n")).toEqual([
      "Tensor [2, 550] float32",
      "[[   0,    1,    2, ...,  547,  548,  549],",
      " [ 550,  551,  552, ..., 1097, 1098, 1099]]",
    ]);
  });
});

describe("tensorHtml", () => {
  const html = (shape: number[], values: number[]): string =>
    tensorHtml(shape, "float64", Float64Array.from(values), true);

  test("rows and columns of a matrix", () => {
    const out = html([2, 2], [1, 2, 3, 4]);
    expect(out).toContain("<code>Tensor [2, 2] float64 requiresGrad</code>");
    expect(out.match(/<tr>/g)?.length).toBe(2);
    expect(out.match(/<td[^>]*>([^<]*)<\/td>/g)?.map((cell) => cell.replace(/<[^>]*>/g, ""))).toEqual([
      "1",
      "2",
      "3",
      "4",
    ]);
  });

  test("one table for each leading index", () => {
    const out = html([2, 2, 1], [1, 2, 3, 4]);
    expect(out.match(/<caption>[^<]*/g)).toEqual(["<caption>[0, :, :]", "<caption>[1, :, :]"]);
  });

  test("a scalar, a vector, an empty tensor", () => {
    expect(html([], [5])).toContain("<code>5</code>");
    expect(html([3], [1, 2, 3]).match(/<tr>/g)?.length).toBe(1);
    expect(html([2, 0], [])).toContain("<table");
  });

  test("a large tensor is cut", () => {
    const out = html(
      [40, 40],
      Array.from({ length: 1600 }, (_, i) => i),
    );
    expect(out.match(/<tr>/g)?.length).toBe(7);
    expect(out).toContain("…");
  });
});
