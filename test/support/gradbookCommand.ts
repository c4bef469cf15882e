// The built `gradbook` command as a user starts it.
import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { root } from "./sourceFiles.js";

export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningCommand {
  readonly child: ChildProcess;
  /** Resolves when the text has appeared on stderr. */
  hasSaid(text: string): Promise<void>;
  readonly done: Promise<CommandResult>;
}

/** Starts `gradbook` with these arguments. Needs `npm run build`. */
export function startGradbook(
  args: readonly string[],
  { cwd = root }: { cwd?: string } = {},
): RunningCommand {
  const child = spawn(process.execPath, [path.join(root, "dist/lab/cli/main.js"), ...args], { cwd });
  let stdout = "";
  let stderr = "";
  const waiting: { text: string; resolve: () => void }[] = [];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
    for (const one of waiting) if (stderr.includes(one.text)) one.resolve();
  });
  return {
    child,
    hasSaid: (text) =>
      new Promise((resolve) => {
        if (stderr.includes(text)) resolve();
        else waiting.push({ text, resolve });
      }),
    done: new Promise((resolve) => child.on("close", (code) => resolve({ code, stdout, stderr }))),
  };
}

export const gradbook = (...args: string[]): Promise<CommandResult> => startGradbook(args).done;
