import * as plot from "../../../src/plot/index.js";
import { listOf, scatterOf } from "./numbers.js";

const paths = { input: [1, 2, 3, 5, 7], kernel: [11, 13, 17], gradient: [100, 10, 1] };
const taps = [0.8, -0.5, 0.3];
const image = [
  [1, 2, 0, 1, 3],
  [0, 1, 2, 2, 1],
  [3, 1, 0, 1, 0],
  [1, 0, 2, 1, 1],
  [2, 1, 1, 0, 2],
];
const sobel = [
  [1, 0, -1],
  [2, 0, -2],
  [1, 0, -1],
];
const kernels = (outputs: number, inputs: number, size: number): number[][][][] =>
  listOf(outputs, (o) =>
    listOf(inputs, (c) =>
      listOf(size, (i) => listOf(size, (j) => scatterOf(((o * inputs + c) * size + i) * size + j))),
    ),
  );

export const examples: Readonly<Record<string, () => plot.Figure<never>>> = {
  convPaths: () => plot.convPaths(paths, { title: "Who is to blame?" }),
  convPathsInput: () => plot.convPaths({ ...paths, highlight: { input: 0 } }),
  slidingKernel: () =>
    plot.slidingKernel(
      { signal: [0, 0, 1, 3, 2, 2, -1, 0, 1, 0], kernel: [1, 2, -1] },
      { title: "Convolution turns the kernel over, correlation does not" },
    ),
  convWindow: () =>
    plot.convWindow({ input: image, kernel: sobel }, { title: "One output value, worked out" }),
  convWindowStride: () =>
    plot.convWindow({ input: image, kernel: sobel }, { padding: 1, stride: 2, position: [0, 1] }),
  connectivity: () =>
    plot.connectivity(
      {
        dense: listOf(6, (i) => listOf(8, (j) => scatterOf(i * 8 + j))),
        toeplitz: listOf(6, (i) => listOf(8, (j) => taps[j - i] ?? 0)),
      },
      { title: "A convolution is a dense layer with most weights 0 and the rest shared" },
    ),
  channels: () =>
    plot.channels(
      {
        input: listOf(3, (c) =>
          listOf(8, (i) => listOf(8, (j) => Math.sin(i / 2 + c) + Math.cos((j * c) / 3))),
        ),
        weight: kernels(4, 3, 3),
      },
      { title: "Three channels in, one plane out; four kernels, four planes" },
    ),
  receptiveField: () =>
    plot.receptiveField(
      [
        { kernelSize: 3, name: "conv1" },
        { kernelSize: 3, name: "conv2", stride: 2 },
        { kernelSize: 3, name: "conv3" },
      ],
      {
        title: "Deeper units see more",
        effective: listOf(11, (i) => listOf(11, (j) => Math.exp(-((i - 5) ** 2 + (j - 5) ** 2) / 6))),
      },
    ),
  receptiveFieldDilated: () => plot.receptiveField([{ kernelSize: 5 }, { kernelSize: 3, dilation: 2 }]),
  convBackward: () =>
    plot.convBackward(
      { ...paths, inputGradient: [1100, 1410, 1841, 183, 17], weightGradient: [123, 235, 357] },
      { title: "The gradient of a convolution is a convolution" },
    ),
  gradientCheck: () =>
    plot.gradientCheck(
      {
        errors: { weight: listOf(40, (i) => 10 ** (-9 + 2 * scatterOf(i))), bias: [1e-10, 3e-11, 0.02] },
        kinks: { bias: [2] },
        sweep: {
          h: [1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9],
          error: [1e-4, 1e-6, 1e-8, 1e-10, 3e-9, 4e-8, 3e-7, 4e-6],
        },
      },
      { title: "One element is wrong, and it sits on a kink" },
    ),
  filters: () => plot.filters(kernels(8, 1, 5), { title: "Learned filters" }),
  filtersChannels: () => plot.filters(kernels(16, 3, 3)),
  featureMaps: () =>
    plot.featureMaps(
      listOf(16, (o) =>
        listOf(12, (i) => listOf(12, (j) => Math.max(0, Math.sin((i * o) / 9) + Math.cos((j * o) / 7)))),
      ),
      { title: "Sixteen maps of one digit" },
    ),
};
