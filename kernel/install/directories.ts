// Where Jupyter looks for kernelspecs on each system, without asking Python.
// https://docs.jupyter.org/en/latest/use/jupyter-directories.html
import path from "node:path";

export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

/** The folder of the user's kernelspecs. JUPYTER_DATA_DIR replaces it. */
export function userKernels({ platform, env, home }: Machine): string {
  const join = platform === "win32" ? path.win32.join : path.posix.join;
  if (env.JUPYTER_DATA_DIR) return join(env.JUPYTER_DATA_DIR, "kernels");
  if (platform === "win32")
    return join(env.APPDATA ?? path.win32.join(home, "AppData", "Roaming"), "jupyter", "kernels");
  if (platform === "darwin") return join(home, "Library", "Jupyter", "kernels");
  // the standard calls an empty variable unset
  return join(env.XDG_DATA_HOME || path.posix.join(home, ".local", "share"), "jupyter", "kernels");
}

/** The folder of the kernelspecs of every user of this machine. */
export function systemKernels({ platform, env }: Machine): string {
  if (platform === "win32")
    return path.win32.join(env.PROGRAMDATA ?? "C:\\ProgramData", "jupyter", "kernels");
  return "/usr/local/share/jupyter/kernels";
}

/** The folder of the kernelspecs of one environment, for example a Python virtual environment. */
export const prefixKernels = (prefix: string): string => path.resolve(prefix, "share", "jupyter", "kernels");
