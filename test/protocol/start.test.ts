// Starting: what makes it impossible is said in one paragraph that names the file and what to do; exit code 1.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { kernelMain, startKernel } from "../support/startKernel.js";

const folder = mkdtempSync(path.join(tmpdir(), "gradbook-start-"));
afterAll(() => rmSync(folder, { recursive: true }));

function run(args: string[]): Promise<{ code: number | null; stderr: string }> {
  const child = spawn(process.execPath, [kernelMain, ...args], { stdio: ["ignore", "ignore", "pipe"] });
  let stderr = "";
  child.stderr.on("data", (text) => {
    stderr += text;
  });
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, stderr })));
}

const file = path.join(folder, "c.json");
const help =
  "  help: a Jupyter client writes this file and starts the kernel; by hand, run gradbook kernel start --connection-file FILE\n";

test.each([
  ["no argument", null, [], "kernel: the command line must name a connection file, got []"],
  ["a file that is missing", null, [file], `kernel: connection file ${file} must be readable, got ENOENT`],
  ["a file that is not JSON", "hello", [file], `kernel: connection file ${file}: must be JSON, got "hello"`],
  [
    "a file without ports",
    '{"ip":"127.0.0.1"}',
    ["-f", file],
    `kernel: connection file ${file}: shell_port must be an integer in 1..65535, got nothing`,
  ],
])("%s", async (_, text, args, message) => {
  if (text !== null) writeFileSync(file, text);
  expect(await run(args)).toEqual({ code: 1, stderr: `${message}\n${help}` });
  rmSync(file, { force: true });
});

test("a port in use is named, and no process is left", async () => {
  const kernel = await startKernel();
  const second = path.join(folder, "second.json");
  writeFileSync(second, JSON.stringify(kernel.connection));
  const { code, stderr } = await run([second]);
  expect(code).toBe(1);
  expect(stderr).toBe(
    `kernel: connection file ${second}: the shell address tcp://127.0.0.1:${kernel.connection.shell_port} must be free, got EADDRINUSE\n` +
      "  help: another program uses the port, or the address is not this machine's; start the kernel again from its client, which picks new ports\n",
  );
  expect((await kernel.client.request("shell", "kernel_info_request")).content.status).toBe("ok");
  await kernel.stop();
});

test("arguments that clients add are ignored, and kernel_info is answered before the compile process is ready", async () => {
  const kernel = await startKernel({ args: ["--debug", "--HistoryManager.hist_file=:memory:"] });
  const info = await kernel.client.request("shell", "kernel_info_request");
  expect(info.content.language_info).toMatchObject({ name: "typescript", version: "5.9.3" });
  await kernel.stop();
});
