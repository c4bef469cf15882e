// Errors of cells as front ends show them: positions in the cell instead of in the compiled code, the place underlined, and no
// frames of the kernel or of Node.
import { inspect } from "node:util";
import { codeFrame } from "../text/codeFrame.js";
import type { CellError, Mapping } from "./messages.js";

/** Stops a cell. The kernel makes it; a cell may catch it like any other error. */
export class Interrupted extends Error {
  override readonly name: string = "KeyboardInterrupt";
  constructor() {
    super("Interrupted");
  }
}

/** Compiled code whose positions can be translated. */
export interface CompiledText {
  /** Shown in positions: `In[3]` or the path of a local file. */
  readonly label: string;
  readonly map: readonly Mapping[];
  /** The text of a cell, for code frames. */
  readonly source?: string;
}

/**
 * A function of any earlier cell may throw, so a session keeps the text of every cell it ran. As JSON a map takes some 0.2 KB,
 * as arrays 1.5 KB, and is read only when an error is shown.
 */
interface KeptText {
  readonly label: string;
  readonly source: string | undefined;
  readonly map: string;
}

const MAX_FRAMES = 20;
const MAX_CAUSES = 4;

export interface ErrorFormatter {
  /** Makes the positions of a compiled text known; `fileName` is the name given to the virtual machine. */
  register(fileName: string, text: CompiledText): void;
  toCellError(error: unknown): CellError;
}

/** @param ownFolder folder of this package: frames in its kernel are dropped, other paths in it are shortened */
export function makeErrorFormatter(ownFolder: string, cwd: string): ErrorFormatter {
  const texts = new Map<string, KeptText>();

  interface Frame {
    readonly text: string;
    /** In a cell: its text and the 0-based place. */
    readonly place?: {
      readonly source: string;
      readonly label: string;
      readonly line: number;
      readonly column: number;
    };
  }

  function translate(line: string): Frame | undefined {
    if (/\bnode:|sigintHandlersWrap/.test(line)) return undefined;
    const match = /^(\s*at (?:async )?(?:.* \()?)(?:file:\/\/)?(.*?):(\d+):(\d+)(\)?)$/.exec(line);
    if (match === null) return /\(?<anonymous>\)?$/.test(line) ? { text: line } : undefined;
    const [, start = "", path = "", lineText, columnText, end = ""] = match;
    const text = texts.get(path);
    if (text === undefined) {
      if (path.startsWith(`${ownFolder}/dist/kernel/`) || path.startsWith(`${ownFolder}/kernel/`))
        return undefined;
      return { text: `${start}${shorten(path, ownFolder, cwd)}:${lineText}:${columnText}${end}` };
    }
    const entry = findEntry(JSON.parse(text.map), Number(lineText) - 1, Number(columnText) - 1);
    if (entry === undefined) return undefined; // the function around the cell
    const [, , row, column] = entry;
    const label = `${text.label}:${row + 1}:${column + 1}`;
    return {
      text: `${cleanName(start)}${label}${end}`,
      ...(text.source === undefined ? {} : { place: { source: text.source, label, line: row, column } }),
    };
  }

  function describe(error: unknown, depth: number): string[] {
    if (!isErrorLike(error)) return [`Thrown: ${inspectSafely(error)}`];
    const name = nameOf(error);
    const message = messageOf(error);
    const frames = stackLines(error).flatMap((line) => translate(line) ?? []);
    const place = frames.find((frame) => frame.place !== undefined)?.place;
    const lines = [message === "" ? name : `${name}: ${message}`];
    if (place !== undefined) {
      lines.push(
        `  ${place.label}`,
        ...codeFrame(place.source, { line: place.line, column: place.column, length: 1 }),
      );
    }
    const shown = frames.slice(0, MAX_FRAMES).map((frame) => frame.text);
    // One frame that says what the code frame says is no news.
    if (frames.length > 1 || place === undefined) lines.push(...shown);
    if (frames.length > MAX_FRAMES) lines.push(`    … and ${frames.length - MAX_FRAMES} more`);
    if (depth >= MAX_CAUSES) return lines;
    if (error.cause !== undefined) lines.push(...labelled("[cause]", describe(error.cause, depth + 1)));
    if (Array.isArray(error.errors)) {
      error.errors.slice(0, MAX_CAUSES).forEach((inner, i) => {
        lines.push(...labelled(`[errors ${i}]`, describe(inner, depth + 1)));
      });
    }
    return lines;
  }

  return {
    register: (fileName, { label, source, map }) =>
      texts.set(fileName, { label, source, map: JSON.stringify(map) }),
    toCellError(error) {
      if (isInterruption(error)) {
        return {
          ename: "KeyboardInterrupt",
          evalue: "Interrupted",
          traceback: ["KeyboardInterrupt: Interrupted"],
        };
      }
      const traceback = describe(error, 0);
      if (!isErrorLike(error)) return { ename: "Thrown", evalue: inspectSafely(error), traceback };
      return { ename: nameOf(error), evalue: messageOf(error), traceback };
    },
  };
}

