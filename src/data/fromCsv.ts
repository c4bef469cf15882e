import { checkOptions, errorText, rejectUnknownOptions, showValue } from "../errors.js";

/** A table of numbers with the names of its columns. */
export interface Table {
  /** Names of the columns, in order. Without a header line: "column1", "column2", … */
  readonly columns: readonly string[];
  /** One array a row, as long as `columns`. */
  readonly rows: readonly (readonly number[])[];
  /** The values of one column, by name. */
  column(name: string): number[];
  /** `{x, y}` with all columns but `target` as x: `[n, features]`, and `target` as y: `[n]`. */
  split(target: string): { x: number[][]; y: number[] };
}

/** Options of {@link fromCsv}. */
export interface FromCsvOptions {
  /** Character between fields; default ",". */
  readonly separator?: string;
  /** Whether the first line names the columns; default: yes when one of its fields is not a number. */
  readonly header?: boolean;
}

/** Cuts one line at the separator; quoted fields may hold separators, and `""` inside stands for one quote. */
function fieldsOf(line: string, separator: string): string[] {
  const fields: string[] = [];
  let field = "";
  let quoted = false;
  for (let i = 0; i < line.length; i++) {
    const character = line[i];
    if (quoted) {
      if (character !== '"') field += character;
      else if (line[i + 1] === '"') field += line[++i];
      else quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === separator) {
      fields.push(field.trim());
      field = "";
    } else field += character;
  }
  fields.push(field.trim());
  return fields;
}

const isNumber = (field: string): boolean => field !== "" && !Number.isNaN(Number(field));

/**
 * Reads a table of numbers from comma-separated text.
 *
 * Empty lines are skipped. Every other field must be a number: text columns are an error, since a model cannot
 * read them; encode them first ({@link oneHot}).
 *
 * @param text the file as a string; lines end in "\n" or "\r\n"
 * @returns columns and rows
 * @throws {RangeError} when there is no data, a line has another number of fields, or a field is not a number; the message
 *   names the line
 * @see RFC 4180 for quotes
 * @example
 * data.fromCsv("x,y\n1,2\n3,4").column("y") // [2, 4]
 */
export function fromCsv(text: string, options: FromCsvOptions = {}): Table {
  checkOptions("fromCsv", options);
  const { separator = ",", header, ...rest } = options;
  rejectUnknownOptions("fromCsv", rest, ["separator", "header"]);
  if (typeof text !== "string")
    throw new TypeError(errorText("fromCsv", `text must be a string, got ${showValue(text)}`));
  if (separator.length !== 1)
    throw new RangeError(`fromCsv: separator must be one character, got ${JSON.stringify(separator)}`);
  const lines = text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .map((line, index) => ({ line, number: index + 1 }))
    .filter(({ line }) => line.trim() !== "")
    .map(({ line, number }) => ({ fields: fieldsOf(line, separator), number }));
  const first = lines[0];
  if (first === undefined) throw new RangeError("fromCsv: text must hold at least one line, got none");
  const named = header ?? !first.fields.every(isNumber);
  const columns = named ? first.fields : first.fields.map((_, index) => `column${index + 1}`);
  const rows = lines.slice(named ? 1 : 0).map(({ fields, number }) => {
    if (fields.length !== columns.length)
      throw new RangeError(
        `fromCsv: line ${number} must have ${columns.length} fields as line ${first.number}, got ${fields.length}`,
      );
    return fields.map((field, index) => {
      if (!isNumber(field))
        throw new RangeError(
          `fromCsv: line ${number}, column ${JSON.stringify(columns[index])} must be a number, got ${JSON.stringify(field)}`,
        );
      return Number(field);
    });
  });
  if (rows.length === 0)
    throw new RangeError("fromCsv: text must hold at least one row of numbers, got a header only");
  return new NumberTable(columns, rows);
}

class NumberTable implements Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly number[])[];

  constructor(columns: readonly string[], rows: readonly (readonly number[])[]) {
    this.columns = columns;
    this.rows = rows;
  }

  #indexOf(name: string, caller: string): number {
    const index = this.columns.indexOf(name);
    if (index < 0)
      throw new RangeError(
        `${caller}: the column must be one of ${this.columns.map((column) => JSON.stringify(column)).join(", ")}, got ${JSON.stringify(name)}`,
      );
    return index;
  }

  column(name: string): number[] {
    const index = this.#indexOf(name, "column");
    return this.rows.map((row) => row[index]!);
  }

  split(target: string): { x: number[][]; y: number[] } {
    const index = this.#indexOf(target, "split");
    return {
      x: this.rows.map((row) => row.filter((_, column) => column !== index)),
      y: this.rows.map((row) => row[index]!),
    };
  }
}
