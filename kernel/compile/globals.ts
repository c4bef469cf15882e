// Names that a cell has without an import, as declarations for the compiler. run/globals.ts defines them.
// They are global and not part of the notebook's declarations, so a cell may declare any of them again.
import { WIDGET_TYPES } from "./widgetTypes.js";

const INTERACT = `
/**
 * What \`interact\` makes a control of: \`[min, max]\` or \`[min, max, step]\` a slider, another list a choice, \`true\` or \`false\` a box
 * to tick, a text a field, or a widget. Without a step, a slider between whole numbers goes in steps of 1; from 0 to 1 and
 * between other numbers in about a hundred steps.
 */
type InteractControl = boolean | string | readonly [min: number, max: number] | readonly [min: number, max: number, step: number] | readonly (string | number | boolean | ((...args: never) => unknown) | readonly [label: string, value: unknown])[] | (widgets.Widget & { readonly value: unknown });

/** The values that the function of \`interact\` gets, from the controls. */
type InteractValues<Controls> = {
  readonly [Name in keyof Controls]: Controls[Name] extends readonly [number, number] | readonly [number, number, number] ? number
    : Controls[Name] extends readonly (readonly [string, infer Value])[] ? Value
    : Controls[Name] extends readonly (infer Choice)[] ? Choice
    : Controls[Name] extends { readonly value: infer Value } ? Value
    : Controls[Name] extends boolean ? boolean
    : Controls[Name] extends string ? string : never;
};

interface InteractOptions<Values> {
  /** Values at the beginning. Default: the middle of a slider, the first choice. */
  readonly start?: { readonly [Name in keyof Values]?: Values[Name] };
  /** Draws all states at once, at most 24, so that a page without a kernel has the controls too. Default \`false\`. */
  readonly precompute?: boolean;
}

/**
 * Shows controls and, below them, what \`fn\` makes of their values: what it returns, shows and prints. It is called again
 * when a control changes.
 *
 * @example
 * interact({ learningRate: [0.01, 1, 0.01], optimizer: ["sgd", "adam"] }, ({ learningRate, optimizer }) =>
 *   \`\${optimizer} with \${learningRate}\`);
 */
declare function interact<const Controls extends Readonly<Record<string, InteractControl>>>(
  controls: Controls,
  fn: (values: InteractValues<Controls>) => unknown,
  options?: InteractOptions<InteractValues<Controls>>,
): { readonly displayId: string; readonly controls: { readonly [Name in keyof Controls]: widgets.Widget & { value: InteractValues<Controls>[Name] } } };
`;

export const GLOBALS: string = `
/** One value in several forms, by MIME type. Binary forms are base64 text. */
type MimeBundle = Record<string, unknown>;

interface DisplayOptions {
  /** Metadata by MIME type, for example \`{ "image/png": { width: 300 } }\`. */
  readonly metadata?: Record<string, unknown>;
  /** Name of this display; a later \`update\` with it changes the output in place. Default: a new one. */
  readonly displayId?: string;
}

/** An output that can be changed in place, also from later cells and timers. */
interface DisplayHandle {
  readonly displayId: string;
  /** Replaces what is shown. */
  update(value: unknown, options?: { readonly metadata?: Record<string, unknown> }): void;
}

/**
 * Shows a value below the cell at once: an SVG or HTML element, an image, a figure, or the text of anything else.
 *
 * @example
 * const progress = display("0 %");
 * progress.update("100 %");
 */
declare const display: {
  (value: unknown, options?: DisplayOptions): DisplayHandle;
  /** Shows HTML. */
  html(text: string, options?: DisplayOptions): DisplayHandle;
  /** Shows an SVG drawing. */
  svg(text: string, options?: DisplayOptions): DisplayHandle;
  /** Shows Markdown, formulas between dollar signs included. */
  markdown(text: string, options?: DisplayOptions): DisplayHandle;
  /** Shows a value whose forms you give yourself. */
  raw(bundle: MimeBundle, options?: DisplayOptions): DisplayHandle;
};

/** Removes the output of this cell: now, or with \`wait\` when the next output arrives. */
declare function clearOutput(wait?: boolean): void;

/** Asks the reader for a line of text and waits for it. */
declare function input(prompt?: string, options?: { readonly password?: boolean }): string;

/** A two-way link to the page. */
interface NotebookComm {
  readonly id: string;
  readonly target: string;
  send(data: Record<string, unknown>, options?: { metadata?: Record<string, unknown>; buffers?: readonly Uint8Array[] }): void;
  close(data?: Record<string, unknown>): void;
  onMessage?: (data: Record<string, unknown>, buffers: readonly Uint8Array[]) => void;
  onClose?: (data: Record<string, unknown>) => void;
}

/** What a notebook can do besides showing values. */
declare const notebook: {
  /** Shows help text in a pager. */
  page(text: string): void;
  /** Writes text into the next cell, or with \`replace\` into this one. */
  setNextInput(text: string, replace?: boolean): void;
  readonly comm: {
    /** Opens a link to the page. */
    open(target: string, data?: Record<string, unknown>, options?: { metadata?: Record<string, unknown>; buffers?: readonly Uint8Array[] }): NotebookComm;
    /** Calls \`handler\` when the page opens a link to \`target\`. */
    onOpen(target: string, handler: (comm: NotebookComm, data: Record<string, unknown>) => void): void;
  };
};

/** The value of the last cell that ended with an expression. */
declare const $_: any;
${INTERACT}${WIDGET_TYPES}`;
