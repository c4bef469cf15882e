/**
 * The inverse of the normal distribution function, and the logarithm and exponential it and the gamma sampler need, from
 * additions, multiplications, divisions and square roots alone. Those four are exactly rounded on every platform, while
 * the last bit of Math.log and Math.exp is not specified: so random numbers are the same everywhere.
 */
const LN2_HIGH = 0.6931471803691238; // ln 2 in two parts (fdlibm): the first has 21 zero bits at the end
const LN2_LOW = 1.9082149292705877e-10;

/** Natural logarithm of a positive normal number; error below 1 unit in the last place near all arguments. */
export function portableLog(x: number): number {
  let exponent = 0;
  while (x >= Math.SQRT2) {
    x /= 2;
    exponent++;
  }
  while (x < Math.SQRT1_2) {
    x *= 2;
    exponent--;
  }
  // log(x) = 2 atanh(s), s = (x - 1)/(x + 1), |s| < 0.172: twelve terms reach 1e-18
  const s = (x - 1) / (x + 1);
  const z = s * s;
  let sum = 0;
  for (let k = 25; k >= 3; k -= 2) sum = z * (1 / k + sum);
  return exponent * LN2_HIGH + (2 * s + (2 * s * sum + exponent * LN2_LOW));
}

/** eˣ for |x| up to 700. */
export function portableExp(x: number): number {
  const n = Math.round(x / Math.LN2);
  const r = x - n * LN2_HIGH - n * LN2_LOW; // |r| < 0.35: 16 terms reach 1e-20
  let sum = 1;
  for (let k = 16; k >= 1; k--) sum = 1 + (r / k) * sum;
  let scale = 1;
  for (let i = 0; i < Math.abs(n); i++) scale *= n < 0 ? 0.5 : 2;
  return sum * scale;
}

const A = [
  3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987,
  67265.7709270087, 33430.57558358813, 2509.0809287301227,
];
const B = [
  1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271,
  28729.085735721943, 5226.495278852854,
];
const C = [
  1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684,
  0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
];
const D = [
  1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
  0.0005475938084995345, 1.0507500716444169e-9,
];
const E = [
  6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
  0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
];
const F = [
  1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133,
  1.8463183175100548e-5, 1.421511758316446e-7, 2.0442631033899397e-15,
];

function ratio(numerator: readonly number[], denominator: readonly number[], r: number): number {
  let top = 0;
  let bottom = 0;
  for (let i = 7; i >= 0; i--) {
    top = top * r + (numerator[i] as number);
    bottom = bottom * r + (denominator[i] as number);
  }
  return top / bottom;
}

/**
 * The x with P(Z <= x) = p for a standard normal Z, 0 < p < 1, to about 1e-16 relative.
 *
 * @see Wichura 1988, "Algorithm AS 241: the percentage points of the normal distribution", Applied Statistics 37
 */
export function normalQuantile(p: number): number {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) return q * ratio(A, B, 0.180625 - q * q);
  const r = Math.sqrt(-portableLog(q < 0 ? p : 1 - p));
  const x = r <= 5 ? ratio(C, D, r - 1.6) : ratio(E, F, r - 5);
  return q < 0 ? -x : x;
}
