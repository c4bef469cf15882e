// The sums that the diagrams write out. Plain loops on plain arrays, padded with zeros: what is drawn is what is computed.

import { errorText, ShapeError, showShape } from "../../errors.js";

/** Output size along one axis: `⌊(n + 2·padding − dilation·(k − 1) − 1) / stride⌋ + 1`. @throws {ShapeError} when the kernel does not fit */
export function outputLength(
  where: string,
  n: number,
  k: number,
  stride: number,
  padding: number,
  dilation: number,
): number {
  const size = Math.floor((n + 2 * padding - dilation * (k - 1) - 1) / stride) + 1;
  if (size < 1) {
    const reach = dilation * (k - 1) + 1;
    const problem = `the kernel must fit into the padded input, got a kernel that spans ${reach} and an input of ${n + 2 * padding}`;
    throw new ShapeError(
      errorText(
        where,
        problem,
        `input ${showShape([n])}, kernel ${showShape([k])}, padding ${padding}, dilation ${dilation}`,
      ),
    );
  }
  return size;
}

/** Zeros around a matrix. */
export function padMatrix(values: readonly (readonly number[])[], padding: number): number[][] {
  const width = values[0]!.length + 2 * padding;
  const empty = (): number[][] => Array.from({ length: padding }, () => new Array<number>(width).fill(0));
  const side = new Array<number>(padding).fill(0);
  return [...empty(), ...values.map((row) => [...side, ...row, ...side]), ...empty()];
}

/** `out[y, x] = Σ input[y·stride + i·dilation, x·stride + j·dilation] · kernel[i, j]`, no padding. */
export function correlate2d(
  input: readonly (readonly number[])[],
  kernel: readonly (readonly number[])[],
  stride: number = 1,
  dilation: number = 1,
): number[][] {
  const height = outputLength("correlate2d", input.length, kernel.length, stride, 0, dilation);
  const width = outputLength("correlate2d", input[0]!.length, kernel[0]!.length, stride, 0, dilation);
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) => {
      let sum = 0;
      for (const [i, row] of kernel.entries())
        for (const [j, weight] of row.entries())
          sum += weight * input[y * stride + i * dilation]![x * stride + j * dilation]!;
      return sum;
    }),
  );
}

/** `out[i] = Σ_k input[i + k] · kernel[k]`, all positions where the kernel fits. */
export function correlate1d(input: readonly number[], kernel: readonly number[]): number[] {
  return correlate2d([input], [kernel])[0]!;
}
