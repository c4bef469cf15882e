// How checks see values: numbers with a shape, whatever holds them, and short texts for people.

/** What a check needs to know of a Tensor; a copy from another process has just these. */
export interface TensorLike {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly data: Float32Array | Float64Array;
}

/** Numbers with a shape: from a Tensor, a typed array or (nested) arrays. `dtype` is "" where there is none. */
export interface NumberBlock {
  readonly shape: readonly number[];
  readonly numbers: ArrayLike<number>;
  readonly dtype: string;
}

export function isTensorLike(value: unknown): value is TensorLike {
  if (typeof value !== "object" || value === null) return false;
  const { shape, dtype, data } = value as Partial<TensorLike>;
  return Array.isArray(shape) && typeof dtype === "string" && ArrayBuffer.isView(data);
}

const isTypedArray = (value: unknown): value is Float64Array =>
  ArrayBuffer.isView(value) && !(value instanceof DataView);

/** Reads a Tensor, typed array or rectangular array of numbers; anything else gives null. */
export function numberBlock(value: unknown): NumberBlock | null {
  if (isTensorLike(value)) return { shape: value.shape, numbers: value.data, dtype: value.dtype };
  if (isTypedArray(value))
    return { shape: [value.length], numbers: value, dtype: value instanceof Float32Array ? "float32" : "" };
  if (!Array.isArray(value)) return null;
  const shape: number[] = [];
  for (let level: unknown = value; Array.isArray(level); level = level[0]) shape.push(level.length);
  const numbers: number[] = [];
  const read = (level: unknown, depth: number): boolean => {
    if (depth === shape.length) return typeof level === "number" && numbers.push(level) > 0;
    return (
      Array.isArray(level) && level.length === shape[depth] && level.every((one) => read(one, depth + 1))
    );
  };
  return read(value, 0) ? { shape, numbers, dtype: "" } : null;
}

/** A value in which Tensors and typed arrays are nested arrays: what JSON can carry, except for numbers that are not finite. */
export function plainValue(value: unknown): unknown {
  if (isTensorLike(value)) return nest(value.data, value.shape);
  if (isTypedArray(value)) return Array.from(value);
  if (Array.isArray(value)) return value.map(plainValue);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plainValue(one)]));
}

function nest(numbers: ArrayLike<number>, shape: readonly number[]): unknown {
  const build = (axis: number, start: number): unknown => {
    if (axis === shape.length) return numbers[start];
    const step = shape.slice(axis + 1).reduce((all, size) => all * size, 1);
    return Array.from({ length: shape[axis]! }, (_, i) => build(axis + 1, start + i * step));
  };
  return build(0, 0);
}

/** `[1][0]`: the place of the n-th number of a row-major shape. */
export function placeOf(shape: readonly number[], n: number): string {
  const index: number[] = [];
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    index.unshift(n % shape[axis]!);
    n = Math.floor(n / shape[axis]!);
  }
  return index.map((i) => `[${i}]`).join("");
}

/** A number as people read it: at most `digits` significant digits, no trailing zeros. */
export function numberText(value: number, digits = 6): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return String(value);
  return Number.isFinite(value) ? String(Number(value.toPrecision(digits))) : String(value);
}

/** Two different numbers with as many digits as it takes to see the difference. */
export function pairText(a: number, b: number): [string, string] {
  for (let digits = 6; digits < 17; digits++) {
    const pair: [string, string] = [numberText(a, digits), numberText(b, digits)];
    if (pair[0] !== pair[1]) return pair;
  }
  return [String(a), String(b)];
}

/** A value in one line: numbers short, long lists cut, Tensors with their shape. */
export function valueText(value: unknown, depth = 0): string {
  if (typeof value === "number") return numberText(value);
  if (typeof value === "string")
    return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}...` : value);
  if (typeof value === "function") return value.name === "" ? "a function" : `function ${value.name}`;
  if (typeof value !== "object" || value === null) return String(value);
  if (isTensorLike(value)) return `Tensor ${shapeText(value.shape)} ${nested(value.data, value.shape)}`;
  if (isTypedArray(value)) return nested(value, [value.length]);
  if (Array.isArray(value)) {
    const block = numberBlock(value);
    if (block !== null) return nested(block.numbers, block.shape);
    const shown = value.slice(0, 4).map((one) => valueText(one, depth + 1));
    return `[${shown.join(", ")}${value.length > 4 ? `, … ${value.length} values` : ""}]`;
  }
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  const keys = Object.keys(value);
  if (depth > 2) return "{…}";
  const shown = keys
    .slice(0, 5)
    .map((key) => `${key}: ${valueText((value as Record<string, unknown>)[key], depth + 1)}`);
  return `{${shown.join(", ")}${keys.length > 5 ? ", …" : ""}}`;
}

/** "1 number", "2 numbers" */
export function countText(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** `[2, 3]` */
export function shapeText(shape: readonly number[]): string {
  return `[${shape.join(", ")}]`;
}

/** Row-major numbers as nested brackets, at most eight of them along each axis and sixteen in all. */
function nested(numbers: ArrayLike<number>, shape: readonly number[]): string {
  let left = 16;
  const write = (axis: number, start: number): string => {
    if (axis === shape.length) {
      left--;
      return numberText(numbers[start]!, 5);
    }
    const length = shape[axis]!;
    const step = shape.slice(axis + 1).reduce((all, size) => all * size, 1);
    const parts: string[] = [];
    for (let i = 0; i < length; i++) {
      if (i === 8 || left <= 0) {
        parts.push("…");
        break;
      }
      parts.push(write(axis + 1, start + i * step));
    }
    return `[${parts.join(", ")}]`;
  };
  return write(0, 0);
}
