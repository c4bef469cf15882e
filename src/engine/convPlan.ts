// From the geometry of a convolution to tables of offsets: pure integers, no memory. Names as in emitConv.ts.
//
// A *source* is a copy of an image with its zeros around it. With stride s an axis is split into s phases (positions
// 0, s, 2s, … then 1, s + 1, …), each contiguous, so that the positions a tap visits are always neighbours:
// padded position q is number q div s of phase q mod s.
import type { ConvGeometry } from "./interface.js";
import type { Tile } from "./tiles.js";

export type Triple = readonly [number, number, number];

/** One box of numbers to copy; offsets, pitches and steps in bytes, within one channel. */
export interface BoxCopy {
  readonly to: number;
  readonly from: number;
  readonly counts: Triple;
  readonly toPitch: readonly [number, number];
  readonly fromPitch: readonly [number, number];
  readonly fromStep: number;
}

export interface SourcePlan {
  /** The image itself can be read: no padding, no phases. */
  readonly isDirect: boolean;
  /** Bytes of one channel, one row and one plane of a phase. */
  readonly channel: number;
  readonly row: number;
  readonly plane: number;
  readonly copies: readonly BoxCopy[];
  /** Byte offset of padded position `q` within a channel. */
  at(q: Triple): number;
}

const product = (sizes: readonly number[]): number => sizes.reduce((a, b) => a * b, 1);
/** All triples below `sizes`, last axis fastest. */
export function* triples(sizes: Triple): Generator<Triple> {
  for (let d = 0; d < sizes[0]; d++)
    for (let h = 0; h < sizes[1]; h++) for (let w = 0; w < sizes[2]; w++) yield [d, h, w];
}
const mapTriple = (f: (axis: 0 | 1 | 2) => number): Triple => [f(0), f(1), f(2)];

/**
 * @param size the image
 * @param padding zeros before the first number of each axis; negative: numbers that are left out
 * @param extent padded positions that are read, per axis
 */
export function planSource(size: Triple, padding: Triple, stride: Triple, extent: Triple): SourcePlan {
  const isDirect =
    product(stride) === 1 && padding.every((p) => p === 0) && size.every((s, axis) => extent[axis]! <= s);
  const each = isDirect ? size : mapTriple((axis) => Math.ceil(extent[axis] / stride[axis]));
  const row = 4 * each[2];
  const plane = row * each[1];
  const phase = plane * each[0];
  const at = (q: Triple): number => {
    const [d, h, w] = mapTriple((axis) => q[axis] % stride[axis]);
    const [i, j, k] = mapTriple((axis) => Math.floor(q[axis] / stride[axis]));
    return ((d * stride[1] + h) * stride[2] + w) * phase + i * plane + j * row + 4 * k;
  };
  const copies: BoxCopy[] = [];
  for (const p of isDirect ? [] : triples(stride)) {
    const first = mapTriple((axis) => Math.max(0, Math.ceil((padding[axis] - p[axis]) / stride[axis])));
    const last = mapTriple((axis) =>
      Math.min(each[axis] - 1, Math.floor((size[axis] - 1 + padding[axis] - p[axis]) / stride[axis])),
    );
    const counts = mapTriple((axis) => last[axis] - first[axis] + 1);
    if (counts.some((count) => count <= 0)) continue;
    const q = mapTriple((axis) => first[axis] * stride[axis] + p[axis]);
    const [d, h, w] = mapTriple((axis) => q[axis] - padding[axis]);
    copies.push({
      to: at(q),
      from: 4 * ((d * size[1] + h) * size[2] + w),
      counts,
      toPitch: [plane, row],
      fromPitch: [4 * size[1] * size[2] * stride[0], 4 * size[2] * stride[1]],
      fromStep: 4 * stride[2],
    });
  }
  return { isDirect, channel: phase * product(stride), row, plane, copies, at };
}

/** How a run of `length` positions is cut into tiles; see `correlate` in emitConv.ts. */
export interface Cut {
  readonly full: number;
  readonly tailVectors: number;
  readonly tailCount: number;
  readonly tailA: number;
  readonly tailB: number;
  /** Estimated cycles for one tap and a full block of channels. */
  readonly cost: number;
}

/** Two multiply-adds a cycle, but none before the one it adds to is done, 4 cycles later. */
export function tileCost(rows: number, vectors: number, isWide: boolean): number {
  const instructions = rows * (isWide && vectors % 2 === 0 ? vectors / 2 : vectors);
  return Math.max(instructions / 2, 4) + 0.5;
}

