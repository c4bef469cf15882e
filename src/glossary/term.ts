/** One concept of the course: its names in both languages, and what it means. */
export interface Term {
  readonly english: string;
  readonly korean: string;
  /** One sentence, in the sense in which the whole course uses the word. */
  readonly definition: string;
  /** The notebook that teaches it. */
  readonly notebook: string;
  /** Other names of the same thing, in either language. */
  readonly aliases: readonly string[];
}

/** Names, definition and notebook of one concept. */
export const term = (
  english: string,
  korean: string,
  notebook: string,
  definition: string,
  aliases: readonly string[] = [],
): Term => ({ english, korean, definition, notebook, aliases });
