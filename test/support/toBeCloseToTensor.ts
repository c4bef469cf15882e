/** `expect(tensor).toBeCloseToTensor(expected, 1e-10)`: shape and every element, naming the worst one when it fails. */
import { expect } from "vitest";
import { Tensor } from "../../src/tensor/tensor.js";

/** A tensor, nested arrays or a number; strings "NaN", "Infinity" and "-Infinity" as in the reference files. */
export type Expected = Tensor | number | string | readonly Expected[];

interface CloseMatcher<R> {
  /**
   * Same shape, and `|actual − expected| <= tolerance · (1 + |expected|)` everywhere; NaN matches NaN.
   *
   * @param tolerance 1e-10 for float64, 2e-5 for float32
   */
  toBeCloseToTensor(expected: Expected, tolerance: number): R;
}

declare module "vitest" {
  // biome-ignore lint/suspicious/noExplicitAny: the default must be written as in vitest's own declaration
  interface Matchers<T = any> extends CloseMatcher<T> {}
}

function shapeOf(value: Expected): number[] {
  if (value instanceof Tensor) return [...value.shape];
  if (!Array.isArray(value)) return [];
  return [value.length, ...(value.length === 0 ? [] : shapeOf(value[0] as Expected))];
}

function flat(value: Expected): number[] {
  if (value instanceof Tensor) return Array.from(value.detach().data);
  return Array.isArray(value) ? value.flatMap(flat) : [Number(value)];
}

expect.extend({
  toBeCloseToTensor(received: unknown, expected: Expected, tolerance: number) {
    const actual = received as Expected;
    const [shape, wanted] = [shapeOf(actual), shapeOf(expected)];
    if (shape.join() !== wanted.join()) {
      return { pass: false, message: () => `shape [${shape.join(", ")}] instead of [${wanted.join(", ")}]` };
    }
    const [a, b] = [flat(actual), flat(expected)];
    let worst = -1;
    let worstRatio = 0;
    a.forEach((x, i) => {
      const y = b[i] as number;
      const same = Object.is(x, y) || x === y;
      const ratio = same ? 0 : Math.abs(x - y) / (tolerance * (1 + Math.abs(y)));
      if (!(ratio <= worstRatio)) [worst, worstRatio] = [i, Number.isNaN(ratio) ? Infinity : ratio];
    });
    return {
      pass: worstRatio <= 1,
      message: () =>
        worst < 0
          ? "all elements are equal"
          : `element ${worst} of ${a.length}: ${a[worst]} instead of ${b[worst]}, ${worstRatio.toExponential(1)} times the tolerance ${tolerance}`,
    };
  },
});
