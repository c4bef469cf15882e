// One cell from source to reply: compile, run, keep its declarations. Also what a cell leaves behind for the next one:
// the counter and the declaration text, which the compile process is given anew each time.
import type { CompileService } from "../compile/compileService.js";
import type { Compiled } from "../compile/messages.js";
import type { CellError, MimeBundle, Payload } from "../run/messages.js";
import { interrupted, type Outcome, type Runner } from "../run/runner.js";
import type { ExecuteReply, ExecuteRequest, UserExpression } from "../wire/messages.js";
import type { Cell } from "./cells.js";
import type { History } from "./history.js";
import type { Messenger } from "./messenger.js";
import type { Output } from "./output.js";

export interface ExecutorOptions {
  readonly compile: CompileService;
  readonly runner: Runner;
  readonly messenger: Messenger;
  readonly output: Output;
  readonly history: History;
  /** A compilation that is interrupted gets this long to end by itself. Default 2000. */
  readonly compileGraceMs?: number;
}

type Result =
  | { readonly ok: true; readonly data?: MimeBundle; readonly payload: readonly Payload[] }
  | { readonly ok: false; readonly error: CellError };

export class CellExecutor {
  readonly #options: ExecutorOptions;
  /** Declarations of all cells that ran; "" in a new session. */
  #declarations = "";
  #count = 0;
  #isCompiling = false;
  #isInterrupted = false;

  constructor(options: ExecutorOptions) {
    this.#options = options;
  }

  get declarations(): string {
    return this.#declarations;
  }

  get executionCount(): number {
    return this.#count;
  }

  /** The session ended, and with it every variable. */
  forget(): void {
    this.#declarations = "";
  }

  /** Publishes what the cell shows and returns the reply, which the caller sends. */
  async execute(cell: Cell, request: ExecuteRequest): Promise<ExecuteReply> {
    const { messenger, history } = this.#options;
    const { code, silent } = request;
    const isBlank = code.trim() === "";
    const isStored = request.store_history && !isBlank;
    this.#isInterrupted = false;
    if (isStored) this.#count++;
    const execution_count = this.#count;
    const parent = cell.request.headerBytes;
    if (!silent) messenger.publish("execute_input", parent, { code, execution_count });
    const stored = isStored ? history.add(execution_count, code) : null;
    const result = await this.#compileAndRun(cell, code);
    if (!result.ok) {
      if (!silent) messenger.publish("error", parent, result.error);
      messenger.flush();
      return { status: "error", execution_count, ...result.error };
    }
    if (result.data) {
      this.#options.output.result(cell, execution_count, result.data);
      if (stored) history.setOutput(stored, String(result.data["text/plain"]));
    }
    const user_expressions = await this.#userExpressions(cell, request.user_expressions);
    messenger.flush();
    return { status: "ok", execution_count, payload: result.payload, user_expressions };
  }

  /** Stops what the running cell does now. */
  interrupt(): void {
    this.#isInterrupted = true;
    const { compile, runner, compileGraceMs = 2000 } = this.#options;
    if (!this.#isCompiling) runner.interrupt();
    else {
      setTimeout(() => {
        if (this.#isCompiling && this.#isInterrupted) compile.interrupt();
      }, compileGraceMs);
    }
  }

  async #compileAndRun(cell: Cell, code: string): Promise<Result> {
    if (code.trim() === "") return { ok: true, payload: [] };
    const compiled = await this.#convert(code);
    if (!compiled.ok) return compiled;
    if (compiled.code === "") {
      this.#declarations = compiled.declarations;
      return { ok: true, payload: [] };
    }
    const outcome = await this.#run(cell, code, compiled, true);
    // a cell that threw keeps what it declared: what ran stays usable
    if (outcome.ok || !outcome.sessionEnded) this.#declarations = compiled.declarations;
    if (!outcome.ok) return outcome;
    return { ok: true, payload: outcome.payload, ...(outcome.result && { data: outcome.result }) };
  }

  async #convert(code: string): Promise<Compiled | { ok: false; error: CellError }> {
    this.#isCompiling = true;
    try {
      const cellName = `In[${this.#count}]`;
      const converted = await this.#options.compile.convert(this.#declarations, code, cellName);
      return this.#isInterrupted ? { ok: false, error: interrupted } : converted;
    } catch (error) {
      return { ok: false, error: this.#isInterrupted ? interrupted : asCellError(error as Error) };
    } finally {
      this.#isCompiling = false;
    }
  }

  #run(cell: Cell, source: string, compiled: Compiled, keepsLast: boolean): Promise<Outcome> {
    return this.#options.runner.run({
      cell: cell.id,
      count: this.#count,
      code: compiled.code,
      source,
      map: compiled.map,
      async: compiled.async,
      ...(compiled.last !== undefined && { last: compiled.last }),
      imports: compiled.imports,
      files: compiled.files,
      silent: cell.silent,
      keepsLast,
    });
  }

  async #userExpressions(
    cell: Cell,
    expressions: Readonly<Record<string, string>>,
  ): Promise<Record<string, UserExpression>> {
    const values: Record<string, UserExpression> = {};
    for (const [name, expression] of Object.entries(expressions))
      values[name] = await this.#userExpression(cell, `(${expression}\n)`);
    return values;
  }

  async #userExpression(cell: Cell, source: string): Promise<UserExpression> {
    const compiled = await this.#convert(source);
    if (!compiled.ok) return { status: "error", ...compiled.error };
    const outcome = await this.#run(cell, source, compiled, false);
    if (!outcome.ok) return { status: "error", ...outcome.error };
    return { status: "ok", data: outcome.result ?? { "text/plain": "undefined" }, metadata: {} };
  }
}

const asCellError = ({ name, message }: Error): CellError => ({
  ename: name,
  evalue: message,
  traceback: [`${name}: ${message}`],
});
