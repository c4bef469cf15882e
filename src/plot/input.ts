// What a chart accepts as numbers, turned into one form: a shape and its values in row-major order. Tensors pass too,
// by their `shape` and `data` alone, so that this folder needs no code of another.

import {
  checkNumber,
  checkOptions,
  errorText,
  rejectUnknownOptions,
  ShapeError,
  showShape,
  showValue,
} from "../errors.js";

type Nested = number | readonly Nested[];
/** Typed arrays and plain arrays of numbers. */
export type NumberList = ArrayLike<number>;
/** Numbers in any number of dimensions: a number list, nested arrays, or a tensor. */
export type NumberArray =
  | NumberList
  | readonly Nested[]
  | { readonly shape: readonly number[]; readonly data: ArrayLike<number> };

/** Values in row-major order with their shape. */
export interface Grid {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

/** Options of every chart. */
export interface FigureOptions {
  /** A sentence above the picture; default none. */
  readonly title?: string | undefined;
  /** A smaller line below the title; default none, or what the chart has to say about its data. */
  readonly subtitle?: string | undefined;
  /** Pixels; default 640. */
  readonly width?: number | undefined;
}

/** Defaults of `FigureOptions`, to be spread into the defaults of a chart. */
export const frame: { title: string | undefined; subtitle: string | undefined; width: number } = {
  title: undefined,
  subtitle: undefined,
  width: 640,
};

/**
 * The options with their defaults filled in. `undefined` means the default.
 *
 * @throws {TypeError} for an unknown key, {RangeError} for a width below 200 pixels
 */
export function readOptions<D extends object>(where: string, options: Partial<D>, defaults: D): D {
  checkOptions(where, options);
  const known = Object.keys(defaults);
  const unknown = Object.fromEntries(Object.entries(options).filter(([key]) => !known.includes(key)));
  rejectUnknownOptions(where, unknown, known);
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const read = { ...defaults, ...Object.fromEntries(given) } as D;
  for (const key of ["width", "height"] as const)
    if (key in read) {
      const size = (read as Record<string, unknown>)[key];
      if (size !== undefined) checkNumber(where, key, size, { min: key === "width" ? 200 : 60, max: 4000 });
    }
  return read;
}

/**
 * Any accepted form as shape and values.
 *
 * @throws {TypeError} when something in it is not a number; {ShapeError} when rows differ in length
 */
export function toGrid(where: string, name: string, value: unknown): Grid {
  if (typeof value === "object" && value !== null && "shape" in value && "data" in value)
    return value as Grid;
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    const list = value as unknown as ArrayLike<number>;
    return { shape: [list.length], data: list };
  }
  if (!Array.isArray(value))
    throw new TypeError(
      errorText(where, `${name} must be an array of numbers or a tensor, got ${showValue(value)}`),
    );
  const first: unknown = value[0];
  if (typeof first === "object" && first !== null) {
    const parts = value.map((part: unknown, i) => toGrid(where, `${name}[${i}]`, part));
    const shape = parts[0]!.shape;
    for (const [i, part] of parts.entries())
      if (part.shape.join() !== shape.join()) {
        const shapes = `${name}[0] ${showShape(shape)}, ${name}[${i}] ${showShape(part.shape)}`;
        throw new ShapeError(
          errorText(where, `all rows of ${name} must have the same length, got different lengths`, shapes),
        );
      }
    return { shape: [value.length, ...shape], data: parts.flatMap((part) => Array.from(part.data)) };
  }
  for (const [i, number] of value.entries())
    if (typeof number !== "number")
      throw new TypeError(errorText(where, `${name}[${i}] must be a number, got ${showValue(number)}`));
  return { shape: [value.length], data: value as number[] };
}

/** What `toVector` and its kin demand. */
interface Demand {
  /** Expected length, and the name of what it must match. */
  readonly length?: number;
  readonly like?: string;
  /** NaN and infinities allowed? Default false. */
  readonly allowNonFinite?: boolean;
}

/** One list of numbers; a grid of any shape is read in row-major order. @throws when empty, of another length, or not finite */
export function toVector(where: string, name: string, value: unknown, demand: Demand = {}): number[] {
  const list = Array.from(toGrid(where, name, value).data);
  if (list.length === 0)
    throw new RangeError(errorText(where, `${name} must have at least one value, got none`));
  if (demand.length !== undefined && list.length !== demand.length)
    throw new ShapeError(
      errorText(
        where,
        `${name} must have one value for each of ${demand.like ?? "the points"} (${demand.length}), got ${list.length}`,
      ),
    );
  if (!demand.allowNonFinite) checkFinite(where, name, list);
  return list;
}

function checkFinite(where: string, name: string, list: ArrayLike<number>): void {
  for (let i = 0; i < list.length; i++)
    if (!Number.isFinite(list[i]))
      throw new RangeError(errorText(where, `${name} must be finite, got ${list[i]} at index ${i}`));
}

/** Rows of equal length. A list becomes one row; `[1, …, 1, R, C]` loses its leading ones. */
export function toMatrix(
  where: string,
  name: string,
  value: unknown,
  demand: { allowNonFinite?: boolean } = {},
): number[][] {
  const { shape, data } = toGrid(where, name, value);
  const leading = shape.slice(0, -2);
  if (shape.length === 0 || leading.some((size) => size !== 1))
    throw new ShapeError(
      errorText(where, `${name} must be a matrix [rows, columns], got shape ${showShape(shape)}`),
    );
  const columns = shape.at(-1)!;
  const rows = shape.length === 1 ? 1 : shape.at(-2)!;
  if (rows === 0 || columns === 0)
    throw new RangeError(
      errorText(where, `${name} must have at least one value, got shape ${showShape(shape)}`),
    );
  if (!demand.allowNonFinite) checkFinite(where, name, data);
  return Array.from({ length: rows }, (_, r) =>
    Array.from({ length: columns }, (_, c) => data[r * columns + c]!),
  );
}

/** Equal spacing from 0: the x values of a series that has none. */
export function indices(count: number, from: number = 0): number[] {
  return Array.from({ length: count }, (_, i) => from + i);
}

/** `count` even steps from `low` to `high`, both included. */
export function linspace(low: number, high: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) =>
    i > 0 && i === count - 1 ? high : low + ((high - low) * i) / Math.max(1, count - 1),
  );
}

/** The entries of `{name: value}`. @throws {TypeError} when it is not such an object, {RangeError} when it is empty */
export function namedEntries<T>(
  where: string,
  name: string,
  value: Readonly<Record<string, T>>,
): [string, T][] {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new TypeError(
      errorText(where, `${name} must be an object {name: values}, got ${showValue(value)}`),
    );
  const entries = Object.entries(value);
  if (entries.length === 0)
    throw new RangeError(errorText(where, `${name} must have at least one entry, got {}`));
  return entries;
}
