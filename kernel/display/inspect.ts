// The text of a value, for text/plain.
import { inspect } from "node:util";

const options = {
  colors: false,
  depth: 4,
  maxArrayLength: 100,
  maxStringLength: 10_000,
} as const;

/** Node's own notation without colors; a value whose inspection throws is named, and never ends the cell. */
export function plainText(value: unknown): string {
  try {
    return inspect(value, options);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return `[value that cannot be shown: ${reason}]`;
  }
}