interface ErrorLike {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly stack?: unknown;
  readonly cause?: unknown;
  readonly errors?: unknown;
}

function isErrorLike(value: unknown): value is ErrorLike {
  return (
    value instanceof Error ||
    (typeof value === "object" && value !== null && typeof (value as ErrorLike).stack === "string")
  );
}

/** The kernel's own interruption, Node's for synchronous code, or a read that a signal ended. */
export function isInterruption(error: unknown): boolean {
  if (error instanceof Interrupted) return true;
  const code = typeof error === "object" && error !== null ? (error as { code?: unknown }).code : undefined;
  return code === "ERR_SCRIPT_EXECUTION_INTERRUPTED" || code === "EINTR";
}

function nameOf({ name }: ErrorLike): string {
  return typeof name === "string" && name !== "" ? name : "Error";
}

function messageOf({ message }: ErrorLike): string {
  return typeof message === "string" ? message : message === undefined ? "" : inspectSafely(message);
}

/** The frames of a stack: what follows the name and the message, which may have lines that look like frames. */
function stackLines(error: ErrorLike): string[] {
  if (typeof error.stack !== "string") return [];
  const message = messageOf(error);
  const start = message === "" ? -1 : error.stack.indexOf(message);
  const rest = start < 0 ? error.stack : error.stack.slice(start + message.length);
  return rest.split("\n").filter((line) => /^\s+at /.test(line));
}

function inspectSafely(value: unknown): string {
  try {
    return inspect(value, { colors: false, depth: 2, maxArrayLength: 20, maxStringLength: 1000 });
  } catch {
    return "a value that cannot be shown";
  }
}

/** `exports.f` and `Object.f` are how compiled code calls `f`. */
function cleanName(start: string): string {
  return start.replace(/\b(?:Object|exports)\.(?=[\w$]+ \()/, "").replace(/\b(?:async )?<anonymous> \($/, "");
}

function shorten(path: string, ownFolder: string, cwd: string): string {
  const inPackage = path.lastIndexOf("/node_modules/");
  if (inPackage >= 0) return path.slice(inPackage + "/node_modules/".length);
  if (path.startsWith(`${ownFolder}/dist/`))
    return `gradbook/${path.slice(ownFolder.length + "/dist/".length)}`;
  return path.startsWith(`${cwd}/`) ? path.slice(cwd.length + 1) : path;
}

function labelled(label: string, lines: readonly string[]): string[] {
  return lines.map((line, i) => (i === 0 ? `${label} ${line}` : `  ${line}`));
}

/** The last mapping at or before a position on its line; the first of the line when all are after it. */
function findEntry(map: readonly Mapping[], line: number, column: number): Mapping | undefined {
  let best: Mapping | undefined;
  for (const entry of map) {
    if (entry[0] > line) break;
    if (entry[0] === line && (entry[1] <= column || best === undefined)) best = entry;
  }
  return best;
}
