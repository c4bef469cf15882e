// A point of parameter space as checks see it: numbers, arrays and Tensors in any nesting, read and moved one number at
// a time. The point of the caller is never changed.
import { isTensorLike, placeOf } from "./values.js";

/** One number of a point. `move` sets it in the copy that `value()` hands to the function under test. */
export interface Coordinate {
  /** `w[0][1]`, or "" for a point that is one number. */
  readonly place: string;
  readonly at: number;
}

/** Lists the numbers of a value with their places, in a fixed order. Throws for anything that is not made of numbers. */
export function coordinates(value: unknown, place = ""): Coordinate[] {
  if (typeof value === "number") return [{ place, at: value }];
  if (isTensorLike(value))
    return Array.from(value.data, (at, i) => ({ place: place + placeOf(value.shape, i), at }));
  if (ArrayBuffer.isView(value))
    return Array.from(value as Float64Array, (at, i) => ({ place: `${place}[${i}]`, at }));
  if (Array.isArray(value)) return value.flatMap((one, i) => coordinates(one, `${place}[${i}]`));
  if (typeof value === "object" && value !== null)
    return Object.entries(value).flatMap(([key, one]) =>
      coordinates(one, place === "" ? key : `${place}.${key}`),
    );
  throw new TypeError(`${place === "" ? "the value" : place} is ${String(value)}, not a number`);
}

/** A deep copy of a point in which the numbers are taken from `numbers`, in the order of {@link coordinates}. */
export function withNumbers<T>(value: T, numbers: readonly number[]): T {
  let next = 0;
  const copy = (one: unknown): unknown => {
    if (typeof one === "number") return numbers[next++];
    if (isTensorLike(one)) {
      const tensor = (one as unknown as { clone(): { data: Float64Array } }).clone();
      const { data } = tensor;
      for (let i = 0; i < data.length; i++) data[i] = numbers[next++]!;
      return tensor;
    }
    if (ArrayBuffer.isView(one)) return (one as Float64Array).map(() => numbers[next++]!);
    if (Array.isArray(one)) return one.map(copy);
    return Object.fromEntries(Object.entries(one as object).map(([key, inner]) => [key, copy(inner)]));
  };
  return copy(value) as T;
}
