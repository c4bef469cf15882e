// What was executed: [session, line, input, output]. This session is in memory; earlier ones come from the store, which
// is read when somebody asks for them.
import type { HistoryEntry, HistoryRequest } from "../wire/messages.js";

export interface StoredCell {
  readonly session: number;
  readonly line: number;
  readonly input: string;
  output: string | null;
}

/** Keeps sessions over restarts. */
export interface HistoryStore {
  /** The number of a new session, one higher than any before. */
  begin(): number;
  append(cell: StoredCell): void;
  /** Earlier sessions, oldest first. */
  read(): StoredCell[];
}

/** History that ends with the process. */
export const inMemory: HistoryStore = { begin: () => 1, append: () => {}, read: () => [] };

export class History {
  readonly #store: HistoryStore;
  readonly #cells: StoredCell[] = [];
  /** Chosen with the first cell: a kernel that ran nothing leaves nothing behind. */
  #session: number | null = null;
  #earlier: StoredCell[] | null = null;

  constructor(store: HistoryStore = inMemory) {
    this.#store = store;
  }

  add(line: number, input: string): StoredCell {
    this.#session ??= this.#store.begin();
    const cell: StoredCell = { session: this.#session, line, input, output: null };
    this.#cells.push(cell);
    this.#store.append(cell);
    return cell;
  }

  /** The text of the result of a cell. It comes after the cell was stored, so the store gets the cell again. */
  setOutput(cell: StoredCell, output: string): void {
    cell.output = output;
    this.#store.append(cell);
  }

  query(request: HistoryRequest): HistoryEntry[] {
    const found = this.#select(request);
    return found.map(({ session, line, input, output }) => [
      session,
      line,
      request.output ? [input, output] : input,
    ]);
  }

  #select({ hist_access_type, session, start, stop, n, pattern, unique }: HistoryRequest): StoredCell[] {
    if (hist_access_type === "range") {
      const current = this.#session ?? this.#lastEarlier() + 1;
      const wanted = session > 0 ? session : current + session;
      const cells = wanted === current ? this.#cells : this.#readEarlier();
      return cells.filter(
        (cell) => cell.session === wanted && cell.line >= start && (stop === null || cell.line < stop),
      );
    }
    let cells = [...this.#readEarlier(), ...this.#cells];
    if (hist_access_type === "search") {
      const matches = globPattern(pattern);
      cells = cells.filter(({ input }) => matches.test(input));
      if (unique) cells = latestOfEach(cells);
    }
    return n === null ? cells : n > 0 ? cells.slice(-n) : [];
  }

  #readEarlier(): StoredCell[] {
    // sessions that other kernels begin later have higher numbers and are not earlier
    this.#earlier ??= this.#store
      .read()
      .filter(({ session }) => this.#session === null || session < this.#session);
    return this.#earlier;
  }

  #lastEarlier(): number {
    return this.#readEarlier().at(-1)?.session ?? 0;
  }
}

/** `*` is any text and `?` any character; the pattern covers the whole input. */
function globPattern(pattern: string): RegExp {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", "[^]*").replaceAll("?", "[^]")}$`, "u");
}

function latestOfEach(cells: readonly StoredCell[]): StoredCell[] {
  const latest = new Map<string, StoredCell>();
  for (const cell of cells) {
    // deleted first, so that the later one also takes the later place
    latest.delete(cell.input);
    latest.set(cell.input, cell);
  }
  return [...latest.values()];
}
