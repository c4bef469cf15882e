import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { openChannels } from "../../../../kernel/transport/channels.js";
import { ClientSockets } from "../../../../kernel/transport/clientSockets.js";
import type { Connection } from "../../../../kernel/transport/connection.js";

test("shell, control and stdin show the kernel one identity, so that a question finds the client of its cell", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "gradbook-sockets-"));
  const connection: Connection = {
    file: path.join(folder, "kernel.json"),
    transport: "ipc",
    ip: path.join(folder, "kernel"),
    ports: { shell: 1, control: 2, stdin: 3, iopub: 4, hb: 5 },
    key: "",
  };
  // the client is there first: a kernel takes its time
  const sockets = new ClientSockets(connection);
  const channels = await openChannels(connection, () => {});
  const identities: Record<string, string> = {};
  const received = new Promise<string[]>((resolve) => {
    const texts: string[] = [];
    sockets.listen((channel, frames) => {
      if (texts.push(`${channel} ${frames.at(-1)}`) === 2) resolve(texts.sort());
    });
  });
  const all = new Promise<void>((resolve) => {
    const note = (name: string) => (frames: Buffer[]) => {
      identities[name] = String(frames[0]?.toString("hex"));
      if (Object.keys(identities).length === 4) resolve();
    };
    channels.listen({
      shell: note("shell"),
      control: note("control"),
      stdin: note("stdin"),
      subscribed: () => note("iopub")([]),
    });
  });
  for (const name of ["shell", "control", "stdin"] as const) sockets.send(name, ["hello"]);
  await all;
  expect(new Set([identities.shell, identities.control, identities.stdin]).size).toBe(1);
  channels.send("stdin", [Buffer.from(identities.shell ?? "", "hex"), "question"]);
  channels.send("iopub", ["topic", "news"]);
  expect(await received).toEqual(["iopub news", "stdin question"]);
  sockets.close();
  channels.close();
  rmSync(folder, { recursive: true });
});
