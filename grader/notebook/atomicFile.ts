// Files that are either the old one or the whole new one: written beside their place under a temporary name, then renamed.

import {
  accessSync,
  closeSync,
  constants,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { NotebookError } from "./notebookError.js";

/**
 * Writes `content` to `path` through a temporary file in the same folder. When the disk is full or the folder is read-only,
 * throws a `NotebookError` that names the file, and leaves neither a part of it nor the temporary file behind.
 */
export function writeFileAtomically(
  path: string,
  content: string,
  write: (file: number, content: string) => void = writeFileSync,
): void {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  try {
    const file = openSync(temporary, "w");
    try {
      write(file, content);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw unwritable(path, error as NodeJS.ErrnoException);
  }
}

/** Creates `folder` if needed and checks that files can be created in it, before minutes of work are spent. */
export function prepareFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    if (!statSync(folder).isDirectory()) throw Object.assign(new Error(), { code: "ENOTDIR" });
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw unwritable(folder, error as NodeJS.ErrnoException);
  }
}

const reasons: Record<string, readonly [reason: string, help: string]> = {
  ENOSPC: ["the disk is full", "free some space or choose another folder"],
  EDQUOT: ["your disk quota is used up", "free some space or choose another folder"],
  EROFS: ["the file system is read-only", "choose another folder"],
  EACCES: ["no permission", "choose another folder or change its permissions"],
  EPERM: ["no permission", "choose another folder or change its permissions"],
  EEXIST: ["a file is in the way", "choose another folder or move that file"],
  ENOTDIR: ["a part of the path is not a folder", "choose another folder"],
  EISDIR: ["a folder of that name is in the way", "choose another folder or move it"],
  ENOENT: ["the folder does not exist", "create it first"],
};

function unwritable(path: string, error: NodeJS.ErrnoException): NotebookError {
  const [reason, help] = reasons[error.code ?? ""] ?? [error.message, "choose another folder"];
  return new NotebookError(`${path}: cannot be written, ${reason}`, help);
}
