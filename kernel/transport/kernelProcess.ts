// Starting a kernel as a client does: choose addresses, write the connection file, run the command, watch it end.
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { type Connection, channelNames, makeKey, writeConnection } from "./connection.js";

export interface KernelCommand {
  /** The command of a kernelspec; `{connection_file}` stands for the path of the connection file. Default: this package's kernel. */
  readonly argv?: readonly string[];
  /** The folder the kernel runs in: imports and files of cells are relative to it. Default: the current one. */
  readonly cwd?: string;
  /** Added to this process's environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** "ipc" needs no free ports, but does not exist on Windows. Default: ipc where it exists. */
  readonly transport?: "tcp" | "ipc";
}

/** How a kernel ended. */
export interface KernelExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The last 4 KB that it wrote to standard error. */
  readonly stderr: string;
}

export interface KernelProcess {
  readonly connection: Connection;
  readonly pid: number;
  /** Resolves once, also when the command could not be started. */
  readonly exited: Promise<KernelExit>;
  kill(signal: NodeJS.Signals): void;
}

/** The command that starts this package's kernel. */
export function ownKernelArgv(): string[] {
  // beside this file in dist/; from the sources, in dist/ at the package's root
  const candidates = ["../main.js", "../../dist/kernel/main.js"];
  const paths = candidates.map((candidate) => fileURLToPath(new URL(candidate, import.meta.url)));
  const main = paths.find((file) => existsSync(file)) ?? paths[0]!;
  return [process.execPath, main, "{connection_file}"];
}

/** @throws when no port is free; a command that cannot be started resolves `exited` instead */
export async function startKernelProcess({
  argv = ownKernelArgv(),
  cwd = process.cwd(),
  env = {},
  transport = process.platform === "win32" ? "tcp" : "ipc",
}: KernelCommand = {}): Promise<KernelProcess> {
  const folder = mkdtempSync(path.join(tmpdir(), "gradbook-"));
  const connection: Connection = {
    file: path.join(folder, "kernel.json"),
    transport,
    ip: transport === "ipc" ? path.join(folder, "kernel") : "127.0.0.1",
    ports: transport === "ipc" ? { shell: 1, control: 2, stdin: 3, iopub: 4, hb: 5 } : await freePorts(),
    key: makeKey(),
  };
  writeConnection(connection);
  const [command = "", ...args] = argv.map((arg) => arg.replaceAll("{connection_file}", connection.file));
  const child = spawn(command, args, {
    cwd,
    // JPY_PARENT_PID: the kernel ends when this process is gone
    env: { ...process.env, JPY_PARENT_PID: String(process.pid), ...env },
    stdio: ["ignore", "ignore", "pipe"],
    windowsHide: true,
  });
  return {
    connection,
    pid: child.pid ?? -1,
    exited: watch(child, command).finally(() => rmSync(folder, { recursive: true, force: true })),
    kill: (signal) => {
      child.kill(signal);
    },
  };
}

function watch(child: ChildProcess, command: string): Promise<KernelExit> {
  let stderr = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    stderr = (stderr + text).slice(-4096);
  });
  return new Promise((resolve) => {
    child.on("error", (error) =>
      resolve({ code: null, signal: null, stderr: `${command}: ${error.message}` }),
    );
    // "close" and not "exit": its last words have arrived then. But a grandchild may keep the pipe open for ever
    child.on("exit", (code, signal) => setTimeout(() => resolve({ code, signal, stderr }), 500).unref());
    child.on("close", (code, signal) => resolve({ code, signal, stderr }));
  });
}

/** Five ports that nobody uses now. Another program may take one before the kernel does; the kernel says so and ends. */
async function freePorts(): Promise<Connection["ports"]> {
  // all are open at once, so that they differ
  const servers = await Promise.all(
    channelNames.map(
      () =>
        new Promise<ReturnType<typeof createServer>>((resolve, reject) => {
          const server = createServer();
          server.once("error", reject).listen(0, "127.0.0.1", () => resolve(server));
        }),
    ),
  );
  const ports = channelNames.map((name, i) => {
    const address = servers[i]!.address();
    if (address === null || typeof address === "string") throw new Error("bug: a TCP server has a port");
    return [name, address.port];
  });
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return Object.fromEntries(ports) as Connection["ports"];
}
