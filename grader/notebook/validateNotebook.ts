// Is a JSON value a notebook of format 4? The rules are those of Jupyter's JSON schema, checked by hand because a schema
// validator says "must match exactly one schema in oneOf" where a person needs "cell 3: source must be text".

import { isJsonMime, type Notebook } from "./notebook.js";
import { NotebookError } from "./notebookError.js";

type Fields = Record<string, unknown>;

/** Returns `value` typed, or throws a `NotebookError` that names the file, the cell and the field. */
export function validateNotebook(value: unknown, path: string): Notebook {
  const fail = (
    what: string,
    help = "open and save it with Jupyter or VS Code, or restore it from a copy",
  ): never => {
    throw new NotebookError(`${path}: not a valid notebook, ${what}`, help);
  };
  if (!isObject(value)) return fail(`expected a JSON object, got ${describe(value)}`);
  if (!("nbformat" in value)) return fail("the field nbformat is missing");
  if (value.nbformat !== 4)
    return fail(
      `nbformat must be 4, got ${JSON.stringify(value.nbformat)}`,
      `convert it: jupyter nbconvert --to notebook --nbformat 4 ${path}`,
    );
  const minor = value.nbformat_minor;
  if (typeof minor !== "number" || !Number.isInteger(minor) || minor < 0)
    return fail(`nbformat_minor must be a whole number, got ${describe(minor)}`);
  if (!isObject(value.metadata)) return fail(`metadata must be an object, got ${describe(value.metadata)}`);
  if (!Array.isArray(value.cells)) return fail(`cells must be a list, got ${describe(value.cells)}`);
  if (minor <= 5) checkKeys(value, ["nbformat", "nbformat_minor", "metadata", "cells"], "the notebook", fail);
  value.cells.forEach((cell: unknown, index) => {
    checkCell(cell, `cell ${index + 1}`, minor, fail);
  });
  return value as unknown as Notebook;
}

type Fail = (what: string) => never;

function checkCell(cell: unknown, where: string, minor: number, fail: Fail): void {
  if (!isObject(cell)) fail(`${where} must be an object, got ${describe(cell)}`);
  const type = cell.cell_type;
  if (type !== "code" && type !== "markdown" && type !== "raw")
    fail(`${where}: cell_type must be "code", "markdown" or "raw", got ${describe(type)}`);
  if (!isText(cell.source))
    fail(`${where}: source must be text or a list of lines, got ${describe(cell.source)}`);
  if (!isObject(cell.metadata)) fail(`${where}: metadata must be an object, got ${describe(cell.metadata)}`);
  if (cell.id !== undefined && !(typeof cell.id === "string" && /^[a-zA-Z0-9-_]{1,64}$/.test(cell.id)))
    fail(`${where}: id must be 1 to 64 letters, digits, "-" or "_", got ${describe(cell.id)}`);
  const keys = ["cell_type", "id", "metadata", "source"];
  if (type !== "code") {
    if (minor <= 5) checkKeys(cell, [...keys, "attachments"], where, fail);
    checkAttachments(cell.attachments, where, fail);
    return;
  }
  if (minor <= 5) checkKeys(cell, [...keys, "execution_count", "outputs"], where, fail);
  if (!isCount(cell.execution_count))
    fail(`${where}: execution_count must be a whole number or null, got ${describe(cell.execution_count)}`);
  if (!Array.isArray(cell.outputs)) fail(`${where}: outputs must be a list, got ${describe(cell.outputs)}`);
  cell.outputs.forEach((output: unknown, index) => {
    checkOutput(output, `${where}, output ${index + 1}`, fail);
  });
}

function checkAttachments(attachments: unknown, where: string, fail: Fail): void {
  if (attachments === undefined) return;
  if (!isObject(attachments) || !Object.values(attachments).every(isObject))
    fail(`${where}: attachments must map file names to MIME bundles`);
}

function checkOutput(output: unknown, where: string, fail: Fail): void {
  if (!isObject(output)) fail(`${where} must be an object, got ${describe(output)}`);
  switch (output.output_type) {
    case "stream":
      if (output.name !== "stdout" && output.name !== "stderr")
        fail(`${where}: name must be "stdout" or "stderr", got ${describe(output.name)}`);
      if (!isText(output.text)) fail(`${where}: text must be text or a list of lines`);
      return;
    case "error":
      if (typeof output.ename !== "string" || typeof output.evalue !== "string")
        fail(`${where}: an error needs ename and evalue`);
      if (!isText(output.traceback) || typeof output.traceback === "string")
        fail(`${where}: traceback must be a list of lines`);
      return;
    case "execute_result":
      if (!isCount(output.execution_count)) fail(`${where}: execution_count must be a whole number or null`);
      checkBundle(output, where, fail);
      return;
    case "display_data":
      checkBundle(output, where, fail);
      return;
    default:
      fail(
        `${where}: output_type must be "stream", "display_data", "execute_result" or "error", got ${describe(output.output_type)}`,
      );
  }
}

function checkBundle(output: Fields, where: string, fail: Fail): void {
  if (!isObject(output.metadata)) fail(`${where}: metadata must be an object`);
  if (!isObject(output.data)) fail(`${where}: data must be an object`);
  for (const [type, value] of Object.entries(output.data)) {
    if (!isJsonMime(type) && !isText(value))
      fail(`${where}: ${type} must be text or a list of lines, got ${describe(value)}`);
  }
}

function checkKeys(value: Fields, allowed: readonly string[], where: string, fail: Fail): void {
  const unknown = Object.keys(value).find((key) => !allowed.includes(key));
  if (unknown !== undefined) fail(`${where} has the unknown field ${JSON.stringify(unknown)}`);
}

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value: unknown): boolean {
  return (
    typeof value === "string" || (Array.isArray(value) && value.every((line) => typeof line === "string"))
  );
}

function isCount(value: unknown): boolean {
  return value === null || (typeof value === "number" && Number.isInteger(value) && value >= 0);
}

function describe(value: unknown): string {
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "an object";
  return JSON.stringify(value);
}