/** @param mayOverwrite whether positions after the end of the run may be written (up to the next multiple of the tile) */
export function cutRun(
  length: number,
  tile: Tile,
  widths: readonly number[],
  isWide: boolean,
  mayOverwrite: boolean,
): Cut | null {
  const width = 4 * tile.vectors;
  const cost = (vectors: number): number => tileCost(tile.rows, vectors, isWide);
  const full = Math.floor(length / width);
  const rest = length - full * width;
  const base = { full, tailVectors: 0, tailCount: 0, tailA: 0, tailB: 0, cost: full * cost(tile.vectors) };
  if (rest === 0) return base;
  // One tile that ends with the run, overlapping what is before it, or two smaller ones.
  let best: Cut | null = null;
  for (const vectors of widths) {
    const covered = 4 * vectors;
    for (const tailCount of [1, 2]) {
      if (covered * tailCount < rest) continue;
      const total = base.cost + tailCount * cost(vectors);
      if (best !== null && best.cost <= total) continue;
      const end = full * width;
      if (length >= covered) {
        const tailA = tailCount === 1 ? length - covered : Math.min(end, length - covered);
        best = {
          full,
          tailVectors: vectors,
          tailCount,
          tailA: 4 * tailA,
          tailB: 4 * (length - covered),
          cost: total,
        };
      } else if (mayOverwrite)
        best = {
          full,
          tailVectors: vectors,
          tailCount: 1,
          tailA: 4 * end,
          tailB: 0,
          cost: base.cost + cost(vectors),
        };
    }
  }
  return best;
}

/** One product of a source with packed weights. */
export interface Correlation {
  /** Byte offsets of the taps in the source, and of their weights. */
  readonly taps: Int32Array;
  readonly weights: Int32Array;
  /** Pairs (source offset, result offset) of the runs, in bytes. */
  readonly runs: Int32Array;
  readonly cut: Cut;
  /** Positions along each axis. */
  readonly size: Triple;
  /** 0: results go to their place; otherwise the bytes of one channel and of one row of a scratch result. */
  readonly scratchChannel: number;
  readonly scratchRow: number;
}

export interface TileChoice {
  readonly tile: Tile;
  readonly widths: readonly number[];
  readonly isWide: boolean;
}

/**
 * Chooses between one run for each row, written in place, and one run for each plane, whose rows have junk between them
 * (as many numbers as the source's row is longer), written to scratch. `inPlace` false always takes scratch.
 */
export function planCorrelation(
  source: SourcePlan,
  size: Triple,
  taps: Int32Array,
  weights: Int32Array,
  { tile, widths, isWide }: TileChoice,
  inPlace: boolean,
): Correlation {
  const [depth, height, width] = size;
  const rowCut = cutRun(width, tile, widths, isWide, !inPlace);
  const sourceRow = source.row / 4;
  const planeLength = (height - 1) * sourceRow + width;
  const planeCut = cutRun(planeLength, tile, widths, isWide, true) as Cut;
  const rowCost = rowCut === null ? Number.POSITIVE_INFINITY : rowCut.cost * height;
  // Moving a number out of scratch costs about as much as one tap costs for it.
  const isByRow = rowCost <= planeCut.cost + (inPlace ? (height * width) / 4 / taps.length : 0);
  const roundUp = (n: number): number => 4 * Math.ceil(n / (4 * tile.vectors)) * 4 * tile.vectors;
  const scratchRow = isByRow ? (inPlace ? 0 : roundUp(width)) : source.row;
  const runs: number[] = [];
  let scratchChannel = 0;
  if (isByRow) {
    const row = inPlace ? 4 * width : scratchRow;
    for (let d = 0; d < depth; d++)
      for (let h = 0; h < height; h++) runs.push(d * source.plane + h * source.row, (d * height + h) * row);
    scratchChannel = inPlace ? 0 : depth * height * scratchRow;
  } else {
    const plane = roundUp(Math.max(planeLength, height * sourceRow));
    for (let d = 0; d < depth; d++) runs.push(d * source.plane, d * plane);
    scratchChannel = depth * plane;
  }
  const cut = (isByRow ? rowCut : planeCut) as Cut;
  return { taps, weights, runs: Int32Array.from(runs), cut, size, scratchChannel, scratchRow };
}

export interface ForwardPlan {
  readonly source: SourcePlan;
  readonly correlation: Correlation;
}

