// Adds and removes the kernelspec, without Python.
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { packageRoot } from "../text/packageRoot.js";
import { type Machine, prefixKernels, systemKernels, userKernels } from "./directories.js";
import { checkKernelName, makeKernelspec } from "./kernelspec.js";

/** At most one place; default the user's own. */
export interface KernelPlace {
  /** For this user. */
  readonly user?: boolean;
  /** For the environment in this folder, for example a Python virtual environment. */
  readonly prefix?: string;
  /** For every user of the machine. */
  readonly system?: boolean;
  /** Folder name of the kernelspec; default "gradbook". */
  readonly name?: string;
}

export interface InstallOptions extends KernelPlace {
  /** What the front end's menu shows; default "TypeScript (gradbook)". */
  readonly displayName?: string;
}

export interface Installed {
  /** The kernelspec's folder. */
  readonly folder: string;
  /** The two programs it starts. */
  readonly node: string;
  readonly main: string;
}

/** The kernelspec could not be written or removed. The message says why and what to do. */
export class InstallError extends Error {
  override readonly name: string = "InstallError";
}

/**
 * Writes the kernelspec. An older one of this package is replaced; another program's is not.
 *
 * @throws {RangeError} when more than one place is given or the name cannot be a folder
 * @throws {InstallError} when the folder cannot be written or belongs to another kernel
 */
export function installKernel(options: InstallOptions = {}, machine: Machine = thisMachine()): Installed {
  const folder = folderOf("installKernel", options, machine);
  const { displayName = "TypeScript (gradbook)" } = options;
  const root = packageRoot();
  const main = path.join(root, "dist", "kernel", "main.js");
  if (!existsSync(main))
    throw new InstallError(`installKernel: ${main} must exist, got nothing\n  help: run npm run build`);
  refuseForeign("installKernel", folder);
  const { version } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
  const spec = makeKernelspec({ node: process.execPath, main, displayName, version });
  attempt("installKernel", folder, () => {
    mkdirSync(path.dirname(folder), { recursive: true });
    // beside its place and then renamed: a client never sees half of it
    const draft = mkdtempSync(path.join(path.dirname(folder), ".gradbook-"));
    try {
      writeFileSync(path.join(draft, "kernel.json"), `${JSON.stringify(spec, null, 2)}\n`);
      const logos = path.join(root, "assets", "logos");
      for (const logo of readdirSync(logos)) copyFileSync(path.join(logos, logo), path.join(draft, logo));
      // mkdtemp makes it private, but every user may start a kernel of the system
      chmodSync(draft, 0o755);
      rmSync(folder, { recursive: true, force: true });
      renameSync(draft, folder);
    } finally {
      rmSync(draft, { recursive: true, force: true });
    }
  });
  return { folder, node: process.execPath, main };
}

/**
 * Removes the kernelspec and returns its folder.
 *
 * @throws {InstallError} when there is none, or it is another program's
 */
export function uninstallKernel(place: KernelPlace = {}, machine: Machine = thisMachine()): string {
  const folder = folderOf("uninstallKernel", place, machine);
  if (!existsSync(folder))
    throw new InstallError(
      `uninstallKernel: ${folder} must exist, got nothing\n  help: name the place it was installed in: --user, --prefix DIR or --system`,
    );
  refuseForeign("uninstallKernel", folder);
  attempt("uninstallKernel", folder, () => rmSync(folder, { recursive: true }));
  return folder;
}

const thisMachine = (): Machine => ({ platform: process.platform, env: process.env, home: homedir() });

function folderOf(caller: string, place: KernelPlace, machine: Machine): string {
  const { user = false, prefix, system = false, name = "gradbook" } = place;
  checkKernelName(name);
  const given = [user && "user", prefix !== undefined && "prefix", system && "system"].filter(Boolean);
  if (given.length > 1)
    throw new RangeError(`${caller}: at most one of user, prefix and system, got ${given.join(" and ")}`);
  if (prefix !== undefined) return path.join(prefixKernels(prefix), name);
  return path.join(system ? systemKernels(machine) : userKernels(machine), name);
}

/** @throws {InstallError} when the folder holds a kernelspec that this package did not write */
function refuseForeign(caller: string, folder: string): void {
  if (!existsSync(folder)) return;
  let owner: unknown;
  try {
    owner = JSON.parse(readFileSync(path.join(folder, "kernel.json"), "utf8")).metadata?.gradbook;
  } catch {}
  if (typeof owner !== "string")
    throw new InstallError(
      `${caller}: ${folder} must be gradbook's own, got another program's kernelspec\n  help: choose another name with --name`,
    );
}

function attempt(caller: string, folder: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new InstallError(
      `${caller}: ${folder} must be writable, got ${code ?? message}\n  help: install for yourself with --user, or name a folder of yours with --prefix DIR`,
    );
  }
}
