// What a session says, published under the cell that said it.
import type { OutputFrame } from "../run/runner.js";
import type { Json } from "../wire/messages.js";
import type { Cell, Cells } from "./cells.js";
import type { Comms } from "./comms.js";
import type { Messenger, StreamName } from "./messenger.js";
import type { Stdin } from "./stdin.js";

export interface OutputOptions {
  readonly messenger: Messenger;
  readonly cells: Cells;
  readonly comms: Comms;
  readonly stdin: Stdin;
  /** Text of one cell beyond this is dropped and the user is told, in UTF-16 units. Default 256 M: a runaway loop, no result. */
  readonly textLimit?: number;
}

export class Output {
  readonly #messenger: Messenger;
  readonly #cells: Cells;
  readonly #comms: Comms;
  readonly #stdin: Stdin;
  readonly #textLimit: number;

  constructor({ messenger, cells, comms, stdin, textLimit = 256 * 2 ** 20 }: OutputOptions) {
    this.#messenger = messenger;
    this.#cells = cells;
    this.#comms = comms;
    this.#stdin = stdin;
    this.#textLimit = textLimit;
  }

  /** One frame of the session. */
  frame(frame: OutputFrame): void {
    const cell = this.#cells.of(frame.cell);
    if (frame.t === "input") {
      this.#stdin.ask(cell, frame.prompt, frame.password);
      return;
    }
    if (frame.t === "comm") {
      this.#comms.fromSession(frame, cell?.request.headerBytes);
      return;
    }
    if (cell?.silent) return;
    const parent = cell?.request.headerBytes;
    switch (frame.t) {
      case "stream":
        this.#text(frame.name, frame.text, cell);
        break;
      case "display": {
        const { bundle: data, metadata, id } = frame;
        const transient = id === undefined ? {} : { display_id: id };
        this.#messenger.publish("display_data", parent, { data, metadata, transient });
        break;
      }
      case "update": {
        const { bundle: data, metadata, id } = frame;
        this.#messenger.publish("update_display_data", parent, {
          data,
          metadata,
          transient: { display_id: id },
        });
        break;
      }
      case "clear":
        this.#messenger.publish("clear_output", parent, { wait: frame.wait });
        break;
    }
  }

  /** Text that came by file descriptor 1 or 2: no cell has signed it, so it is the last one's. */
  native(name: StreamName, text: string): void {
    const cell = this.#cells.last;
    if (!cell?.silent) this.#text(name, text, cell);
  }

  /** The value of the last expression. */
  result(cell: Cell, executionCount: number, data: Json): void {
    if (cell.silent) return;
    this.#messenger.publish("execute_result", cell.request.headerBytes, {
      execution_count: executionCount,
      data,
      metadata: {},
    });
  }

  #text(name: StreamName, text: string, cell: Cell | null): void {
    const parent = cell?.request.headerBytes;
    if (!cell) {
      this.#messenger.stream(name, text, parent);
      return;
    }
    const before = cell.textUnits;
    cell.textUnits += text.length;
    if (cell.textUnits <= this.#textLimit) this.#messenger.stream(name, text, parent);
    else if (before <= this.#textLimit) {
      this.#messenger.stream(name, text.slice(0, this.#textLimit - before), parent);
      this.#messenger.stream(
        "stderr",
        `\ngradbook: this cell has printed ${this.#textLimit} characters; the rest of its text is dropped. ` +
          "Pictures, results and errors are still shown.\n",
        parent,
      );
    }
  }
}
