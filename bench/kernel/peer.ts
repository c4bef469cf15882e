// One running kernel, gradbook's or another's, seen from a client: every time is from request to reply and idle.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type ConnectionFields, type Execution, JupyterClient } from "../../test/support/jupyterClient.js";
import { freePorts } from "../../test/support/startKernel.js";

export interface Peer {
  readonly client: JupyterClient;
  /** Milliseconds from the start of the process to its first answer. */
  readonly readyMs: number;
  readonly startedAt: number;
  readonly process: ChildProcess;
  stop(): Promise<void>;
}

/** @param argv the command of its kernelspec */
export async function startPeer(argv: readonly string[], cwd: string): Promise<Peer> {
  const folder = mkdtempSync(path.join(tmpdir(), "gradbook-bench-"));
  const [shell_port, control_port, stdin_port, iopub_port, hb_port] = (await freePorts(5)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const connection: ConnectionFields = {
    transport: "tcp",
    ip: "127.0.0.1",
    key: "benchmark",
    signature_scheme: "hmac-sha256",
    shell_port,
    control_port,
    stdin_port,
    iopub_port,
    hb_port,
  };
  const file = path.join(folder, "connection.json");
  writeFileSync(file, JSON.stringify(connection));
  const [command = "", ...args] = argv.map((arg) => arg.replace("{connection_file}", file));
  const startedAt = performance.now();
  const child = spawn(command, args, {
    cwd,
    stdio: "ignore",
    env: { ...process.env, GRADBOOK_HISTORY: "off" },
  });
  const client = new JupyterClient(connection);
  await firstAnswer(client);
  return {
    client,
    startedAt,
    readyMs: performance.now() - startedAt,
    process: child,
    async stop() {
      const exited = new Promise((resolve) => child.once("exit", resolve));
      client.send("control", "shutdown_request", { restart: false });
      const timer = setTimeout(() => child.kill("SIGKILL"), 3000);
      await exited;
      clearTimeout(timer);
      client.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Some kernels lose requests and messages of their first moments: so kernel_info is asked until reply and idle are there. */
async function firstAnswer(client: JupyterClient): Promise<void> {
  for (;;) {
    const id = client.send("shell", "kernel_info_request", {});
    const answered = Promise.all([client.reply(id), client.idle(id)]);
    const again = new Promise<"again">((resolve) => setTimeout(() => resolve("again"), 100));
    if ((await Promise.race([answered, again])) !== "again") return;
  }
}

export async function timed<T>(run: () => Promise<T>): Promise<{ ms: number; value: T }> {
  const start = performance.now();
  const value = await run();
  return { ms: performance.now() - start, value };
}

/** tslab loses a message now and then: its round ends then, and the others go on. */
const lost = (code: string): Promise<never> =>
  new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`${code}: no reply and idle within a minute`)), 60_000).unref();
  });

/** Time of a cell that must succeed. */
export async function cellMs(client: JupyterClient, code: string): Promise<number> {
  const { ms, value } = await timed<Execution>(() => Promise.race([client.execute(code), lost(code)]));
  if (value.reply.status !== "ok") throw new Error(`${code}: ${JSON.stringify(value.reply)}`);
  return ms;
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};
