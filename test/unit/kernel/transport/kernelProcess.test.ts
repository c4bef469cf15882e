import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { ownKernelArgv, startKernelProcess } from "../../../../kernel/transport/kernelProcess.js";

/** A command that writes what it was given to standard error and ends. */
const tell = (expression: string): string[] => [
  process.execPath,
  "-e",
  `const fs = require("fs"); process.stderr.write(JSON.stringify(${expression}))`,
  "{connection_file}",
];

describe("startKernelProcess", () => {
  test("writes a connection file, which is gone when the process is", async () => {
    const kernel = await startKernelProcess({
      argv: tell("JSON.parse(fs.readFileSync(process.argv[1], 'utf8'))"),
      transport: "tcp",
    });
    const { code, stderr } = await kernel.exited;
    const fields = JSON.parse(stderr);
    expect(code).toBe(0);
    expect(fields).toMatchObject({ transport: "tcp", ip: "127.0.0.1", key: kernel.connection.key });
    const ports = Object.values(kernel.connection.ports);
    expect(new Set(ports).size).toBe(5);
    expect(ports).toContain(fields.shell_port);
    expect(existsSync(kernel.connection.file)).toBe(false);
  });

  test("gives it the folder, the environment and the number of this process", async () => {
    const folder = path.resolve(tmpdir());
    const kernel = await startKernelProcess({
      argv: tell("[process.cwd(), process.env.JPY_PARENT_PID, process.env.COURSE]"),
      cwd: folder,
      env: { COURSE: "gradients" },
    });
    const { stderr } = await kernel.exited;
    expect(JSON.parse(stderr)).toEqual([folder, String(process.pid), "gradients"]);
  });

  test("a command that is not there is an exit with the reason", async () => {
    const kernel = await startKernelProcess({ argv: ["no-such-kernel", "{connection_file}"] });
    expect(await kernel.exited).toEqual({
      code: null,
      signal: null,
      stderr: "no-such-kernel: spawn no-such-kernel ENOENT",
    });
  });

  test("can be killed", async () => {
    const kernel = await startKernelProcess({
      argv: [process.execPath, "-e", "setInterval(() => {}, 1000)"],
    });
    kernel.kill("SIGKILL");
    expect((await kernel.exited).signal).toBe("SIGKILL");
  });
});

test("ownKernelArgv starts the built kernel with this Node", () => {
  const [node, main, file] = ownKernelArgv();
  expect(node).toBe(process.execPath);
  expect(main).toMatch(/dist[\\/]kernel[\\/]main\.js$/);
  expect(existsSync(main ?? "")).toBe(true);
  expect(file).toBe("{connection_file}");
});
