// Deaths: of the session, of the compile process, of the client. The kernel stays, or goes when it is alone.
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { resultOf, textOf } from "../support/jupyterClient.js";
import { kernelMain, startKernel, type TestKernel } from "../support/startKernel.js";

/** Processes whose parent this is. */
const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ").filter(Boolean).map(Number);
const commandOf = (pid: number): string => readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
const isAlive = (pid: number): boolean => existsSync(`/proc/${pid}`) && commandOf(pid) !== "";

async function gone(pids: readonly number[]): Promise<void> {
  while (pids.some(isAlive)) await new Promise((resolve) => setTimeout(resolve, 20));
}

let kernel: TestKernel;
beforeAll(async () => {
  kernel = await startKernel({ files: { "local.ts": "export const answer = 42;" } });
});
afterAll(() => kernel.stop());

const execute = (code: string) => kernel.client.execute(code);

describe("a session that ends", () => {
  test.each([
    ["process.exit(3)", "process.exit(3)", "SessionDied", "exit code 3"],
    ["process.abort()", "process.abort()", "SessionDied", "signal SIGABRT"],
    [
      "SIGKILL",
      'process.kill(process.pid, "SIGKILL"); await new Promise(() => {})',
      "SessionDied",
      "signal SIGKILL",
    ],
  ])("by %s gives the cell an error, and the next cell runs", async (_, code, ename, how) => {
    await execute("let lost = 1");
    const cell = await execute(code);
    expect(cell.reply).toMatchObject({
      status: "error",
      ename,
      evalue: `The session process ended (${how}). All variables are lost; the session was restarted.`,
    });
    expect(cell.messages.some(({ type }) => type === "error")).toBe(true);
    expect(resultOf(await execute("1 + 1"))).toBe("2");
    expect((await execute("lost")).reply.evalue).toContain("lost");
  });

  test("by a crash keeps the text that came before", async () => {
    const cell = await execute('console.log("last words"); process.exit(1)');
    expect(textOf(cell.messages)).toBe("last words\n");
  });

  test("out of memory is told apart", async () => {
    const small = await startKernel({ env: { NODE_OPTIONS: "--max-old-space-size=150" } });
    const cell = await small.client.execute(
      "const all: number[][] = []; for (;;) all.push(new Array(10_000).fill(1))",
    );
    expect(cell.reply.ename).toBe("OutOfMemory");
    expect(cell.reply.evalue).toContain("--max-old-space-size");
    expect(resultOf(await small.client.execute("1 + 1"))).toBe("2");
    await small.stop();
  });

  test("while idle is told under the last cell", async () => {
    const cell = await execute("setTimeout(() => process.exit(4), 20); 1");
    const told = await kernel.client.wait(
      ({ type, parent, content }) =>
        type === "stream" && parent.msg_id === cell.id && content.name === "stderr",
    );
    expect(told.content.text).toBe(
      "SessionDied: The session process ended (exit code 4). All variables are lost; the session was restarted.\n",
    );
    expect(resultOf(await execute("2 + 2"))).toBe("4");
  });

  test("with comms open closes them", async () => {
    await execute('notebook.comm.open("chart", {})');
    const before = await kernel.client.request("shell", "comm_info_request", { target_name: "chart" });
    const ids = Object.keys(before.content.comms);
    expect(ids).toHaveLength(1);
    await execute("process.exit(1)");
    await kernel.client.wait(({ type, content }) => type === "comm_close" && content.comm_id === ids[0]);
    const after = await kernel.client.request("shell", "comm_info_request", {});
    expect(after.content.comms).toEqual({});
  });

  test("local modules still import afterwards", async () => {
    expect(resultOf(await execute('import { answer } from "./local"; answer'))).toBe("42");
    await execute("process.exit(1)");
    expect(resultOf(await execute('import { answer } from "./local"; answer'))).toBe("42");
  });
});

