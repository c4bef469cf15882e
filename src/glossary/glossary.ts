// The vocabulary of the course: one definition for each word, found by its English or Korean name.
import { errorText, showValue } from "../errors.js";
import { GENERALIZATION_TERMS } from "./generalizationTerms.js";
import { NETWORK_TERMS } from "./networkTerms.js";
import { OPTIMIZATION_TERMS } from "./optimizationTerms.js";
import type { Term } from "./term.js";

const ALL: readonly Term[] = [...NETWORK_TERMS, ...OPTIMIZATION_TERMS, ...GENERALIZATION_TERMS];

const escapeHtml = (words: string): string =>
  words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** Terms found in the glossary; shows itself as a table of two languages. */
export class Glossary {
  readonly terms: readonly Term[];
  /** The question, when it was not spelled as in the glossary; else null. */
  readonly asked: string | null;

  /** @internal */
  constructor(terms: readonly Term[], asked: string | null = null) {
    this.terms = terms;
    this.asked = asked;
  }

  #note(): string {
    return this.asked === null ? "" : `"${this.asked}" read as "${this.terms[0]!.english}"`;
  }

  /** One line for each term. */
  toString(): string {
    const lines = this.terms.map(
      ({ english, korean, definition, notebook }) => `${english} (${korean}): ${definition} [${notebook}]`,
    );
    return [...(this.asked === null ? [] : [this.#note()]), ...lines].join("\n");
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }

  [Symbol.for("Jupyter.display")](): Readonly<Record<string, string>> {
    // Only the definitions may wrap: a name broken in the middle, as Hangul may be anywhere, is hard to read.
    const cell = (tag: string, words: string, column: number): string =>
      `<${tag} style="text-align:left${column === 2 ? "" : ";white-space:nowrap"}">${escapeHtml(words)}</${tag}>`;
    const head = ["English", "한국어", "what it means here", "notebook"]
      .map((one, i) => cell("th", one, i))
      .join("");
    const rows = this.terms.map(
      ({ english, korean, definition, notebook }) =>
        `<tr>${[english, korean, definition, notebook].map((one, i) => cell("td", one, i)).join("")}</tr>`,
    );
    const caption = this.asked === null ? "" : `<caption>${escapeHtml(this.#note())}</caption>`;
    return {
      "text/plain": this.toString(),
      "text/html": `<table>${caption}<thead><tr>${head}</tr></thead><tbody>${rows.join("")}</tbody></table>`,
    };
  }
}

/** Letters and digits alone: how a name is spelled, apart from hyphens, spaces and capitals. */
const plain = (name: string): string => name.toLowerCase().replace(/[\s\-–_]/g, "");

/** Edits between two words; exchanging two neighbours counts as one (optimal string alignment). */
function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(rows[i - 1]![j]! + 1, row[j - 1]! + 1, rows[i - 1]![j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, rows[i - 2]![j - 2]! + 1);
      row.push(least);
    }
    rows.push(row);
  }
  return rows[a.length]![b.length]!;
}

const namesOf = (one: Term): string[] => [one.english, one.korean, ...one.aliases].map(plain);

/** The term whose name is nearest to a misspelled one, or undefined when none is near. */
function nearest(name: string): Term | undefined {
  // A short word is half another word after two edits.
  const allowed = name.length >= 5 ? 2 : name.length >= 4 ? 1 : 0;
  let best: Term | undefined;
  let least = allowed + 1;
  for (const one of ALL)
    for (const known of namesOf(one)) {
      const edits = distance(name, known);
      if (edits < least) [best, least] = [one, edits];
    }
  return best;
}

/**
 * What a word means in this course, in English and Korean. Without a word, the whole glossary.
 *
 * Names and common other names are found in both languages; capitals, spaces and hyphens do not matter, and a misspelled
 * word is read as the nearest term, with a note. Where Korean has one word for two things (정규화), the definition says
 * which one is meant.
 *
 * @param word such as "overfitting", "과적합" or "k-fold"
 * @throws {RangeError} when no term is near
 * @example
 * glossary("과적합").terms[0].english // overfitting
 * glossary("gradint").terms[0].english // gradient
 */
export function glossary(word?: string): Glossary {
  if (word === undefined) return new Glossary(ALL);
  if (typeof word !== "string" || plain(word) === "")
    throw new TypeError(
      errorText(
        "glossary",
        `word must be a text with letters, got ${showValue(word)}`,
        "",
        "glossary() shows all terms",
      ),
    );
  const name = plain(word);
  const exact = ALL.filter((one) => namesOf(one).includes(name));
  if (exact.length > 0) return new Glossary(exact);
  const near = nearest(name);
  if (near !== undefined) return new Glossary([near], word);
  const holding = ALL.filter((one) => namesOf(one).some((known) => known.includes(name))).map(
    ({ english }) => english,
  );
  throw new RangeError(
    errorText(
      "glossary",
      `word must be a term of the course, got ${showValue(word)}`,
      "",
      holding.length > 0 ? `terms with it: ${holding.join(", ")}` : "glossary() shows all terms",
    ),
  );
}
