/**
 * The complementary error function, for gelu. `erfc(x)·e^{x²}` is smooth and bounded for x >= 0, so after the map
 * t = (x − 3) / (x + 3) of [0, ∞) to [−1, 1) a short Chebyshev series gives it to about 1e-15. The coefficients are not
 * a table from somewhere: they are computed on first use from the slow series and continued fraction below.
 */
const TERMS = 32;
const CENTER = 3;
let coefficients: Float64Array | null = null;

/** erfc(x)·e^{x²} by the Taylor series of erf (x < 2) or Laplace's continued fraction: slow, accurate to 1e-16. */
function scaledErfcSlow(x: number): number {
  if (x < 2) {
    // erf(x) e^{x²} = 2/√π Σ 2ⁿ x^{2n+1} / (2n+1)!!, all terms positive
    let term = (2 / Math.sqrt(Math.PI)) * x;
    let sum = term;
    for (let n = 1; n < 60; n++) {
      term *= (2 * x * x) / (2 * n + 1);
      sum += term;
    }
    return Math.exp(x * x) - sum;
  }
  let fraction = x;
  for (let k = 120; k >= 1; k--) fraction = x + k / 2 / fraction;
  return 1 / (Math.sqrt(Math.PI) * fraction);
}

function makeCoefficients(): Float64Array {
  const values = Float64Array.from({ length: TERMS }, (_, j) => {
    const t = Math.cos((Math.PI * (j + 0.5)) / TERMS);
    return scaledErfcSlow((CENTER * (1 + t)) / (1 - t));
  });
  return Float64Array.from({ length: TERMS }, (_, k) => {
    let sum = 0;
    for (let j = 0; j < TERMS; j++) sum += values[j]! * Math.cos((Math.PI * k * (j + 0.5)) / TERMS);
    return (2 / TERMS) * sum;
  });
}

/** `1 − erf(x)`, with a relative error below 1e-13 down to where it underflows, at 26. */
export function erfc(x: number): number {
  coefficients ??= makeCoefficients();
  const c = coefficients;
  const z = Math.abs(x);
  if (z > 30) return x > 0 ? 0 : 2;
  const t = (z - CENTER) / (z + CENTER);
  // Clenshaw's recurrence for Σ c[k] T_k(t) − c[0]/2
  let next = 0;
  let afterNext = 0;
  for (let k = TERMS - 1; k >= 1; k--) {
    const value = 2 * t * next - afterNext + c[k]!;
    afterNext = next;
    next = value;
  }
  const tail = (t * next - afterNext + c[0]! / 2) * Math.exp(-z * z);
  return x < 0 ? 2 - tail : tail;
}

/** Φ(x) = P(Z <= x) of a standard normal Z. */
export function normalCdf(x: number): number {
  return erfc(-x * Math.SQRT1_2) / 2;
}

/** The standard normal density φ(x) = e^{−x²/2} / √(2π). */
export function normalDensity(x: number): number {
  return Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
}
