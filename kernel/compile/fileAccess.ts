// The files a compilation may read. In a notebook that is everything the user can read; a grader gives the folders it allows.
import { posix } from "node:path";
import type * as TypeScript from "typescript";
import { ts } from "./injection.js";

export interface FileAccessOptions {
  /** Folder of the notebook, with forward slashes. */
  readonly cwd: string;
  /** Folders that may be read, besides the folders of the libraries; default: everything. */
  readonly roots?: readonly string[];
  /** Folders of the libraries a cell may import; used only together with `roots`. */
  readonly libraries?: readonly string[];
}

/** TypeScript's system, limited to the allowed folders. Files outside of them do not exist for the compiler. */
export function makeSystem({ cwd, roots, libraries = [] }: FileAccessOptions): TypeScript.System {
  const system = Object.create(ts.sys) as TypeScript.System;
  system.getCurrentDirectory = () => cwd;
  // The kernel compiles cells on request; nothing may keep the process alive or change between two requests.
  system.watchFile = () => ({ close() {} });
  system.watchDirectory = () => ({ close() {} });
  system.writeFile = () => {
    throw new Error("bug: the compiler writes a file");
  };
  if (roots === undefined) return system;

  const folders = [...roots, ...libraries].map((folder) => resolveLinks(folder));
  const inside = (path: string): boolean => {
    const real = resolveLinks(path);
    return folders.some((folder) => real === folder || real.startsWith(`${folder}/`));
  };
  // A parent of an allowed folder may be seen as a folder, or module resolution would not walk through it.
  const above = (path: string): boolean => folders.some((folder) => folder.startsWith(`${path}/`));
  system.readFile = (path, encoding) => (inside(path) ? ts.sys.readFile(path, encoding) : undefined);
  system.fileExists = (path) => inside(path) && ts.sys.fileExists(path);
  system.directoryExists = (path) => (inside(path) || above(path)) && ts.sys.directoryExists(path);
  system.getDirectories = (path) => (inside(path) ? ts.sys.getDirectories(path) : []);
  system.readDirectory = (path, ...rest) => (inside(path) ? ts.sys.readDirectory(path, ...rest) : []);
  return system;
}

/** The path without symbolic links and `..`; a file that does not exist is judged by its folder. */
function resolveLinks(path: string): string {
  const normal = posix.normalize(path.replace(/\\/g, "/"));
  if (ts.sys.fileExists(normal) || ts.sys.directoryExists(normal)) {
    return (ts.sys.realpath?.(normal) ?? normal).replace(/\/$/, "");
  }
  const parent = posix.dirname(normal);
  return parent === normal ? normal : posix.join(resolveLinks(parent), posix.basename(normal));
}
