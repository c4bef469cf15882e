// From the geometry of a convolution to tables of offsets: pure integers, no memory. Names as in emit/conv.ts.

import type { Tile } from "../emit/tiles.js";
import type { ConvGeometry } from "../interface.js";
import { mapTriple, planSource, type SourcePlan, type Triple, triples } from "./convSource.js";
import { blockCost, type Cut, cutRun } from "./convTiles.js";

const product = (sizes: readonly number[]): number => sizes.reduce((a, b) => a * b, 1);

/** The taps of one plane and row of the kernel, at padded position (d, h) from an output position. */
export interface TapGroup {
  readonly d: number;
  readonly h: number;
  /** Byte offsets in the source, and of the weights. */
  readonly taps: readonly number[];
  readonly weights: readonly number[];
}

/** One product of a source with packed weights. */
export interface Correlation {
  /** Index of the tile among the candidates. */
  readonly tile: number;
  /** Byte offsets of the taps in the source, and of their weights. */
  readonly taps: Int32Array;
  readonly weights: Int32Array;
  /** For each run: source offset, result offset in bytes, first tap, number of taps (the others read only zeros). */
  readonly runs: Int32Array;
  readonly cut: Cut;
  /** Positions along each axis. */
  readonly size: Triple;
  /** 0: results go to their place; otherwise the bytes of one channel and of one row of a scratch result. */
  readonly scratchChannel: number;
  readonly scratchRow: number;
}

/** The tiles to choose from. */
export interface TileChoice {
  readonly tiles: readonly Tile[];
  readonly isWide: boolean;
}

interface Candidate {
  readonly tile: number;
  readonly isByRow: boolean;
  readonly cut: Cut;
  readonly cost: number;
}

/** First tap and number of taps of the groups that meet data from output position (d, h); all between are included. */
function tapRange(source: SourcePlan, groups: readonly TapGroup[], d: number, h: number): [number, number] {
  let [first, last, at] = [-1, 0, 0];
  for (const group of groups) {
    if (source.hasData(d * source.stride[0] + group.d, h * source.stride[1] + group.h)) {
      if (first < 0) first = at;
      last = at + group.taps.length;
    }
    at += group.taps.length;
  }
  return first < 0 ? [0, 0] : [first, last - first];
}

/**
 * Chooses a tile, and between one run for each row and one run for each plane, whose rows have junk between them (as many
 * numbers as the source's row is longer) and go to scratch.
 *
 * @param channels output channels of a group
 * @param inPlace false: the results do not lie side by side, so they always go to scratch
 */
function planCorrelation(
  source: SourcePlan,
  size: Triple,
  channels: number,
  groups: readonly TapGroup[],
  { tiles, isWide }: TileChoice,
  inPlace: boolean,
): Correlation {
  const [depth, height, width] = size;
  const taps = Int32Array.from(groups.flatMap((group) => group.taps));
  const weights = Int32Array.from(groups.flatMap((group) => group.weights));
  const ranges = [...triples([depth, height, 1])].map(([d, h]) => tapRange(source, groups, d, h));
  const usedTaps = ranges.reduce((sum, [, count]) => sum + count, 0) / depth;
  const sourceRow = source.row / 4;
  const planeLength = (height - 1) * sourceRow + width;
  const candidates = tiles.flatMap((tile, index): Candidate[] => {
    const cost = (vectors: number): number => blockCost(channels, tile.rows, vectors, isWide);
    const byRow = cutRun(width, tile, cost, !inPlace);
    const byPlane = cutRun(planeLength, tile, cost, true) as Cut;
    // Moving a number out of scratch costs about as much as one tap costs for it.
    const moving = inPlace ? (height * width * channels) / 4 : 0;
    const plane = { tile: index, isByRow: false, cut: byPlane, cost: byPlane.cost * taps.length + moving };
    return byRow === null
      ? [plane]
      : [{ tile: index, isByRow: true, cut: byRow, cost: byRow.cost * usedTaps }, plane];
  });
  const { tile, isByRow, cut } = candidates.reduce((best, next) => (next.cost < best.cost ? next : best));
  const step = 4 * (tiles[tile] as Tile).vectors;
  const roundUp = (n: number): number => 4 * step * Math.ceil(n / step);
  const scratchRow = isByRow ? (inPlace ? 0 : roundUp(width)) : source.row;
  const runs: number[] = [];
  let scratchChannel = 0;
  if (isByRow) {
    const row = inPlace ? 4 * width : scratchRow;
    for (const [i, [d, h]] of [...triples([depth, height, 1])].entries())
      runs.push(
        d * source.plane + h * source.row,
        (d * height + h) * row,
        ...(ranges[i] as [number, number]),
      );
    scratchChannel = inPlace ? 0 : depth * height * scratchRow;
  } else {
    const plane = roundUp(height * sourceRow);
    for (let d = 0; d < depth; d++) runs.push(d * source.plane, d * plane, 0, taps.length);
    scratchChannel = depth * plane;
  }
  return { tile, taps, weights, runs: Int32Array.from(runs), cut, size, scratchChannel, scratchRow };
}

export interface ForwardPlan {
  readonly source: SourcePlan;
  readonly correlation: Correlation;
}

export function forwardSource(geometry: ConvGeometry): SourcePlan {
  const { inputSize, padding, stride, kernelSize, outputSize, dilation } = geometry;
  const extent = mapTriple(
    (axis) => (outputSize[axis] - 1) * stride[axis] + (kernelSize[axis] - 1) * dilation[axis] + 1,
  );
  return planSource(inputSize, padding, stride, extent);
}

