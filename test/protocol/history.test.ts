// History: in this session, in earlier ones, and over restarts.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { startKernel, type TestKernel } from "../support/startKernel.js";

const ask = async (kernel: TestKernel, fields: object) =>
  (await kernel.client.request("shell", "history_request", { output: false, raw: true, ...fields })).content
    .history;

test("tail, range, search and output; sessions count on after a restart", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "gradbook-history-"));
  const first = await startKernel({ env: { GRADBOOK_HISTORY: folder } });
  await first.client.execute("1 + 1");
  await first.client.execute('const text = "𝐚"', {});
  await first.client.execute("2", { store_history: false });
  await first.client.execute("throw 1");
  expect(await ask(first, { hist_access_type: "tail", n: 2 })).toEqual([
    [1, 2, 'const text = "𝐚"'],
    [1, 3, "throw 1"],
  ]);
  expect(
    await ask(first, { hist_access_type: "range", session: 0, start: 1, stop: 3, output: true }),
  ).toEqual([
    [1, 1, ["1 + 1", "2"]],
    [1, 2, ['const text = "𝐚"', null]],
  ]);
  expect(await ask(first, { hist_access_type: "search", pattern: "1 ? *" })).toEqual([[1, 1, "1 + 1"]]);
  await first.stop();

  const second = await startKernel({ env: { GRADBOOK_HISTORY: folder } });
  await second.client.execute("3 + 3");
  expect(await ask(second, { hist_access_type: "tail", n: 2 })).toEqual([
    [1, 3, "throw 1"],
    [2, 1, "3 + 3"],
  ]);
  expect(
    await ask(second, { hist_access_type: "range", session: -1, start: 1, stop: 2, output: true }),
  ).toEqual([[1, 1, ["1 + 1", "2"]]]);
  await second.stop();
  rmSync(folder, { recursive: true });
});
