// zeromq.js refuses a send while another on the same socket is not finished: one queue a socket, each send awaited.

export type Frames = readonly (Uint8Array | string)[];

/** What a queue needs of a socket. */
export interface Sink {
  send(frames: (Uint8Array | string)[]): Promise<void>;
}

export class SendQueue {
  readonly #sink: Sink;
  readonly #onError: (error: Error) => void;
  #waiting: Frames[] = [];
  #sending: Promise<void> | null = null;

  /** @param onError told of a message that could not be sent; the queue goes on */
  constructor(sink: Sink, onError: (error: Error) => void) {
    this.#sink = sink;
    this.#onError = onError;
  }

  push(frames: Frames): void {
    this.#waiting.push(frames);
    this.#sending ??= this.#sendAll();
  }

  /** Resolves when everything pushed so far, and meanwhile, was handed to the socket. */
  async drained(): Promise<void> {
    while (this.#sending) await this.#sending;
  }

  async #sendAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      // taken as a batch: shifting one at a time is quadratic when a cell floods the queue
      const batch = this.#waiting;
      this.#waiting = [];
      for (const frames of batch) {
        try {
          await this.#sink.send([...frames]);
        } catch (error) {
          this.#onError(error as Error);
        }
      }
    }
    this.#sending = null;
  }
}
