// Supervisor <-> compile process, over Node's IPC channel. Parent side: compile/compileService.ts; child side: compile/compilerMain.ts.
// Compiling is a pure function of (declarations, source): the supervisor holds the declaration text, so the process can be
// killed and restarted at any time and the request sent again. All positions are UTF-16 offsets.
import type { CellError, LocalFile, Mapping, ModuleImport } from "../run/messages.js";

/** A cell that compiled. `declarations` replaces the declaration text once the cell has run. */
export interface Compiled {
  readonly ok: true;
  /** CommonJS JavaScript; empty when the cell only declares types. */
  readonly code: string;
  readonly declarations: string;
  readonly map: readonly Mapping[];
  readonly async: boolean;
  readonly last?: string;
  /** Static imports of the code, to be loaded before it runs. */
  readonly imports: readonly ModuleImport[];
  /** All local files that this cell imports, directly or not, whether or not they changed: the compiler remembers nothing. */
  readonly files: readonly LocalFile[];
}

/** A cell that did not compile: type errors, syntax errors, or an unfilled blank (`ename: "NotFilledIn"`). */
export interface NotCompiled {
  readonly ok: false;
  readonly error: CellError;
}

export interface Completions {
  readonly start: number;
  readonly end: number;
  readonly matches: readonly { text: string; kind: string }[];
}

export interface Inspection {
  /** Signature and documentation. */
  readonly plain: string;
  readonly markdown: string;
}

export type Completeness =
  | { status: "complete" | "invalid" | "unknown" }
  | { status: "incomplete"; indent: string };

/** What can be asked of the compile process; `declarations` is the text of all earlier cells. */
export interface CompileOperations {
  convert(declarations: string, source: string, cellName: string): Compiled | NotCompiled;
  complete(declarations: string, source: string, position: number): Completions;
  inspect(declarations: string, source: string, position: number, detail: 0 | 1): Inspection | null;
  isComplete(source: string): Completeness;
  /** Version of TypeScript. */
  version(): string;
}

export type CompileOperation = keyof CompileOperations;

export type ToCompiler = {
  [K in CompileOperation]: { id: number; op: K; args: Parameters<CompileOperations[K]> };
}[CompileOperation];

export type FromCompiler =
  | { ready: true }
  | { id: number; ok: true; value: unknown }
  | { id: number; ok: false; message: string };