/** Offsets in the source of every weight of an output channel, in the order of the weights. */
export function forwardTaps(geometry: ConvGeometry, source: SourcePlan): Int32Array {
  const { inChannels, groups, kernelSize, dilation } = geometry;
  const taps: number[] = [];
  for (let c = 0; c < inChannels / groups; c++)
    for (const k of triples(kernelSize))
      taps.push(c * source.channel + source.at(mapTriple((axis) => k[axis] * dilation[axis])));
  return Int32Array.from(taps);
}

export function planForward(geometry: ConvGeometry, choice: TileChoice): ForwardPlan {
  const { kernelSize, dilation, outputSize } = geometry;
  const source = forwardSource(geometry);
  const all = forwardTaps(geometry, source);
  const window = product(kernelSize);
  const groups = [...triples([kernelSize[0], kernelSize[1], 1])].map(([kd, kh]): TapGroup => {
    const row = (kd * kernelSize[1] + kh) * kernelSize[2];
    const indices: number[] = [];
    for (let c = 0; c < all.length; c += window)
      for (let kw = 0; kw < kernelSize[2]; kw++) indices.push(c + row + kw);
    const taps = indices.map((i) => all[i] as number);
    return { d: kd * dilation[0], h: kh * dilation[1], taps, weights: indices.map((i) => 4 * i) };
  });
  const channels = geometry.outChannels / geometry.groups;
  return { source, correlation: planCorrelation(source, outputSize, channels, groups, choice, true) };
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

/** Input positions of phase r read dy at q + e for these taps: e = (r + P − D·k) / s where that is a whole number. */
function phaseTaps(geometry: ConvGeometry, axis: 0 | 1 | 2, r: number): { k: number; e: number }[] {
  const { kernelSize, stride, padding, dilation } = geometry;
  const found: { k: number; e: number }[] = [];
  for (let k = 0; k < kernelSize[axis]; k++) {
    const distance = r + padding[axis] - dilation[axis] * k;
    if (distance % stride[axis] === 0) found.push({ k, e: distance / stride[axis] });
  }
  return found;
}

/**
 * dx[s·q + r] = Σ over taps k with (r + P − D·k) divisible by s of dy[q + (r + P − D·k) / s] · w[k]: for each phase r a
 * correlation with stride 1 of dy, padded once for all phases.
 */
export function planInputGrad(geometry: ConvGeometry, choice: TileChoice): InputGradPlan {
  const { inputSize, outputSize, kernelSize, stride, inChannels, outChannels } = geometry;
  const phaseCount = mapTriple((axis) => Math.min(stride[axis], inputSize[axis]));
  const taps = ([0, 1, 2] as const).map((axis) =>
    Array.from({ length: phaseCount[axis] }, (_, r) => phaseTaps(geometry, axis, r)),
  );
  const shifts = taps.map((phases) => phases.flat().map(({ e }) => e));
  const low = mapTriple((axis) => Math.min(...(shifts[axis]?.length ? (shifts[axis] as number[]) : [0])));
  const high = mapTriple((axis) => Math.max(...(shifts[axis]?.length ? (shifts[axis] as number[]) : [0])));
  const source = planSource(
    outputSize,
    mapTriple((axis) => -low[axis] + 0),
    [1, 1, 1],
    mapTriple((axis) => Math.ceil(inputSize[axis] / stride[axis]) + high[axis] - low[axis]),
  );
  const [window, c, o] = [product(kernelSize), inChannels / geometry.groups, outChannels / geometry.groups];
  const phases: Phase[] = [];
  let hasEmptyPhase = false;
  for (const start of triples(phaseCount)) {
    const [depths, heights, widths] = start.map((r, axis) => taps[axis]?.[r] ?? []) as unknown as [
      Taps,
      Taps,
      Taps,
    ];
    const groups = depths.flatMap((d) =>
      heights.map((h) => inputGroup(source, d, h, widths, low, kernelSize, window * c, o)),
    );
    if (groups.every((group) => group.taps.length === 0)) {
      hasEmptyPhase = true;
      continue;
    }
    const size = mapTriple((axis) => Math.ceil((inputSize[axis] - start[axis]) / stride[axis]));
    const correlation = planCorrelation(source, size, c, groups, choice, product(stride) === 1);
    phases.push({ correlation, start });
  }
  return { source, phases, hasEmptyPhase };
}
type Taps = readonly { readonly k: number; readonly e: number }[];

/** The taps of one kernel plane and row, for each output channel; `step` weights belong to one. */
function inputGroup(
  source: SourcePlan,
  d: Taps[number],
  h: Taps[number],
  widths: Taps,
  low: Triple,
  kernelSize: Triple,
  step: number,
  outChannels: number,
): TapGroup {
  const [taps, weights]: [number[], number[]] = [[], []];
  const [planeAt, rowAt] = [d.e - low[0], h.e - low[1]];
  for (let o = 0; o < outChannels; o++)
    for (const { k, e } of widths) {
      taps.push(o * source.channel + source.at([planeAt, rowAt, e - low[2]]));
      weights.push(4 * (o * step + (d.k * kernelSize[1] + h.k) * kernelSize[2] + k));
    }
  return { d: planeAt, h: rowAt, taps, weights };
}
