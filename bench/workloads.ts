// What is measured, and what must be reached: ratio of PyTorch's time to ours, one thread each, medians of one interleaved
// run. `fma` is Node 20 and 22 (128-bit fused multiply-add), `wide` Node 24 and 26 with 256-bit code.

export interface ConvSize {
  readonly id: string;
  readonly batch: number;
  readonly inChannels: number;
  readonly size: readonly number[];
  readonly kernel: number;
  readonly padding: number;
  readonly outChannels: number;
}

export const matmulSizes: readonly number[] = [128, 256, 512, 1024];

// biome-ignore format: a table
export const convSizes: readonly ConvSize[] = [
  { id: "conv2d 1x28x28 k3 -> 32", batch: 64, inChannels: 1, size: [28, 28], kernel: 3, padding: 0, outChannels: 32 },
  { id: "conv2d 3x32x32 k5 -> 16", batch: 32, inChannels: 3, size: [32, 32], kernel: 5, padding: 0, outChannels: 16 },
  { id: "conv2d 32x14x14 k3 p1 -> 64", batch: 64, inChannels: 32, size: [14, 14], kernel: 3, padding: 1, outChannels: 64 },
  { id: "conv2d 32x28x28 k3 p1 -> 64", batch: 64, inChannels: 32, size: [28, 28], kernel: 3, padding: 1, outChannels: 64 },
  { id: "conv2d 64x56x56 k3 p1 -> 64", batch: 8, inChannels: 64, size: [56, 56], kernel: 3, padding: 1, outChannels: 64 },
  { id: "conv1d 16x1024 k9 -> 32", batch: 32, inChannels: 16, size: [1024], kernel: 9, padding: 0, outChannels: 32 },
  { id: "conv3d 4x16x32x32 k3 -> 8", batch: 4, inChannels: 4, size: [16, 32, 32], kernel: 3, padding: 0, outChannels: 8 },
];

/** Sizes of the output axes, stride 1. */
export function outputSize({ size, kernel, padding }: ConvSize): number[] {
  return size.map((n) => n + 2 * padding - kernel + 1);
}

export interface Workload {
  readonly id: string;
  /** Floating-point operations, where they are the measure. */
  readonly operations?: number;
  /** Least ratio to PyTorch on 128 and on 256 bits; 0 where nothing is promised. */
  readonly fma: number;
  readonly wide: number;
}

const convTargets: Record<
  string,
  readonly [fmaForward: number, fmaBackward: number, wideForward: number, wideBackward: number]
> = {
  "conv2d 1x28x28 k3 -> 32": [3, 0, 3, 0],
  "conv2d 3x32x32 k5 -> 16": [0, 1.2, 0, 1.2],
  "conv2d 32x28x28 k3 p1 -> 64": [0.45, 0, 0.8, 0],
  "conv2d 64x56x56 k3 p1 -> 64": [0, 0, 0.8, 0],
  "conv3d 4x16x32x32 k3 -> 8": [1, 1.5, 1, 1.5],
};

const product = (sizes: readonly number[]): number => sizes.reduce((a, b) => a * b, 1);

export const workloads: readonly Workload[] = [
  { id: "MLP 1-64-64-1, SGD step", fma: 0, wide: 0 },
  { id: "MLP 1-64-64-1, momentum step", fma: 0, wide: 0 },
  { id: "MLP 1-64-64-1, Adam step", fma: 4, wide: 5 },
  { id: "LeNet 28x28, batch 64, Adam step", fma: 1.5, wide: 2.2 },
  { id: "Adam on 1M parameters", fma: 4, wide: 4 },
  { id: "AdamW on 1M parameters", fma: 3, wide: 3 },
  { id: "RAdam on 1M parameters", fma: 3, wide: 3 },
  { id: "AdamP on 1M parameters", fma: 1.5, wide: 1.5 },
  { id: "AdamP on 1M parameters, projected", fma: 1.5, wide: 1.5 },
  { id: "RMSprop on 1M parameters", fma: 0, wide: 0 },
  ...matmulSizes.map((n) => ({
    id: `matmul ${n}`,
    operations: 2 * n ** 3,
    fma: n === 256 ? 0.35 : 0,
    wide: n === 256 ? 0.65 : 0,
  })),
  ...convSizes.flatMap((size) => {
    const { id, batch, inChannels, kernel, outChannels } = size;
    const operations =
      2 * batch * outChannels * inChannels * kernel ** size.size.length * product(outputSize(size));
    const [fmaForward, fmaBackward, wideForward, wideBackward] = convTargets[id] ?? [0, 0, 0, 0];
    return [
      { id: `${id}, forward`, operations, fma: fmaForward, wide: wideForward },
      { id: `${id}, backward`, operations: 2 * operations, fma: fmaBackward, wide: wideBackward },
    ];
  }),
];
