// The client against the built kernel: both are ours, so the protocol itself is judged elsewhere (test/protocol).
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type KernelClient, KernelDiedError, startKernel } from "../../../../kernel/transport/client.js";
import type { IncomingMessage } from "../../../../kernel/wire/frames.js";

let kernel: KernelClient;
beforeAll(async () => {
  kernel = await startKernel();
}, 60_000);
afterAll(() => kernel.shutdown());

describe("execute", () => {
  test("resolves with the reply after all output was seen", { timeout: 60_000 }, async () => {
    const seen: IncomingMessage[] = [];
    const reply = await kernel.execute('console.log("a"); 1 + 1', {
      onMessage: (message) => seen.push(message),
    });
    expect(reply).toMatchObject({ status: "ok" });
    expect(seen.map(({ header }) => header.msg_type)).toEqual([
      "status",
      "execute_input",
      "stream",
      "execute_result",
      "status",
    ]);
  });

  test("resolves with the error of a cell that fails", async () => {
    expect(await kernel.execute('throw new RangeError("far")')).toMatchObject({
      status: "error",
      ename: "RangeError",
      evalue: "far",
    });
  });

  test("answers input() by onInput, and without it input() throws", async () => {
    const asked: unknown[] = [];
    const onInput = async (prompt: string, password: boolean) => {
      asked.push([prompt, password]);
      return "Ada";
    };
    const userExpressions = { name: "name" };
    expect(await kernel.execute('const name = input("name?")', { onInput, userExpressions })).toMatchObject({
      user_expressions: { name: { data: { "text/plain": "'Ada'" } } },
    });
    expect(asked).toEqual([["name?", false]]);
    expect(await kernel.execute('input("name?")')).toMatchObject({ status: "error" });
  });

  test("rejects with the error of its own listener, and the kernel goes on", async () => {
    const onMessage = () => {
      throw new Error("my mistake");
    };
    await expect(kernel.execute("1", { onMessage })).rejects.toThrow("my mistake");
    expect((await kernel.execute("1")).status).toBe("ok");
  });

  test("can be interrupted", async () => {
    let isRunning: () => void = () => {};
    const running = new Promise<void>((resolve) => {
      isRunning = resolve;
    });
    const reply = kernel.execute('console.log("running"); for (;;) {}', {
      onMessage: ({ header }) => header.msg_type === "stream" && isRunning(),
    });
    await running;
    await kernel.interrupt();
    expect(await reply).toMatchObject({ ename: "KeyboardInterrupt" });
  });
});

test("info and request give what the kernel says", async () => {
  expect(kernel.info.implementation).toBe("gradbook");
  const reply = await kernel.request("shell", "is_complete_request", { code: "f(" });
  expect(reply.content.status).toBe("incomplete");
});

test("onMessage hears late output too, until it is stopped", async () => {
  const late = new Promise<IncomingMessage>((resolve) => {
    const stop = kernel.onMessage((message) => {
      if (message.header.msg_type !== "stream") return;
      stop();
      resolve(message);
    });
  });
  await kernel.execute('setTimeout(() => console.log("late"), 20)');
  expect((await late).content.text).toBe("late\n");
});

describe("a kernel that ends", () => {
  test("rejects what waits for it, and what is asked later", { timeout: 60_000 }, async () => {
    const own = await startKernel();
    const waiting = own.execute("await new Promise(() => {})");
    own.kill();
    await expect(waiting).rejects.toThrow("kernel: must stay alive, got signal SIGKILL");
    expect(await own.exited).toMatchObject({ signal: "SIGKILL" });
    await expect(own.execute("1")).rejects.toBeInstanceOf(KernelDiedError);
    await expect(own.request("control", "kernel_info_request")).rejects.toBeInstanceOf(KernelDiedError);
  });

  test("by shutdown leaves with exit code 0", { timeout: 60_000 }, async () => {
    const own = await startKernel({ transport: "tcp" });
    await own.shutdown();
    expect(await own.exited).toEqual({ code: 0, signal: null, stderr: "" });
    await own.shutdown();
  });

  test("before it answers rejects with its last words", async () => {
    const argv = [
      process.execPath,
      "-e",
      'console.error("no kernel here"); process.exit(3)',
      "{connection_file}",
    ];
    await expect(startKernel({ argv })).rejects.toThrow(
      "kernel: must stay alive, got exit code 3\nno kernel here",
    );
  });

  test("or never answers rejects when its time is over", async () => {
    const argv = [process.execPath, "-e", "setInterval(() => {}, 1000)", "{connection_file}"];
    await expect(startKernel({ argv, startTimeoutMs: 300 })).rejects.toThrow(
      "kernel: must answer within 0.3 s, got silence",
    );
  });
});
