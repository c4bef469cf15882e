// display() and clearOutput() of cells, and the seam through which a library shows progress without knowing the kernel.
import { randomUUID } from "node:crypto";
import type { SendFrame } from "../run/frames.js";
import type { MimeBundle } from "../run/messages.js";
import { standaloneSvg } from "./elements.js";
import { completeBundle, mimeBundle } from "./mimeBundle.js";

export interface DisplayOptions {
  readonly metadata?: Record<string, unknown>;
  readonly displayId?: string;
}

export interface DisplayHandle {
  readonly displayId: string;
  update(value: unknown, options?: Pick<DisplayOptions, "metadata">): void;
}

export interface Display {
  (value: unknown, options?: DisplayOptions): DisplayHandle;
  html(text: string, options?: DisplayOptions): DisplayHandle;
  svg(text: string, options?: DisplayOptions): DisplayHandle;
  markdown(text: string, options?: DisplayOptions): DisplayHandle;
  raw(bundle: MimeBundle, options?: DisplayOptions): DisplayHandle;
}

/** `globalThis[Symbol.for("Jupyter.output")]`: what a library finds while it runs in this kernel. */
export interface Output {
  display(bundle: MimeBundle, options?: { readonly displayId?: string }): void;
  update(displayId: string, bundle: MimeBundle): void;
  clear(options?: { readonly wait?: boolean }): void;
}

export interface Displays {
  readonly display: Display;
  readonly clearOutput: (wait?: boolean) => void;
  readonly output: Output;
  /** A value as a bundle; the result of a cell is shown by it. */
  bundleOf(value: unknown): MimeBundle | Promise<MimeBundle>;
  /** Settles when all displays whose bundle is a promise have been shown. */
  settled(): Promise<void>;
  /** Waits no longer for the displays that are under way: the next cell must not wait for those of an interrupted one. */
  abandon(): void;
}

export interface DisplaysInput {
  readonly send: SendFrame;
  readonly currentCell: () => number;
  /** Told of errors in display methods. */
  readonly report: (error: unknown) => void;
}

export function makeDisplays({ send, currentCell, report }: DisplaysInput): Displays {
  const pending = new Set<Promise<void>>();
  const bundleOf = (value: unknown): MimeBundle | Promise<MimeBundle> => mimeBundle(value, report);

  /** Sends now, or when an async bundle is there; the cell is the one that asked. */
  const whenReady = (bundle: MimeBundle | Promise<MimeBundle>, show: (bundle: MimeBundle) => void): void => {
    if (!(bundle instanceof Promise)) {
      show(bundle);
      return;
    }
    const shown = bundle.then(show, report).finally(() => pending.delete(shown));
    pending.add(shown);
  };

  const show = (bundle: MimeBundle | Promise<MimeBundle>, options: DisplayOptions = {}): DisplayHandle => {
    const { metadata = {}, displayId = randomUUID(), ...rest } = options;
    rejectUnknown("display", rest);
    const cell = currentCell();
    whenReady(bundle, (ready) => send({ t: "display", bundle: ready, metadata, id: displayId, cell }));
    return makeHandle(displayId, (next, changed = {}) => {
      const from = currentCell();
      whenReady(bundleOf(next), (ready) =>
        send({ t: "update", bundle: ready, metadata: changed.metadata ?? {}, id: displayId, cell: from }),
      );
    });
  };

  const display = Object.assign(
    (value: unknown, options?: DisplayOptions) => show(bundleOf(value), options),
    {
      html: (text: string, options?: DisplayOptions) =>
        show({ "text/html": textOf("display.html", text), "text/plain": "<html>" }, options),
      svg: (text: string, options?: DisplayOptions) =>
        show({ "image/svg+xml": standaloneSvg(textOf("display.svg", text)), "text/plain": "<svg>" }, options),
      markdown: (text: string, options?: DisplayOptions) =>
        show({ "text/markdown": textOf("display.markdown", text), "text/plain": text }, options),
      raw: (bundle: MimeBundle, options?: DisplayOptions) => {
        if (typeof bundle !== "object" || bundle === null) {
          throw new TypeError(
            `display.raw: a MIME bundle such as {"text/html": "…"} is needed, got ${String(bundle)}`,
          );
        }
        return show(
          completeBundle(bundle, () => `<${Object.keys(bundle).join(", ")}>`),
          options,
        );
      },
    },
  );

  const clearOutput = (wait = false): void => send({ t: "clear", wait: Boolean(wait), cell: currentCell() });

  return {
    display,
    clearOutput,
    bundleOf,
    output: {
      display: (bundle, { displayId } = {}) =>
        send({
          t: "display",
          bundle: completeBundle(bundle, () => ""),
          metadata: {},
          ...(displayId === undefined ? {} : { id: displayId }),
          cell: currentCell(),
        }),
      update: (displayId, bundle) =>
        send({
          t: "update",
          bundle: completeBundle(bundle, () => ""),
          metadata: {},
          id: displayId,
          cell: currentCell(),
        }),
      clear: ({ wait = false } = {}) => clearOutput(wait),
    },
    async settled() {
      while (pending.size > 0) await Promise.all(pending);
    },
    abandon: () => pending.clear(),
  };
}

/** A handle as the last expression of a cell shows nothing: its display is on the page already. */
export const HANDLE: unique symbol = Symbol("gradbook.displayHandle");

function makeHandle(displayId: string, update: DisplayHandle["update"]): DisplayHandle {
  return Object.defineProperty({ displayId, update }, HANDLE, { value: true }) as DisplayHandle;
}

export function isHandle(value: unknown): boolean {
  return typeof value === "object" && value !== null && HANDLE in value;
}

function textOf(name: string, text: unknown): string {
  if (typeof text !== "string") throw new TypeError(`${name}: the text must be a string, got ${typeof text}`);
  return text;
}

function rejectUnknown(name: string, rest: object): void {
  const [key] = Object.keys(rest);
  if (key === undefined) return;
  throw new TypeError(`${name}: unknown option "${key}"\n  help: the options are metadata and displayId`);
}
