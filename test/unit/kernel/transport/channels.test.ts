import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Dealer, Request, Subscriber } from "zeromq";
import { type Channels, openChannels } from "../../../../kernel/transport/channels.js";
import { addressOf, type Connection } from "../../../../kernel/transport/connection.js";

let folder: string;
let connection: Connection;
let channels: Channels | null;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "gradbook-channels-"));
  channels = null;
  connection = {
    file: path.join(folder, "kernel.json"),
    transport: "ipc",
    ip: path.join(folder, "kernel"),
    ports: { shell: 1, control: 2, stdin: 3, iopub: 4, hb: 5 },
    key: "",
  };
});
afterEach(() => {
  channels?.close();
  rmSync(folder, { recursive: true });
});

const open = async (log: (text: string) => void = () => {}): Promise<Channels> => {
  channels = await openChannels(connection, log);
  return channels;
};

test("what arrives on shell goes back to its sender, in order, and a handler that throws ends nothing", async () => {
  const log: string[] = [];
  const opened = await open((text) => log.push(text));
  opened.listen({
    shell: ([identity, word]) => {
      if (String(word) === "bad") throw new Error("cannot read this");
      for (let i = 0; i < 3; i++) opened.send("shell", [identity!, `${word} ${i}`]);
    },
    control: () => {},
    stdin: () => {},
    subscribed: () => {},
  });
  const dealer = new Dealer();
  dealer.connect(addressOf(connection, "shell"));
  await dealer.send("bad");
  await dealer.send("good");
  const answers = [];
  for (let i = 0; i < 3; i++) answers.push(String(await dealer.receive()));
  expect(answers).toEqual(["good 0", "good 1", "good 2"]);
  expect(log[0]).toContain("shell channel: Error: cannot read this");
  dealer.close();
});

test("every subscription is reported, also the second to the same topic", async () => {
  const opened = await open();
  const topics: string[] = [];
  const twice = new Promise<void>((resolve) => {
    opened.listen({
      shell: () => {},
      control: () => {},
      stdin: () => {},
      subscribed: (topic) => {
        if (topics.push(String(topic)) === 2) resolve();
      },
    });
  });
  const subscribers = [new Subscriber(), new Subscriber()];
  for (const subscriber of subscribers) {
    subscriber.connect(addressOf(connection, "iopub"));
    subscriber.subscribe("stream");
  }
  await twice;
  expect(topics).toEqual(["stream", "stream"]);
  opened.send("iopub", ["stream.stdout", "text"]);
  await opened.drained();
  expect(String(await subscribers[1]!.receive())).toBe("stream.stdout,text");
  for (const subscriber of subscribers) subscriber.close();
});

test("a heartbeat is returned as it came", async () => {
  const opened = await open();
  opened.listen({ shell: () => {}, control: () => {}, stdin: () => {}, subscribed: () => {} });
  const heartbeat = new Request();
  heartbeat.connect(addressOf(connection, "hb"));
  await heartbeat.send(Buffer.from([1, 2, 255]));
  expect(await heartbeat.receive()).toEqual([Buffer.from([1, 2, 255])]);
  heartbeat.close();
});

test("an address that is taken is named, with the file it came from", async () => {
  const squatter = new Dealer();
  await squatter.bind("tcp://127.0.0.1:*");
  const port = Number(squatter.lastEndpoint?.split(":").at(-1));
  connection = {
    ...connection,
    transport: "tcp",
    ip: "127.0.0.1",
    ports: { ...connection.ports, shell: port },
  };
  await expect(openChannels(connection, () => {})).rejects.toThrow(
    `kernel: connection file ${connection.file}: the shell address tcp://127.0.0.1:${port} must be free, got EADDRINUSE\n` +
      "  help: another program uses the port, or the address is not this machine's; start the kernel again from its client, which picks new ports",
  );
  squatter.close();
});
