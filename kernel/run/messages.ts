// Supervisor <-> session: the only file both sides import. Parent side: run/runner.ts; child side: run/sessionMain.ts.
//
// To the session: Node's IPC channel (requests) and three pipes.
//   fd 1, 2  native output (pipes; text written by child processes and native code)
//   fd 3     frames out: one JSON object a line, written with blocking writes so that order is kept and a full pipe stops the cell
//   fd 4     answers to input(): one JSON object a line, read with blocking reads
//   fd 5     interrupt commands: one byte each, read by a thread ("s" stops the cell's synchronous code or its pending await,
//            "i" raises the loop flag, "t" terminates execution).
//            Its end means that the supervisor is gone: the thread kills the process, which may be in a loop.

/** A value in several forms, keyed by MIME type; binary forms are base64, JSON forms are objects. */
export type MimeBundle = Record<string, unknown>;

/** One line of a composed source map: generated line and column -> line and column of the cell, all 0-based. */
export type Mapping = readonly [
  generatedLine: number,
  generatedColumn: number,
  cellLine: number,
  cellColumn: number,
];

/** A static import that is left in compiled code: loaded, and its names compared, before the cell runs. */
export interface ModuleImport {
  readonly specifier: string;
  /** Names taken from the module, "default" included; empty for `import * as x` and `import "x"`. */
  readonly names: readonly string[];
}

/** A local `.ts` or `.js` file that a cell imports, compiled to CommonJS. The session keeps its module while `code` is the same. */
export interface LocalFile {
  readonly path: string;
  readonly code: string;
  readonly map: readonly Mapping[];
  readonly imports: readonly ModuleImport[];
}

/** An error as the front end shows it; `traceback` is never empty. */
export interface CellError {
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

/** Deprecated by Jupyter but in use: `page` shows help in a pager, `set_next_input` fills the next cell. */
export type Payload =
  | { source: "page"; data: MimeBundle; start: number }
  | { source: "set_next_input"; text: string; replace: boolean };

export type CommKind = "comm_open" | "comm_msg" | "comm_close";

/** `cell` identifies one request for ever; `count` is the number in `In[n]`. */
export type ToSession =
  | {
      op: "run";
      cell: number;
      count: number;
      /** CommonJS JavaScript. */
      code: string;
      /** The cell's own text, for code frames in tracebacks. */
      source: string;
      map: readonly Mapping[];
      /** Has top-level await: run inside an async function. */
      async: boolean;
      /** The export that holds the last expression. */
      last?: string;
      imports: readonly ModuleImport[];
      files: readonly LocalFile[];
      silent: boolean;
      /** false while a user expression is evaluated: the value is returned, `$_` is not set. */
      keepsLast: boolean;
    }
  | {
      op: "comm";
      cell: number;
      kind: CommKind;
      content: Record<string, unknown>;
      buffers: readonly string[];
      /** Another comm message is waiting: what takes long may be left to it. */
      more: boolean;
    };

/** Written to fd 4. */
export type InputAnswer = { value: string } | { error: string } | { interrupt: true };

/** Written to fd 3. */
export type FromSession =
  | { t: "ready" }
  | { t: "stream"; name: "stdout" | "stderr"; text: string; cell: number }
  | { t: "display"; bundle: MimeBundle; metadata: Record<string, unknown>; id?: string; cell: number }
  | { t: "update"; bundle: MimeBundle; metadata: Record<string, unknown>; id: string; cell: number }
  | { t: "clear"; wait: boolean; cell: number }
  | {
      t: "comm";
      kind: CommKind;
      content: Record<string, unknown>;
      metadata: Record<string, unknown>;
      buffers: readonly string[];
      cell: number;
    }
  | { t: "input"; prompt: string; password: boolean; cell: number }
  | { t: "done"; cell: number; result?: MimeBundle; payload: readonly Payload[] }
  | { t: "failed"; cell: number; error: CellError };
