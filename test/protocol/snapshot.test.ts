// The compile process from a snapshot: built once here, started in another folder than it was built in.
import { execFileSync } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { resultOf } from "../support/jupyterClient.js";
import { startKernel } from "../support/startKernel.js";

const cache = realpathSync(mkdtempSync(join(tmpdir(), "gradbook-cache-")));
const dist = fileURLToPath(new URL("../../dist/kernel/compile/", import.meta.url));
let blob = "";

beforeAll(async () => {
  // The built code names the file, because the name depends on it.
  const { snapshotPath, NODE_OPTIONS } = (await import(
    `${dist}snapshot.js`
  )) as typeof import("../../kernel/compile/snapshot.js");
  blob = snapshotPath(cache);
  execFileSync(process.execPath, [`${dist}snapshotBuildMain.js`, blob, ...NODE_OPTIONS]);
}, 180_000);
afterAll(() => rmSync(cache, { recursive: true }));

const start = () =>
  startKernel({
    env: { GRADBOOK_SNAPSHOT: "on", GRADBOOK_CACHE: cache, GRADBOOK_LOG: join(cache, "log") },
    files: { "local.ts": "export const twice = (x: number): number => 2 * x;" },
  });
const log = async (): Promise<string> => (await import("node:fs")).readFileSync(join(cache, "log"), "utf8");

test("cells compile, local files and packages are found, names complete", async () => {
  const kernel = await start();
  expect(resultOf(await kernel.client.execute('import { twice } from "./local"; twice(4)'))).toBe("8");
  expect(resultOf(await kernel.client.execute('import { JSDOM } from "jsdom"; typeof JSDOM'))).toBe(
    "'function'",
  );
  const { reply } = await kernel.client.execute("let s: string = twice(1)");
  expect(reply.evalue).toBe("TS2322: Type 'number' is not assignable to type 'string'.");
  const completion = await kernel.client.request("shell", "complete_request", { code: "twi", cursor_pos: 3 });
  expect(completion.content.matches).toContain("twice");
  await kernel.stop();
  expect(await log()).not.toMatch(/compiler: ended/);
});

test("a snapshot that does not fit is given up, and the first cell is answered all the same", async () => {
  writeFileSync(blob, "no snapshot");
  const kernel = await start();
  expect(resultOf(await kernel.client.execute("1 + 1"))).toBe("2");
  await kernel.stop();
  expect(await log()).toMatch(/compiler: ended/);
});
