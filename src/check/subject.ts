import { errorText, showValue } from "../errors.js";

/** @throws {TypeError} unless the name of a check or a blank is a text that is not empty */
export function checkName(where: string, name: unknown): void {
  if (typeof name !== "string" || name === "")
    throw new TypeError(errorText(where, `name must be a text, got ${showValue(name)}`));
}
