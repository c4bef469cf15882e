import { describe, expect, test } from "vitest";
import { chooseTiles } from "../../../../src/engine/emit/tiles.js";
import type { ConvGeometry } from "../../../../src/engine/interface.js";
import { paysByPosition } from "../../../../src/engine/wasm/positionGrad.js";
import { onHeap, read, simdEngine } from "../../../support/wasmEngine.js";

type Triple = [number, number, number];

function geometryOf(
  settings: Partial<ConvGeometry> & { inputSize: Triple; kernelSize: Triple },
): ConvGeometry {
  const rest = { batch: 1, inChannels: 1, outChannels: 1, groups: 1, stride: [1, 1, 1], padding: [0, 0, 0] };
  const geometry = { ...rest, dilation: [1, 1, 1], ...settings } as ConvGeometry;
  const outputSize = geometry.inputSize.map((size, axis) => {
    const extent = geometry.dilation[axis]! * (geometry.kernelSize[axis]! - 1) + 1;
    return Math.floor((size + 2 * geometry.padding[axis]! - extent) / geometry.stride[axis]!) + 1;
  }) as Triple;
  return { ...geometry, outputSize };
}

/** The definition: dw[o][c][k] = Σ over images and positions p of x[c][p·s + k·d − pad]·dy[o][p]. */
function weightGrad(x: readonly number[], dy: readonly number[], geometry: ConvGeometry): number[] {
  const { batch, groups, inChannels, outChannels, inputSize, kernelSize, outputSize } = geometry;
  const [c, o] = [inChannels / groups, outChannels / groups];
  const dw = new Array<number>(outChannels * c * kernelSize[0] * kernelSize[1] * kernelSize[2]).fill(0);
  const each = (sizes: readonly number[], visit: (...at: number[]) => void, ...at: number[]): void => {
    const [size, ...rest] = sizes;
    if (size === undefined) visit(...at);
    else for (let i = 0; i < size; i++) each(rest, visit, ...at, i);
  };
  each(
    [batch, outChannels, c, ...kernelSize, ...outputSize],
    (n = 0, channel = 0, i = 0, a = 0, b = 0, e = 0, ...p) => {
      const q = [a, b, e].map(
        (k, axis) =>
          p[axis]! * geometry.stride[axis]! + k * geometry.dilation[axis]! - geometry.padding[axis]!,
      );
      if (q.some((at, axis) => at < 0 || at >= inputSize[axis]!)) return;
      const image = n * inChannels + Math.floor(channel / o) * c + i;
      const from = ((image * inputSize[0] + q[0]!) * inputSize[1] + q[1]!) * inputSize[2] + q[2]!;
      const at = ((n * outChannels + channel) * outputSize[0] + p[0]!) * outputSize[1] + p[1]!;
      const weight = (((channel * c + i) * kernelSize[0] + a) * kernelSize[1] + b) * kernelSize[2] + e;
      dw[weight]! += x[from]! * dy[at * outputSize[2] + p[2]!]!;
    },
  );
  return dw;
}

// Small whole numbers, so that every order of summing gives the same.
const whole = (count: number, step: number): number[] =>
  Array.from({ length: count }, (_, i) => ((i * step) % 7) - 3);

describe("rows of whole vectors and few output channels", () => {
  const cases: [string, ConvGeometry][] = [
    [
      "2-d, 6 channels of 5×5",
      geometryOf({ batch: 2, outChannels: 6, inputSize: [1, 9, 12], kernelSize: [1, 5, 5] }),
    ],
    [
      "padding",
      geometryOf({
        outChannels: 3,
        inChannels: 2,
        inputSize: [1, 4, 8],
        kernelSize: [1, 3, 3],
        padding: [0, 1, 1],
      }),
    ],
    [
      "stride and dilation",
      geometryOf({
        outChannels: 2,
        inputSize: [1, 9, 19],
        kernelSize: [1, 2, 3],
        stride: [1, 2, 2],
        dilation: [1, 1, 2],
      }),
    ],
    [
      "groups",
      geometryOf({
        batch: 2,
        outChannels: 6,
        inChannels: 4,
        groups: 2,
        inputSize: [1, 5, 6],
        kernelSize: [1, 2, 3],
      }),
    ],
    ["3-d", geometryOf({ outChannels: 1, inChannels: 2, inputSize: [4, 3, 9], kernelSize: [2, 2, 2] })],
    ["1-d", geometryOf({ batch: 3, outChannels: 1, inputSize: [1, 1, 18], kernelSize: [1, 1, 3] })],
  ];
  const tiles = chooseTiles("simd", 20, "x64");

  test.each(cases)("%s", (_label, geometry) => {
    expect(
      paysByPosition(geometry, tiles, geometry.outChannels / geometry.groups > 4 ? 2 : 1, 1, false),
    ).toBe(true);
    const engine = simdEngine();
    const count = ({ length }: { length: number }, channels: number, sizes: readonly number[]): number =>
      length * channels * sizes.reduce((a, b) => a * b, 1);
    const images = { length: geometry.batch };
    const x = whole(count(images, geometry.inChannels, geometry.inputSize), 5);
    const dy = whole(count(images, geometry.outChannels, geometry.outputSize), 3);
    const expected = weightGrad(x, dy, geometry);
    const dw = onHeap(expected.map(() => 1));
    expect(engine.convWeightGrad(dw, onHeap(x), onHeap(dy), geometry, false)).toBe(true);
    expect(read(dw)).toEqual(expected);
    engine.convWeightGrad(dw, onHeap(x), onHeap(dy), geometry, true);
    expect(read(dw)).toEqual(expected.map((value) => 2 * value));
  });
});

test("a row that is no whole number of vectors, or full lanes of output channels, stay with the other form", () => {
  const tiles = chooseTiles("fma", 20, "x64");
  const odd = geometryOf({ outChannels: 6, inputSize: [1, 9, 13], kernelSize: [1, 5, 5] });
  expect(paysByPosition(odd, tiles, 2, 1, false)).toBe(false);
  const lenet = geometryOf({ inChannels: 6, outChannels: 16, inputSize: [1, 12, 12], kernelSize: [1, 5, 5] });
  expect(paysByPosition(lenet, tiles, 2, 2, false)).toBe(false);
});
