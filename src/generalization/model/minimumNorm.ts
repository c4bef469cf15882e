// Least squares when there may be more unknowns than equations: of all best solutions the one of smallest norm.
import { leastSquares } from "./leastSquares.js";

/**
 * The coefficients c of smallest norm that minimize |A·c − y|² + λ|c|², A given by rows.
 *
 * With at most as many columns as rows by QR (λ through extra rows). With more, c lies in the span of the rows: c = Aᵀ·a, and
 * the triangular factor of Aᵀ = Q·R gives it as c = Q·z with Rᵀ·z = y, by Gram–Schmidt done twice (Björck 1994).
 *
 * @param rows n rows of p numbers
 */
export function minimumNorm(rows: readonly Float64Array[], y: Float64Array, ridge: number): Float64Array {
  const n = rows.length;
  const p = rows[0]!.length;
  if (p <= n || ridge > 0) {
    const extra = ridge > 0 ? p : 0;
    const columns = Array.from({ length: p }, (_, j) => {
      const column = new Float64Array(n + extra);
      for (let i = 0; i < n; i++) column[i] = rows[i]![j]!;
      if (extra > 0) column[n + j] = Math.sqrt(ridge);
      return column;
    });
    const target = new Float64Array(n + extra);
    target.set(y);
    return leastSquares(columns, target);
  }
  const basis: Float64Array[] = [];
  const coefficients = new Float64Array(p);
  for (let i = 0; i < n; i++) {
    const direction = rows[i]!.slice();
    const norm = Math.hypot(...direction);
    for (let pass = 0; pass < 2; pass++) {
      for (const q of basis) addScaled(direction, q, -dot(direction, q));
    }
    const rest = Math.hypot(...direction);
    if (rest <= norm * 1e-12) continue; // a row that depends on earlier ones adds no equation
    // Rᵀ·z = y row by row: what the coefficients so far leave of y_i, along the new direction.
    const q = direction.map((value) => value / rest);
    basis.push(q);
    addScaled(coefficients, q, (y[i]! - dot(rows[i]!, coefficients)) / rest);
  }
  return coefficients;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function addScaled(target: Float64Array, direction: Float64Array, factor: number): void {
  for (let i = 0; i < target.length; i++) target[i]! += factor * direction[i]!;
}
