// The shape of the register tile of each family of emitted kernels. A tile holds `rows × 4·vectors` sums in registers;
// `unroll` steps of the inner loop are written out. How the left operand reaches the registers:
//   "splat"    packed, one number loaded into all four lanes;
//   "shuffle"  packed, four numbers loaded at once, each spread by a shuffle.
//
// Why it depends on the V8 generation: TurboFan's scheduler (Node 20 and 22) hoists all loads of a basic block to its
// top, so a long body runs out of registers and only small bodies or few loads are fast. Turboshaft (Node 24 and
// later) does not. The 256-bit revectorizer pairs neighbouring vectors, so it needs an even number of them.
// Measured with `npm run bench -- --only peak,matmul`: 50–55 GFLOP/s of 55 on 128 bits, 99–106 of 111 on 256.

export interface Tile {
  readonly rows: number;
  readonly vectors: number;
  readonly unroll: number;
  readonly left: "splat" | "shuffle";
}
/** Sums of `taps` × `channels` vectors of `4·vectors` neighbouring positions: see positionGrad.ts. */
export interface PositionTile {
  readonly taps: number;
  readonly channels: number;
  readonly vectors: number;
  readonly unroll: number;
}
export interface Tiles {
  readonly name: string;
  readonly matmul: Tile;
  /** The planner picks the one that suits the channels and the width: see wasm/convPlan.ts. */
  readonly conv: readonly Tile[];
  /** Rows of this tile are pointers into the image, so its left operand is always a splat. */
  readonly weightGrad: Tile;
  /** The other form of the weight gradient, for few output channels. */
  readonly positionGrad: PositionTile;
}

const turboFan: Tiles = {
  name: "turbofan",
  matmul: { rows: 6, vectors: 4, unroll: 2, left: "shuffle" },
  conv: [
    { rows: 4, vectors: 2, unroll: 1, left: "splat" },
    { rows: 3, vectors: 3, unroll: 1, left: "splat" },
    { rows: 2, vectors: 4, unroll: 1, left: "splat" },
  ],
  weightGrad: { rows: 4, vectors: 2, unroll: 1, left: "splat" },
  positionGrad: { taps: 4, channels: 2, vectors: 1, unroll: 1 },
};
const turboshaft: Tiles = {
  name: "turboshaft",
  matmul: { rows: 6, vectors: 2, unroll: 4, left: "splat" },
  conv: [
    { rows: 6, vectors: 2, unroll: 4, left: "splat" },
    { rows: 4, vectors: 3, unroll: 4, left: "splat" },
  ],
  weightGrad: { rows: 6, vectors: 2, unroll: 4, left: "splat" },
  positionGrad: { taps: 5, channels: 2, vectors: 1, unroll: 2 },
};
const turboshaftWide: Tiles = {
  name: "turboshaft-256",
  matmul: { rows: 6, vectors: 4, unroll: 2, left: "splat" },
  conv: [
    { rows: 6, vectors: 4, unroll: 2, left: "splat" },
    { rows: 8, vectors: 2, unroll: 2, left: "splat" },
  ],
  weightGrad: { rows: 6, vectors: 4, unroll: 2, left: "splat" },
  positionGrad: { taps: 5, channels: 2, vectors: 2, unroll: 2 },
};

/**
 * The tiles for a path on a Node major version and processor. An unknown newer version uses the newest known row;
 * arm64 uses the small tiles everywhere (32 registers, but not measured).
 */
export function chooseTiles(path: "simd" | "fma" | "wide", nodeMajor: number, architecture: string): Tiles {
  if (path === "wide") return turboshaftWide;
  return nodeMajor >= 24 || architecture === "arm64" ? turboshaft : turboFan;
}
