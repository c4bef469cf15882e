import { errorText } from "../errors.js";
import { escapeHtml } from "./html.js";
import { checkName } from "./subject.js";

/** What is known of one blank in this session: its hints, how often its check failed, how many hints were shown. */
interface Progress {
  hints: readonly string[];
  failures: number;
  shown: number;
}

const progress = new Map<string, Progress>();

/** Called by `check.score`: remembers the hints and whether the attempt failed; returns what the report tells. */
export function recordAttempt(
  name: string,
  hints: readonly string[],
  failed: boolean,
): { total: number; used: number } {
  const known = progress.get(name) ?? { hints, failures: 0, shown: 0 };
  known.hints = hints;
  if (failed) known.failures++;
  progress.set(name, known);
  return { total: hints.length, used: Math.min(known.shown, hints.length) };
}

/** A line of help that shows itself in a notebook. */
export class Hint {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.text;
  }

  [Symbol.for("Jupyter.display")](): Record<string, unknown> {
    return { "text/plain": this.text, "text/html": `<p>💡 ${escapeHtml(this.text)}</p>` };
  }
}

/**
 * The next hint for a blank: first the idea, then the shape of the answer, then one line of it. Hints open when a check
 * of the blank has failed. Their use is recorded in the next report and costs no points.
 *
 * @param name the blank, as in `check.score`
 * @throws {RangeError} when no check of this name has run
 */
export function hint(name: string): Hint {
  const where = "check.hint";
  checkName(where, name);
  const known = progress.get(name);
  if (known === undefined) {
    const names = [...progress.keys()];
    const help =
      names.length === 0
        ? "run the cell with check.score first"
        : `checks that have run: ${names.join(", ")}`;
    throw new RangeError(errorText(where, `no check "${name}" has run`, "", help));
  }
  const { hints, failures } = known;
  if (hints.length === 0) return new Hint(`${name} has no hints.`);
  if (failures === 0) return new Hint(`The hints for ${name} open when its check has failed once.`);
  if (known.shown >= hints.length) return new Hint(`That was the last hint for ${name}: ${hints.at(-1)}`);
  const text = hints[known.shown++]!;
  const left = hints.length - known.shown;
  return new Hint(`${text}${left === 0 ? "" : ` (${left} more)`}`);
}
