// One `interact`: a function whose result is drawn anew, in its place, when a control changes.
import type { Capture, Captures } from "../display/capture.js";
import { isHandle } from "../display/display.js";
import { addFrame, type Composed, compose, type Piece } from "../display/pieces.js";
import { isInterruption } from "../run/errors.js";
import type { SendFrame } from "../run/frames.js";
import type { CellError, MimeBundle } from "../run/messages.js";

export interface InteractionInput {
  /** The function of the user, with the present values of the controls. */
  readonly call: () => unknown;
  readonly displayId: string;
  readonly send: SendFrame;
  readonly captures: Captures;
  readonly currentCell: () => number;
  readonly bundleOf: (value: unknown) => MimeBundle | Promise<MimeBundle>;
  readonly toCellError: (error: unknown) => CellError;
}

interface Call {
  readonly pieces: Piece[];
  readonly capture: Capture;
  /** The request it belongs to. */
  readonly cell: number;
  /** Its result is on the page: what is still printed is added there. */
  isShown: boolean;
}

export class Interaction {
  readonly #input: InteractionInput;
  #call: Call | undefined;
  /** What a redraw that has begun settles; undefined when none runs. */
  #running: Promise<void> | true | undefined;
  #again = false;

  constructor(input: InteractionInput) {
    this.#input = input;
  }

  /**
   * Calls the function once for a result.
   *
   * @throws what the function throws, after showing what it had printed
   */
  compute(call: () => unknown = this.#input.call): Composed | Promise<Composed> {
    const begun = this.#begin();
    const fail = (error: unknown): never => {
      if (begun.pieces.length > 0) this.#publish("display", begun.cell, compose(begun.pieces));
      throw error;
    };
    try {
      const done = this.#run(begun, call);
      if (done instanceof Promise) return done.then(() => compose(begun.pieces), fail);
    } catch (error) {
      return fail(error);
    }
    return compose(begun.pieces);
  }

  /** As `compute`, with an error as the result: a setting that does not fit says so in its place. */
  attempt(call: () => unknown): Composed | Promise<Composed> {
    const begun = this.#begin();
    const fail = (error: unknown): void => {
      if (isInterruption(error)) throw error; // the user wants no further state
      this.#fail(begun, error);
    };
    try {
      const done = this.#run(begun, call);
      if (done instanceof Promise) return done.catch(fail).then(() => compose(begun.pieces));
    } catch (error) {
      fail(error);
    }
    return compose(begun.pieces);
  }

  /** Puts a result on the page. */
  show(result: Composed): void {
    this.#put("display", result);
  }

  /** Puts another result in its place. */
  replace(result: Composed): void {
    this.#put("update", result);
  }

  /**
   * Calls the function again and replaces the result; an error is shown in place of it. While a call runs the next one
   * waits, and only one waits: it takes the values of its time.
   */
  redraw(): void | Promise<void> {
    if (this.#running !== undefined) {
      this.#again = true;
      return this.#running === true ? undefined : this.#running;
    }
    this.#running = true;
    const begun = this.#begin();
    const fail = (error: unknown): void => this.#fail(begun, error);
    try {
      const done = this.#run(begun, this.#input.call);
      if (done instanceof Promise) {
        this.#running = done.catch(fail).then(() => this.#finish(begun));
        return this.#running;
      }
    } catch (error) {
      fail(error);
    }
    return this.#finish(begun);
  }

  /**
   * Ends a call that runs, or `waits`: the error is shown and its result will not be.
   *
   * @returns whether there was one
   */
  interrupt(error: CellError, waits = false): boolean {
    if (this.#running === undefined && !waits) return false;
    const running = this.#running === undefined ? undefined : this.#call;
    running?.capture.end();
    const pieces: Piece[] = [...(running?.pieces ?? []), { kind: "error", error }];
    this.#publish("update", running?.cell ?? this.#input.currentCell(), compose(pieces));
    this.#call = undefined;
    this.#running = undefined;
    this.#again = false;
    return true;
  }

  #fail({ pieces }: Call, error: unknown): void {
    pieces.push({ kind: "error", error: this.#input.toCellError(error) });
  }

  #finish(begun: Call): void | Promise<void> {
    if (this.#call !== begun) return undefined; // interrupted
    this.replace(compose(begun.pieces));
    this.#running = undefined;
    if (!this.#again) return undefined;
    this.#again = false;
    return this.redraw();
  }

  #begin(): Call {
    this.#call?.capture.end();
    const cell = this.#input.currentCell();
    const pieces: Piece[] = [];
    const capture = this.#input.captures.start(cell, (frame) => {
      // a display of another cell is changed where it is
      if (!addFrame(pieces, frame)) this.#input.send({ ...frame, cell });
      else if (begun.isShown) this.#publish("update", cell, compose(pieces));
    });
    const begun: Call = { pieces, capture, cell, isShown: false };
    this.#call = begun;
    return begun;
  }

  #run({ pieces, capture }: Call, call: () => unknown): void | Promise<void> {
    const add = (value: unknown): void | Promise<void> => {
      if (value === undefined || isHandle(value)) return undefined;
      const bundle = this.#input.bundleOf(value);
      if (!(bundle instanceof Promise)) return void pieces.push({ kind: "bundle", bundle, metadata: {} });
      return bundle.then((ready) => void pieces.push({ kind: "bundle", bundle: ready, metadata: {} }));
    };
    return capture.run(() => {
      const returned = call();
      return returned instanceof Promise ? returned.then(add) : add(returned);
    });
  }

  #put(t: "display" | "update", result: Composed): void {
    this.#publish(t, this.#call?.cell ?? this.#input.currentCell(), result);
    if (this.#call !== undefined) this.#call.isShown = true;
  }

  #publish(t: "display" | "update", cell: number, { bundle, metadata }: Composed): void {
    const { send, displayId } = this.#input;
    send({ t, bundle, metadata, id: displayId, cell });
  }
}
