// Curves before they are drawn: smoothing, thinning to what a screen can show, and where a run left the numbers.

import type { NumberList } from "./input.js";

/** A point of a curve in data units. */
export type Point = readonly [x: number, y: number];

/**
 * Exponential moving average over about `window` values, with the start corrected as in Adam:
 * `m ← m + (v − m)/window`, shown as `m / (1 − (1 − 1/window)^t)`. Values that are not finite stop it.
 */
export function smooth(values: NumberList, window: number): number[] {
  if (window <= 1) return Array.from(values);
  const keep = 1 - 1 / window;
  let mean = 0;
  let weight = 1;
  return Array.from(values, (value) => {
    mean = keep * mean + value / window;
    weight *= keep;
    return mean / (1 - weight);
  });
}

/** At most `2 · buckets` points: the lowest and the highest of each stretch, so that no spike disappears. */
export function thin(points: readonly Point[], buckets: number): Point[] {
  if (points.length <= 2 * buckets) return [...points];
  const kept: Point[] = [points[0]!];
  for (let b = 0; b < buckets; b++) {
    const from = Math.floor((b * points.length) / buckets);
    const to = Math.floor(((b + 1) * points.length) / buckets);
    let low = from;
    let high = from;
    for (let i = from; i < to; i++) {
      if (!(points[i]![1] >= points[low]![1])) low = i;
      if (!(points[i]![1] <= points[high]![1])) high = i;
    }
    for (const i of low < high ? [low, high] : low > high ? [high, low] : [low]) kept.push(points[i]!);
  }
  kept.push(points.at(-1)!);
  return kept;
}

/** The points up to the first that is not finite, and whether there was one. */
export function finiteStart(points: readonly Point[]): { points: Point[]; stopped: boolean } {
  const end = points.findIndex(([x, y]) => !Number.isFinite(x) || !Number.isFinite(y));
  return end < 0 ? { points: [...points], stopped: false } : { points: points.slice(0, end), stopped: true };
}

/** Index of the smallest finite value, -1 when there is none. */
export function argmin(values: NumberList): number {
  let best = -1;
  for (let i = 0; i < values.length; i++)
    if (Number.isFinite(values[i]) && (best < 0 || values[i]! < values[best]!)) best = i;
  return best;
}
