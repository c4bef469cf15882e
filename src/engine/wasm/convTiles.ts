// How many cycles a tile costs, and how a run of positions is cut into tiles. The estimates only rank alternatives.
import type { Tile } from "../emit/tiles.js";

/** Widths of tiles that are emitted: the full one and smaller ones for the ends of runs. */
export function tileWidths(tile: Tile): number[] {
  return [tile.vectors, 2, 1].filter((vectors, i) => i === 0 || vectors < tile.vectors);
}

/** One step of the inner loop: two multiply-adds a cycle, but none before the sum it adds to is ready, 4 cycles later. */
export function tileCost(rows: number, vectors: number, isWide: boolean): number {
  const instructions = rows * (isWide && vectors % 2 === 0 ? vectors / 2 : vectors);
  return Math.max(instructions / 2, 4) + 0.5;
}

/** The same for all channels: whole blocks of `rows`, and what is left. */
export function blockCost(channels: number, rows: number, vectors: number, isWide: boolean): number {
  const rest = channels % rows;
  const whole = Math.floor(channels / rows) * tileCost(rows, vectors, isWide);
  return rest === 0 ? whole : whole + tileCost(rest, vectors, isWide);
}

/** `full` full tiles, then `tailCount` tiles of `tailVectors` vectors at `tailA` and `tailB` bytes; they may overlap. */
export interface Cut {
  readonly full: number;
  readonly tailVectors: number;
  readonly tailCount: number;
  readonly tailA: number;
  readonly tailB: number;
  /** Estimated cycles for one tap and all channels. */
  readonly cost: number;
}

/**
 * @param cost cycles of a tile of so many vectors
 * @param mayOverwrite whether positions after the end of the run may be written, up to the next multiple of the tile
 * @returns null when the run is shorter than every tile and nothing may be overwritten
 */
export function cutRun(
  length: number,
  tile: Tile,
  cost: (vectors: number) => number,
  mayOverwrite: boolean,
): Cut | null {
  const width = 4 * tile.vectors;
  const full = Math.floor(length / width);
  const end = full * width;
  const rest = length - end;
  const before = full * cost(tile.vectors);
  if (rest === 0) return { full, tailVectors: 0, tailCount: 0, tailA: 0, tailB: 0, cost: before };
  let best: Cut | null = null;
  for (const tailVectors of tileWidths(tile)) {
    const covered = 4 * tailVectors;
    for (const tailCount of [1, 2]) {
      const total = before + tailCount * cost(tailVectors);
      if (covered * tailCount < rest || (best !== null && best.cost <= total)) continue;
      const last = length - covered;
      if (last >= 0) {
        const tailA = 4 * (tailCount === 1 ? last : Math.min(end, last));
        best = { full, tailVectors, tailCount, tailA, tailB: 4 * last, cost: total };
      } else if (mayOverwrite && covered >= rest)
        best = {
          full,
          tailVectors,
          tailCount: 1,
          tailA: 4 * end,
          tailB: 0,
          cost: before + cost(tailVectors),
        };
    }
  }
  return best;
}
