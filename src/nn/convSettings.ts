// Reading and showing the settings that convolution layers share.
import { checkNumber, errorText, showValue } from "../errors.js";

/** One whole number above 0 for each axis. */
export function perAxis(where: string, name: string, value: unknown, axes: number): number[] {
  const list = Array.isArray(value) ? value : new Array<unknown>(axes).fill(value);
  if (list.length !== axes || !list.every((size) => Number.isInteger(size) && size > 0))
    throw new RangeError(
      errorText(where, `${name} must be a whole number above 0, or ${axes} of them, got ${showValue(value)}`),
    );
  return list as number[];
}

/** `3` for equal sizes, `3x5` otherwise. */
export const showSizes = (sizes: readonly number[]): string =>
  new Set(sizes).size === 1 ? `${sizes[0]}` : sizes.join("x");

/** Settings that differ from their defaults, for `toString`. */
export function showSettings(
  settings: Readonly<Record<string, unknown>>,
  defaults: Readonly<Record<string, unknown>>,
): string {
  return Object.entries(settings)
    .filter(([key, value]) => value !== undefined && value !== defaults[key])
    .map(([key, value]) => `, ${key} ${Array.isArray(value) ? value.join("x") : value}`)
    .join("");
}

/** @throws {TypeError | RangeError} unless both channel counts are whole, above 0 and divisible by groups */
export function checkLayerChannels(
  where: string,
  inChannels: number,
  outChannels: number,
  groups: number,
): void {
  checkNumber(where, "inChannels", inChannels, { integer: true, min: 1 });
  checkNumber(where, "outChannels", outChannels, { integer: true, min: 1 });
  checkNumber(where, "groups", groups, { integer: true, min: 1 });
  if (inChannels % groups !== 0 || outChannels % groups !== 0)
    throw new RangeError(
      errorText(
        where,
        `groups must divide both channel counts, got groups ${groups} for inChannels ${inChannels} and outChannels ${outChannels}`,
      ),
    );
}
