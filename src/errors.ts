/**
 * The errors of the library. Every message has one form: `function: what must hold, got value`, then the shapes on
 * their own line where shapes matter, then `help: the way out`. TypeError is a value of the wrong kind, RangeError a
 * value out of range, ShapeError two shapes that do not fit.
 */

/** Shapes that do not fit an operation or each other. */
export class ShapeError extends RangeError {
  override readonly name: string = "ShapeError";
}

/** The text of an error: first line, then indented lines for shapes and help. Empty parts are left out. */
export function errorText(where: string, problem: string, shapes = "", help = ""): string {
  const lines = [`${where}: ${problem}`];
  if (shapes !== "") lines.push(`  ${shapes}`);
  if (help !== "") lines.push(`  help: ${help}`);
  return lines.join("\n");
}

/** `[2, 3]`, as shapes are written in every message. */
export function showShape(shape: readonly number[]): string {
  return `[${shape.join(", ")}]`;
}

/** A short, unambiguous text of any value for messages: strings quoted, long arrays cut, functions by name. */
export function showValue(value: unknown): string {
  if (typeof value === "string")
    return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}...` : value);
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "function") return value.name === "" ? "a function" : `function ${value.name}`;
  if (Object.is(value, -0)) return "-0";
  if (typeof value !== "object" || value === null) return String(value);
  if (Array.isArray(value)) {
    const shown = value.slice(0, 6).map(showValue);
    return `[${shown.join(", ")}${value.length > 6 ? `, ... ${value.length} values` : ""}]`;
  }
  const name = (value as { constructor?: { name?: string } }).constructor?.name;
  if (ArrayBuffer.isView(value))
    return `${name}(${(value as { length?: number }).length ?? value.byteLength})`;
  if (name === "Object" || name === undefined) {
    const keys = Object.keys(value);
    return keys.length === 0 ? "{}" : `{${keys.slice(0, 5).join(", ")}${keys.length > 5 ? ", ..." : ""}}`;
  }
  const shape = (value as { shape?: unknown }).shape;
  return `${name}${Array.isArray(shape) ? showShape(shape as number[]) : ""}`;
}

/**
 * Throws when an options object has a key nobody reads. Called with what is left after the destructuring:
 *
 *     const { learningRate, momentum = 0, ...rest } = options;
 *     rejectUnknownOptions("SGD", rest, ["learningRate", "momentum"]);
 *
 * @param known names the function reads, to suggest the one that was meant
 * @throws {TypeError} naming the first unknown key and the nearest known one
 */
export function rejectUnknownOptions(where: string, rest: object, known: readonly string[] = []): void {
  for (const key in rest) {
    const near = nearestName(key, known);
    const all = known.length === 0 ? "" : `the options are ${known.join(", ")}`;
    const help = near === undefined ? all : `did you mean "${near}"?`;
    throw new TypeError(errorText(where, `unknown option "${key}"`, "", help));
  }
}

/** @throws {TypeError} unless `options` is an object (an array or a number passed in its place is a mistake). */
export function checkOptions(where: string, options: unknown): void {
  if (
    typeof options !== "object" ||
    options === null ||
    Array.isArray(options) ||
    ArrayBuffer.isView(options)
  ) {
    throw new TypeError(errorText(where, `options must be an object, got ${showValue(options)}`));
  }
}

/** Names that are common elsewhere and mean one of ours: a student who writes `lr` should be told at once. */
const SYNONYMS: Readonly<Record<string, string>> = {
  lr: "learningRate",
  learning_rate: "learningRate",
  alpha: "learningRate",
  epsilon: "eps",
  axis: "dim",
  axes: "dim",
  dims: "dim",
  keepdim: "keepDim",
  keepdims: "keepDim",
  keepDims: "keepDim",
  strides: "stride",
  dilations: "dilation",
  pad: "padding",
  seed: "random",
  rng: "random",
  generator: "random",
  k: "nSplits",
  n_splits: "nSplits",
  dropout: "p",
  rate: "p",
  l2: "weightDecay",
};

/** The known name that was most likely meant: a synonym, another spelling, or at most two or three typing errors away. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const synonym = Object.hasOwn(SYNONYMS, name) ? SYNONYMS[name] : undefined;
  if (synonym !== undefined && known.includes(synonym)) return synonym;
  const plain = (text: string): string => text.replace(/[_\-\s]/g, "").toLowerCase();
  let best: string | undefined;
  let bestDistance = name.length <= 4 ? 2 : 4;
  for (const candidate of known) {
    const distance = plain(candidate) === plain(name) ? 0 : editDistance(plain(candidate), plain(name));
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

/** Insertions, deletions and substitutions between two words (Levenshtein 1966), by one row of the table. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substitution, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
}

/** What a numeric option must satisfy; every bound that is given is checked and named in the message. */
export interface NumberBounds {
  readonly integer?: boolean;
  /** Smallest allowed value. */
  readonly min?: number;
  /** Largest allowed value. */
  readonly max?: number;
  /** The value must be greater than this. */
  readonly above?: number;
  /** The value must be less than this. */
  readonly below?: number;
  /** The way out, printed last. */
  readonly help?: string;
}

/**
 * Returns `value` when it is a finite number within the bounds.
 *
 * @throws {TypeError} when it is not a number
 * @throws {RangeError} when it is not finite, not whole where it must be, or out of bounds
 */
export function checkNumber(where: string, name: string, value: unknown, bounds: NumberBounds = {}): number {
  const { integer = false, min, max, above, below, help = "" } = bounds;
  const parts: string[] = [];
  if (min !== undefined && max !== undefined) parts.push(`from ${min} to ${max}`);
  else if (min !== undefined) parts.push(`at least ${min}`);
  else if (max !== undefined) parts.push(`at most ${max}`);
  if (above !== undefined) parts.push(`greater than ${above}`);
  if (below !== undefined) parts.push(`less than ${below}`);
  const kind = integer ? "a whole number" : "a finite number";
  const wanted = parts.length === 0 ? kind : `${kind} ${parts.join(" and ")}`;
  const text = errorText(where, `${name} must be ${wanted}, got ${showValue(value)}`, "", help);
  if (typeof value !== "number") throw new TypeError(text);
  const fits =
    Number.isFinite(value) &&
    (!integer || Number.isInteger(value)) &&
    (min === undefined || value >= min) &&
    (max === undefined || value <= max) &&
    (above === undefined || value > above) &&
    (below === undefined || value < below);
  if (!fits) throw new RangeError(text);
  return value;
}

/** Returns `value` when it is true or false. @throws {TypeError} otherwise */
export function checkBoolean(where: string, name: string, value: unknown): boolean {
  if (typeof value !== "boolean") {
    throw new TypeError(errorText(where, `${name} must be true or false, got ${showValue(value)}`));
  }
  return value;
}

/**
 * Returns `value` when it is one of the listed words.
 *
 * @throws {TypeError} when it is not a string, @throws {RangeError} when it is another word
 */
export function checkChoice<T extends string>(
  where: string,
  name: string,
  value: unknown,
  choices: readonly T[],
): T {
  if (typeof value === "string" && (choices as readonly string[]).includes(value)) return value as T;
  const list = choices.map((choice) => `"${choice}"`).join(" or ");
  const near = typeof value === "string" ? nearestName(value, choices) : undefined;
  const help = near === undefined ? "" : `did you mean "${near}"?`;
  const text = errorText(where, `${name} must be ${list}, got ${showValue(value)}`, "", help);
  throw typeof value === "string" ? new RangeError(text) : new TypeError(text);
}
