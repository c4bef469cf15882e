// input(): the session blocks in a read while the question goes to the client whose cell asked it, and to no other.
// An answer counts only while a question waits: a late answer to an interrupted question must not answer the next one.
import type { InputAnswer } from "../run/messages.js";
import type { IncomingMessage } from "../wire/frames.js";
import type { Cell } from "./cells.js";
import type { Messenger } from "./messenger.js";

export interface StdinOptions {
  readonly messenger: Messenger;
  readonly answer: (answer: InputAnswer) => void;
}

export class Stdin {
  readonly #messenger: Messenger;
  readonly #answer: (answer: InputAnswer) => void;
  /** Id of the question that waits. */
  #question: string | null = null;

  constructor({ messenger, answer }: StdinOptions) {
    this.#messenger = messenger;
    this.#answer = answer;
  }

  ask(cell: Cell | null, prompt: string, password: boolean): void {
    if (!cell?.allowStdin) {
      this.#answer({ error: "input() is not supported by this front end" });
      return;
    }
    this.#question = this.#messenger.ask(cell.request, { prompt, password });
  }

  /** A message from the stdin channel. */
  receive(message: IncomingMessage): void {
    if (message.header.msg_type !== "input_reply" || this.#question === null) return;
    // jupyter_client sends no parent; where there is one it must be the question that waits
    const parent = message.parentHeader.msg_id;
    if (parent !== undefined && parent !== this.#question) return;
    this.#question = null;
    this.#answer({ value: String(message.content.value ?? "") });
  }

  /** Ends the read of a waiting question. A signal instead would race with the end of the read. Returns false when none waits. */
  interrupt(): boolean {
    if (this.#question === null) return false;
    this.#question = null;
    this.#answer({ interrupt: true });
    return true;
  }

  /** The session that asked is gone, or its cell has ended. */
  forget(): void {
    this.#question = null;
  }
}
