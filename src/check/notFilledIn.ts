/**
 * Thrown by a blank that has no answer yet. Checks turn it into one message instead of a trace for each of them.
 *
 * @example
 * new check.NotFilledIn("N08-adam").message // N08-adam is not filled in
 */
export class NotFilledIn extends Error {
  override readonly name: string = "NotFilledIn";
  /** The blank: the `grade_id` of its cell. */
  readonly blank: string;

  /** @param blank the blank's name, such as "N08-adam" */
  constructor(blank: string) {
    super(`${blank} is not filled in`);
    this.blank = blank;
  }
}

/** Also true for an error of another copy of the library, as when an answer runs in its own process. */
export function isNotFilledIn(error: unknown): error is NotFilledIn {
  return (
    error instanceof NotFilledIn ||
    (typeof error === "object" && error !== null && (error as { name?: unknown }).name === "NotFilledIn")
  );
}
