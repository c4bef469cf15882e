// Linear least squares by Householder's QR factorization: numerically safer than the normal equations, whose condition
// number is the square. Source: Golub and Van Loan, "Matrix Computations", 4th edition, section 5.3.

/**
 * The coefficients c that minimize |A·c − y|², for the n × p matrix A given as p columns. Columns that depend on earlier
 * ones get coefficient 0.
 *
 * @param columns p columns of n numbers; overwritten
 * @param y n numbers; overwritten
 */
export function leastSquares(columns: readonly Float64Array[], y: Float64Array): Float64Array {
  const n = y.length;
  const p = columns.length;
  const diagonal = new Float64Array(p);
  let largest = 0;
  for (let k = 0; k < p && k < n; k++) {
    diagonal[k] = reflect(columns, y, k, n);
    largest = Math.max(largest, Math.abs(diagonal[k]!));
  }
  const coefficients = new Float64Array(p);
  for (let k = Math.min(p, n) - 1; k >= 0; k--) {
    if (Math.abs(diagonal[k]!) <= largest * n * 2 ** -52) continue;
    let sum = y[k]!;
    for (let j = k + 1; j < p; j++) sum -= columns[j]![k]! * coefficients[j]!;
    coefficients[k] = sum / diagonal[k]!;
  }
  return coefficients;
}

/** Reflects column k onto its axis and applies the reflection to the later columns and y; returns R's diagonal element. */
function reflect(columns: readonly Float64Array[], y: Float64Array, k: number, n: number): number {
  const v = columns[k]!;
  const norm = length(v, k, n);
  if (norm === 0) return 0;
  const alpha = v[k]! > 0 ? -norm : norm;
  v[k]! -= alpha;
  let square = 0;
  for (let i = k; i < n; i++) square += v[i]! * v[i]!;
  for (let j = k + 1; j <= columns.length; j++) {
    const target = j < columns.length ? columns[j]! : y;
    let dot = 0;
    for (let i = k; i < n; i++) dot += v[i]! * target[i]!;
    const factor = (2 * dot) / square;
    for (let i = k; i < n; i++) target[i]! -= factor * v[i]!;
  }
  return alpha;
}

/** Euclidean length of v[k … n − 1], scaled by its largest number so that squares neither overflow nor vanish. */
function length(v: Float64Array, k: number, n: number): number {
  let largest = 0;
  for (let i = k; i < n; i++) largest = Math.max(largest, Math.abs(v[i]!));
  if (largest === 0) return 0;
  let squares = 0;
  for (let i = k; i < n; i++) squares += (v[i]! / largest) ** 2;
  return largest * Math.sqrt(squares);
}
