// Starts the built kernel in a process of its own, as a Jupyter client does, and ends it after the test.
import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { type ConnectionFields, JupyterClient } from "./jupyterClient.js";

/** What `npm run build` makes. */
export const kernelMain: string = fileURLToPath(new URL("../../dist/kernel/main.js", import.meta.url));

export interface TestKernel {
  readonly client: JupyterClient;
  readonly connection: ConnectionFields;
  readonly process: ChildProcess;
  /** The folder the cells run in. */
  readonly folder: string;
  /** Exit code, or the signal. */
  readonly exited: Promise<number | NodeJS.Signals | null>;
  /** Another client of the same kernel. */
  connect(): JupyterClient;
  /** Ends the kernel. Rejects when a message was not as the protocol wants it. */
  stop(): Promise<void>;
}

export interface TestKernelOptions {
  readonly key?: string;
  readonly transport?: "tcp" | "ipc";
  readonly env?: Record<string, string>;
  readonly args?: readonly string[];
  /** Files in the folder the cells run in. */
  readonly files?: Record<string, string>;
}

export async function startKernel(options: TestKernelOptions = {}): Promise<TestKernel> {
  const folder = mkdtempSync(path.join(tmpdir(), "gradbook-test-"));
  for (const [name, text] of Object.entries(options.files ?? {}))
    writeFileSync(path.join(folder, name), text);
  const file = path.join(folder, "connection.json");
  const connection = await chooseAddresses(folder, options);
  writeFileSync(file, JSON.stringify(connection));
  const child = spawn(process.execPath, [kernelMain, file, ...(options.args ?? [])], {
    cwd: folder,
    stdio: ["ignore", "inherit", "inherit"],
    env: {
      GRADBOOK_SNAPSHOT: "off",
      ...process.env,
      GRADBOOK_HISTORY: "off",
      JPY_PARENT_PID: String(process.pid),
      ...options.env,
    },
  });
  const exited = new Promise<number | NodeJS.Signals | null>((resolve) => {
    child.on("exit", (code, signal) => resolve(signal ?? code));
  });
  const clients: JupyterClient[] = [];
  const connect = (): JupyterClient => {
    const client = new JupyterClient(connection);
    clients.push(client);
    return client;
  };
  const client = connect();
  const ended = exited.then((how) => Promise.reject(new Error(`the kernel ended while it started: ${how}`)));
  await Promise.race([client.wait(({ type }) => type === "iopub_welcome"), ended]);
  return {
    client,
    connection,
    process: child,
    folder,
    exited,
    connect,
    async stop() {
      child.kill("SIGTERM");
      await exited;
      for (const each of clients) each.close();
      rmSync(folder, { recursive: true, force: true });
      const problems = clients.flatMap((each) => each.problems);
      if (problems.length > 0) throw new Error(`not as the protocol wants it:\n${problems.join("\n")}`);
    },
  };
}

async function chooseAddresses(
  folder: string,
  { transport = "tcp", key = randomBytes(16).toString("hex") }: TestKernelOptions,
): Promise<ConnectionFields> {
  const [shell_port, control_port, stdin_port, iopub_port, hb_port] =
    transport === "ipc" ? [1, 2, 3, 4, 5] : await freePorts(5);
  if (!shell_port || !control_port || !stdin_port || !iopub_port || !hb_port)
    throw new Error("bug: five ports");
  return {
    transport,
    ip: transport === "ipc" ? path.join(folder, "kernel") : "127.0.0.1",
    key,
    signature_scheme: "hmac-sha256",
    shell_port,
    control_port,
    stdin_port,
    iopub_port,
    hb_port,
  };
}

/** Ports that nobody uses now; all are open at once, so that they differ. */
export async function freePorts(n: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from(
      { length: n },
      () =>
        new Promise<ReturnType<typeof createServer>>((resolve) => {
          const server = createServer().listen(0, "127.0.0.1", () => resolve(server));
        }),
    ),
  );
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
