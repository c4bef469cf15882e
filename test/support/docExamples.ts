// Examples in documentation, run as a reader would: every `@example` of src/ and every ```ts block of a Markdown file.
import util from "node:util";
import ts from "typescript";
import { textOf } from "./sourceFiles.js";

export interface Example {
  readonly file: string;
  readonly line: number;
  readonly code: string;
}

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split("\n").length;

/** The `@example` blocks of a TypeScript file: from the tag to the next tag or the end of the comment. */
export function examplesInSource(file: string): Example[] {
  const text = textOf(file);
  const found: Example[] = [];
  for (const comment of text.matchAll(/\/\*\*[\s\S]*?\*\//g)) {
    for (const block of comment[0].matchAll(/@example\b([\s\S]*?)(?=\n\s*\*\s*@\w|\*\/$)/g)) {
      const code = block[1]!
        .split("\n")
        .map((row) => row.replace(/^\s*\* ?/, ""))
        .filter((row) => !row.startsWith("```"))
        .join("\n")
        .trim();
      found.push({ file, line: lineAt(text, comment.index + block.index), code });
    }
  }
  return found;
}

/** The ```ts blocks of a Markdown file. */
export function examplesInMarkdown(file: string): Example[] {
  const text = textOf(file);
  return [...text.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map((block) => ({
    file,
    line: lineAt(text, block.index),
    code: block[1]!,
  }));
}

/** A statement and the value its trailing comment promises, if any. */
interface Step {
  readonly code: string;
  readonly expression?: string;
  readonly promised?: string;
}

function stepsOf(code: string): Step[] {
  const source = ts.createSourceFile("example.ts", code, ts.ScriptTarget.ES2022, true);
  return source.statements.flatMap((statement): Step[] => {
    if (ts.isImportDeclaration(statement)) return [];
    const text = statement.getText(source);
    const comments = ts.getTrailingCommentRanges(code, statement.end) ?? [];
    const comment = comments.map((range) => code.slice(range.pos + 2, range.end).trim())[0];
    if (comment === undefined) return [{ code: text }];
    if (ts.isExpressionStatement(statement))
      return [{ code: "", expression: statement.expression.getText(source), promised: comment }];
    const name = ts.isVariableStatement(statement) && statement.declarationList.declarations[0]!.name;
    if (name && ts.isIdentifier(name)) return [{ code: text, expression: name.text, promised: comment }];
    return [{ code: text }];
  });
}

/** Numbers with seven digits, which is what float32 holds: 0.6 and not 0.6000000238418579. */
function rounded(value: unknown): unknown {
  if (typeof value === "number") return Number(value.toPrecision(7));
  if (ArrayBuffer.isView(value) && !(value instanceof DataView))
    return rounded(Array.from(value as Float64Array));
  if (Array.isArray(value)) return value.map(rounded);
  const isPlain =
    typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
  return isPlain
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, rounded(item)]))
    : value;
}

/** One line, no colors; typed arrays as plain lists. */
const printed = (value: unknown): string => {
  const plain = rounded(value);
  return typeof plain === "string"
    ? plain
    : util.inspect(plain, { breakLength: Number.POSITIVE_INFINITY, depth: 6, maxArrayLength: 200 });
};
const squeezed = (text: string): string => text.replace(/\s+|["'`]/g, "");

/** "1 / 3 // 0.333…" and "// ≈ 0.3333" compare the digits that are written; a promise may be followed by ": remark" or ", remark". */
function keepsPromise(value: unknown, promised: string): boolean {
  const got = squeezed(printed(value));
  const wanted = squeezed(promised).replace(/-?\d+\.\d{7,}(e-?\d+)?/g, (number) =>
    String(Number(Number(number).toPrecision(7))),
  );
  if (got === wanted || wanted.startsWith(`${got}:`) || wanted.startsWith(`${got},`)) return true;
  const digits = /^≈?(-?\d+\.?\d*(?:e-?\d+)?)…?$/.exec(wanted);
  if (digits?.[1]?.includes(".") && typeof value === "number") {
    const decimals = /\.(\d*)/.exec(digits[1])?.[1]?.length ?? 0;
    const cut = wanted.endsWith("…") ? 1 : 0.51; // cut off, or rounded
    return Math.abs(value - Number(digits[1])) <= cut * 10 ** -decimals;
  }
  return false;
}

const AsyncFunction = (async () => {}).constructor as new (
  ...args: string[]
) => (...values: unknown[]) => Promise<void>;

/**
 * Runs an example with the public names in scope. Returns the promises that were compared.
 * @throws when the code throws or a value differs from its comment, naming file, line and both values
 */
export async function runExample(example: Example, names: Record<string, unknown>): Promise<number> {
  let compared = 0;
  const promise = (value: unknown, promised: string): void => {
    compared++;
    if (!keepsPromise(value, promised))
      throw new Error(
        `${example.file}:${example.line}: the comment says ${promised}, the value is ${printed(value)}`,
      );
  };
  const body = stepsOf(example.code)
    .map(({ code, expression, promised }) =>
      expression === undefined ? code : `${code}\n__promise(${expression}, ${JSON.stringify(promised)});`,
    )
    .join("\n");
  const script = ts.transpile(body, { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext });
  try {
    // A block, so that an example may declare a name that is also a public one.
    await new AsyncFunction(...Object.keys(names), "__promise", `{ ${script}\n}`)(
      ...Object.values(names),
      promise,
    );
  } catch (error) {
    if (error instanceof Error && error.message.startsWith(example.file)) throw error;
    throw new Error(`${example.file}:${example.line}: the example fails: ${String(error)}\n${example.code}`);
  }
  return compared;
}