/** Taps of the forward pass: for each channel of a group and kernel position, where it reads. */
export function forwardTaps(geometry: ConvGeometry, source: SourcePlan): Int32Array {
  const { inChannels, groups, kernelSize, dilation } = geometry;
  const taps: number[] = [];
  for (let c = 0; c < inChannels / groups; c++)
    for (const k of triples(kernelSize))
      taps.push(c * source.channel + source.at(mapTriple((axis) => k[axis] * dilation[axis])));
  return Int32Array.from(taps);
}

export function forwardSource({
  inputSize,
  padding,
  stride,
  kernelSize,
  outputSize,
  dilation,
}: ConvGeometry): SourcePlan {
  const extent = mapTriple(
    (axis) => (outputSize[axis] - 1) * stride[axis] + (kernelSize[axis] - 1) * dilation[axis] + 1,
  );
  return planSource(inputSize, padding, stride, extent);
}

export function planForward(geometry: ConvGeometry, choice: TileChoice): ForwardPlan {
  const source = forwardSource(geometry);
  const taps = forwardTaps(geometry, source);
  const weights = Int32Array.from(taps, (_, t) => 4 * t);
  return { source, correlation: planCorrelation(source, geometry.outputSize, taps, weights, choice, true) };
}

/** One phase of the input gradient: input positions `start + step·q` (in numbers). */
export interface Phase {
  readonly correlation: Correlation;
  readonly start: Triple;
}
export interface InputGradPlan {
  readonly source: SourcePlan;
  readonly phases: readonly Phase[];
  /** Some phase has no taps, so its gradient is 0. */
  readonly hasEmptyPhase: boolean;
}

/**
 * dx[s·q + r] = Σ over taps k with (r + P − D·k) divisible by s of dy[q + (r + P − D·k) / s] · w[k]: for each phase r a
 * correlation with stride 1 of dy, padded once for all phases.
 */
export function planInputGrad(geometry: ConvGeometry, choice: TileChoice): InputGradPlan {
  const { inputSize, outputSize, kernelSize, stride, padding, dilation, inChannels, outChannels, groups } =
    geometry;
  const shift = (r: number, k: number, axis: 0 | 1 | 2): number | null => {
    const distance = r + padding[axis] - dilation[axis] * k;
    return distance % stride[axis] === 0 ? distance / stride[axis] : null;
  };
  const range = (axis: 0 | 1 | 2): { low: number; extent: number } => {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let r = 0; r < Math.min(stride[axis], inputSize[axis]); r++)
      for (let k = 0; k < kernelSize[axis]; k++) {
        const e = shift(r, k, axis);
        if (e !== null) [low, high] = [Math.min(low, e), Math.max(high, e)];
      }
    const whole = Math.ceil(inputSize[axis] / stride[axis]);
    return low > high ? { low: 0, extent: whole } : { low, extent: whole + high - low };
  };
  const ranges = [range(0), range(1), range(2)] as const;
  const one: Triple = [1, 1, 1];
  const source = planSource(
    outputSize,
    mapTriple((axis) => -ranges[axis].low),
    one,
    mapTriple((axis) => ranges[axis].extent),
  );
  const window = product(kernelSize);
  const channelsIn = inChannels / groups;
  const phases: Phase[] = [];
  let hasEmptyPhase = false;
  for (const r of triples(mapTriple((axis) => Math.min(stride[axis], inputSize[axis])))) {
    const [taps, weights]: [number[], number[]] = [[], []];
    for (let o = 0; o < outChannels / groups; o++) {
      let position = 0;
      for (const k of triples(kernelSize)) {
        const [d, h, w] = [shift(r[0], k[0], 0), shift(r[1], k[1], 1), shift(r[2], k[2], 2)];
        if (d !== null && h !== null && w !== null) {
          taps.push(
            o * source.channel + source.at([d - ranges[0].low, h - ranges[1].low, w - ranges[2].low]),
          );
          weights.push(4 * (o * channelsIn * window + position));
        }
        position++;
      }
    }
    if (taps.length === 0) {
      hasEmptyPhase = true;
      continue;
    }
    const size = mapTriple((axis) => Math.ceil((inputSize[axis] - r[axis]) / stride[axis]));
    const tables = [Int32Array.from(taps), Int32Array.from(weights)] as const;
    const isWhole = product(stride) === 1;
    phases.push({ correlation: planCorrelation(source, size, ...tables, choice, isWhole), start: r });
  }
  return { source, phases, hasEmptyPhase };
}
