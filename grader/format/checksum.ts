// nbgrader's checksum of a cell: tells whether a locked cell was edited and whether an answer was left as it was released.

import { createHash } from "node:crypto";
import type { Cell } from "../notebook/notebook.js";
import { type CellMetadata, isLocked } from "./cellMetadata.js";

/**
 * MD5, as 32 hexadecimal digits, of: source · cell type · grade · solution · locked · grade_id, and for graded cells the points,
 * all as Python prints them. `locked` is false for a solution cell and true for a graded one, whatever the metadata says.
 *
 * @throws {RangeError} when the source has half a surrogate pair, which UTF-8 cannot express (Python refuses it too)
 */
export function cellChecksum({ source, cell_type }: Cell, grading: CellMetadata): string {
  if (/\p{Surrogate}/u.test(source))
    throw new RangeError(
      `cellChecksum: source must be well-formed text, cell "${grading.grade_id}" has half a surrogate pair`,
    );
  const hash = createHash("md5").update(source, "utf8").update(cell_type);
  for (const flag of [grading.grade, grading.solution, isLocked(grading)])
    hash.update(flag ? "True" : "False");
  hash.update(grading.grade_id);
  if (grading.grade) hash.update(pythonFloat(grading.points ?? 0));
  return hash.digest("hex");
}

/**
 * Python's `str(float(x))`: JavaScript's shortest digits, but ".0" on whole numbers, and an exponent of at least two digits
 * below 1e-4 and from 1e16.
 *
 * @throws {RangeError} when `x` is not finite
 */
export function pythonFloat(x: number): string {
  if (!Number.isFinite(x)) throw new RangeError(`pythonFloat: the number must be finite, got ${x}`);
  if (x === 0) return Object.is(x, -0) ? "-0.0" : "0.0";
  const [digits = "", exponentText] = x.toExponential().split("e");
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= 16)
    return `${digits}e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
  const text = String(x);
  return text.includes(".") ? text : `${text}.0`;
}
