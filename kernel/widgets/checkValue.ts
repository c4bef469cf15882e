// Is a value one that an attribute takes? What is wrong is said before the page sees it.
import { inspect } from "node:util";
import type { Attribute } from "./model.js";

/** @throws TypeError when the kind of value is wrong, RangeError when a text is not one that is allowed */
export function checkValue(
  name: string,
  { type, nullable, enum: allowed, items }: Attribute,
  value: unknown,
  isWidget: (value: unknown) => boolean,
): void {
  if (value === null && nullable === true) return;
  const wanted = kinds[type];
  if (!wanted.accepts(value, isWidget)) {
    const orNull = nullable === true ? ", or null" : "";
    throw new TypeError(`${name}: must be ${wanted.words}${orNull}, got ${show(value)}`);
  }
  if (allowed !== undefined && !allowed.includes(value as string)) {
    const texts = allowed.map((text) => JSON.stringify(text)).join(", ");
    throw new RangeError(`${name}: must be one of ${texts}, got ${show(value)}`);
  }
  if (items === "widget") {
    const wrong = (value as readonly unknown[]).find((item) => !isWidget(item));
    if (wrong !== undefined) throw new TypeError(`${name}: every item must be a widget, got ${show(wrong)}`);
  }
}

interface Kind {
  readonly words: string;
  accepts(value: unknown, isWidget: (value: unknown) => boolean): boolean;
}

const isFiniteNumber = (value: unknown): boolean => typeof value === "number" && Number.isFinite(value);
const isObject = (value: unknown): boolean => typeof value === "object" && value !== null;
const object = (words: string): Kind => ({ words, accepts: isObject });

const kinds: Readonly<Record<Attribute["type"], Kind>> = {
  string: { words: "a text", accepts: (value) => typeof value === "string" },
  int: { words: "a whole number", accepts: (value) => Number.isInteger(value) },
  float: { words: "a finite number", accepts: isFiniteNumber },
  bool: { words: "true or false", accepts: (value) => typeof value === "boolean" },
  bytes: { words: "a Uint8Array", accepts: (value) => value instanceof Uint8Array },
  array: { words: "a list", accepts: Array.isArray },
  reference: { words: "a widget", accepts: (value, isWidget) => isWidget(value) },
  date: object("{ year, month, date }"),
  datetime: object("{ year, month, date, hours, minutes, seconds, milliseconds }"),
  time: object("{ hours, minutes, seconds, milliseconds }"),
  step: { words: 'a finite number or "any"', accepts: (value) => value === "any" || isFiniteNumber(value) },
};

/** Short, on one line: part of a message. */
export function show(value: unknown): string {
  return inspect(value, { depth: 1, maxArrayLength: 5, maxStringLength: 60, breakLength: Infinity });
}
