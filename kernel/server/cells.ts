// Requests whose output may still come. A timer of a cell can print long after the cell ended, and its text belongs
// under that cell: so requests are remembered, the newest thousand of them.
import type { Request } from "./messenger.js";

/** One request that runs user code: a cell, or a comm message. */
export interface Cell {
  readonly id: number;
  readonly request: Request;
  /** Nothing of it is published. */
  readonly silent: boolean;
  readonly allowStdin: boolean;
  /** UTF-16 units of stream text that were published for it. */
  textUnits: number;
}

const remembered = 1000;

export class Cells {
  readonly #cells = new Map<number, Cell>();
  #lastId = 0;
  #last: Cell | null = null;

  add(request: Request, { silent, allowStdin }: { silent: boolean; allowStdin: boolean }): Cell {
    const cell: Cell = { id: ++this.#lastId, request, silent, allowStdin, textUnits: 0 };
    this.#cells.set(cell.id, cell);
    this.#last = cell;
    if (this.#cells.size > remembered) this.#cells.delete(this.#lastId - remembered);
    return cell;
  }

  /** The cell with this id; one that is forgotten or unknown is taken for the last. */
  of(id: number): Cell | null {
    return this.#cells.get(id) ?? this.#last;
  }

  /** The cell that runs, or ran last: output that nobody claims is its. */
  get last(): Cell | null {
    return this.#last;
  }
}
