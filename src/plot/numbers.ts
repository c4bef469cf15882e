// Numbers as people write them, and where a logarithmic axis gets its ticks.

const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** `10⁻⁵` for -5. */
export function powerOfTen(exponent: number): string {
  const digits = [...String(Math.abs(exponent))].map((digit) => superscripts[Number(digit)]!).join("");
  return `10${exponent < 0 ? "⁻" : ""}${digits}`;
}

/** At most `digits` significant digits, a true minus sign, powers of ten outside 0.0001 to 999999. */
export function plainNumber(value: number, digits: number = 3): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  if (value === 0) return "0";
  const size = Math.abs(value);
  const sign = value < 0 ? "−" : "";
  if (size >= 999_999.5 || size < 0.0001) {
    const [mantissa, exponent] = size.toExponential(Math.max(0, digits - 1)).split("e") as [string, string];
    const short = String(Number(mantissa));
    return `${sign}${short === "1" ? "" : `${short}·`}${powerOfTen(Number(exponent))}`;
  }
  if (Number.isInteger(value) || size >= 10 ** digits) return `${sign}${Math.round(size)}`;
  return `${sign}${Number(size.toPrecision(digits))}`;
}

/** A number with a fixed count of decimals and a true minus sign. */
export function fixedNumber(value: number, decimals: number): string {
  const written = Math.abs(value).toFixed(decimals);
  return value < 0 && Number(written) !== 0 ? `−${written}` : written;
}

/** Ticks of a logarithmic axis over [low, high]: decades, with 2 and 5 between them when there are few. At most `most`. */
export function logTicks(low: number, high: number, most: number = 7): number[] {
  const from = Math.floor(Math.log10(low) + 1e-9);
  const to = Math.ceil(Math.log10(high) - 1e-9);
  const within = (value: number): boolean => value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9);
  const decades = Array.from({ length: to - from + 1 }, (_, i) => Number(`1e${from + i}`));
  for (const steps of [
    [1, 2, 3, 4, 5, 6, 7, 8, 9],
    [1, 2, 5],
    [1, 3],
  ]) {
    const ticks = decades
      .flatMap((decade) => steps.map((step) => Number((step * decade).toPrecision(2))))
      .filter(within);
    if (ticks.length <= most) return ticks;
  }
  const inside = decades.filter(within);
  const every = Math.max(1, Math.ceil(inside.length / most));
  return inside.filter((_, i) => i % every === 0);
}

/** Ticks of a linear axis over [low, high] at 1, 2 or 5 times a power of ten, about `count` of them. */
export function linearTicks(low: number, high: number, count: number = 6): number[] {
  if (!(high > low)) return [low];
  const raw = (high - low) / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * ([1, 2, 5, 10].find((multiple) => multiple * power >= raw * 0.999) ?? 10);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** Smallest and largest finite value; NaN and infinities do not count. */
export function extent(values: Iterable<number>): [number, number] | undefined {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : undefined;
}
