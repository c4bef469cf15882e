/**
 * The relative error of two numbers, symmetric and safe at zero: `|a − b| / max(1e-8, |a| + |b|)`.
 *
 * Two zeros have error 0, where the plain quotient would be 0/0. Reading for gradients in float64: up to 1e-7 is good, 1e-4
 * is acceptable with kinks, above 1e-2 is wrong.
 *
 * @example
 * check.relativeError(1, 1.0002) // 0.0001
 * check.relativeError(0, 0) // 0
 */
export function relativeError(a: number, b: number): number {
  return Math.abs(a - b) / Math.max(1e-8, Math.abs(a) + Math.abs(b));
}