describe("the compile process", () => {
  const compiler = (): number => {
    const [pid] = childrenOf(kernel.process.pid ?? 0).filter(
      (child) => !commandOf(child).includes("sessionMain"),
    );
    if (!pid) throw new Error("the compile process is not there");
    return pid;
  };

  test("killed while idle is replaced; declarations are kept", async () => {
    await execute("let declared: number = 7");
    process.kill(compiler(), "SIGKILL");
    expect(resultOf(await execute("declared"))).toBe("7");
    expect((await execute("declared.toUpperCase()")).reply.ename).toBe("TypeScriptError");
  });

  test("killed while it compiles is replaced, and the cell runs", async () => {
    const id = kernel.client.sendCell('import * as fs from "node:fs"; typeof fs.readFileSync');
    await kernel.client.wait(({ type, parent }) => type === "execute_input" && parent.msg_id === id);
    process.kill(compiler(), "SIGKILL");
    expect(resultOf(await kernel.client.finished(id))).toBe("'function'");
  });
});

describe("the kernel ends", () => {
  test("with exit code 0 after shutdown_request, which is answered on control and iopub; no child is left", async () => {
    const own = await startKernel();
    await own.client.execute("1");
    const children = childrenOf(own.process.pid ?? 0);
    expect(children.length).toBeGreaterThanOrEqual(2);
    const reply = await own.client.request("control", "shutdown_request", { restart: true });
    expect(reply.content).toEqual({ status: "ok", restart: true });
    await own.client.wait(({ channel, type }) => channel === "iopub" && type === "shutdown_reply");
    await own.client.idle(String(reply.parent.msg_id));
    expect(await own.exited).toBe(0);
    await gone(children);
    await own.stop();
  });

  test("while a cell loops, also when the request comes on shell", async () => {
    const own = await startKernel();
    const id = own.client.sendCell('console.log("running"); while (true) {}');
    await own.client.wait(({ type, parent }) => type === "stream" && parent.msg_id === id);
    const children = childrenOf(own.process.pid ?? 0);
    const reply = await own.client.request("shell" as "control", "shutdown_request", { restart: false });
    expect(reply.content.restart).toBe(false);
    expect(await own.exited).toBe(0);
    await gone(children);
    await own.stop();
  });

  test("killed without a word, and its children end too, though a cell loops", async () => {
    const own = await startKernel();
    const id = own.client.sendCell('console.log("running"); while (true) {}');
    await own.client.wait(({ type, parent }) => type === "stream" && parent.msg_id === id);
    const children = childrenOf(own.process.pid ?? 0);
    own.process.kill("SIGKILL");
    expect(await own.exited).toBe("SIGKILL");
    await gone(children);
    expect(children.filter(isAlive)).toEqual([]);
    await own.stop();
  });

  test("with the program that started it, though a cell loops", async () => {
    // this process starts a launcher, the launcher starts the kernel and is killed
    const own = await startKernel();
    const file = path.join(own.folder, "connection.json");
    await own.client.request("control", "shutdown_request", { restart: false });
    await own.exited;
    const launcher = spawn(process.execPath, [
      "-e",
      `const { spawn } = require("node:child_process");
       const kernel = spawn(process.execPath, [${JSON.stringify(kernelMain)}, ${JSON.stringify(file)}], {
         stdio: "ignore", env: { ...process.env, JPY_PARENT_PID: String(process.pid), GRADBOOK_HISTORY: "off" } });
       process.stdout.write(String(kernel.pid));
       setInterval(() => {}, 1000);`,
    ]);
    const pid = await new Promise<number>((resolve) => {
      launcher.stdout.once("data", (text) => resolve(Number(text)));
    });
    const client = own.connect();
    const id = client.sendCell('console.log("running"); while (true) {}');
    await client.wait(
      ({ type, parent }) => type === "execute_reply" || (type === "stream" && parent.msg_id === id),
    );
    const processes = [pid, ...childrenOf(pid)];
    expect(processes.length).toBeGreaterThanOrEqual(3);
    launcher.kill("SIGKILL");
    await gone(processes);
    expect(processes.filter(isAlive)).toEqual([]);
    await own.stop();
  });
});
