// The two spellings of an attribute: `readoutFormat` in a cell, `readout_format` in the protocol.

/** `readout_format` -> `readoutFormat`. */
export function camelCase(name: string): string {
  return name.replace(/^_/, "").replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
