// How long a person waits for the kernel: start-up, round trips, answers while a cell runs, interrupts, floods of output.
// gradbook and tslab take turns, round by round, so that a slow moment of the machine falls on both.
//
//   npx tsx bench/kernel/main.ts                      5 rounds, gradbook and tslab
//   npx tsx bench/kernel/main.ts --rounds 20 --only gradbook
//   npx tsx bench/kernel/main.ts --peer 'deno=["deno","jupyter","--kernel","--conn","{connection_file}"]'
//
// Each round starts a new process of each kernel. Times in milliseconds: minimum and median over all rounds.
import { cpus, loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { textOf } from "../../test/support/jupyterClient.js";
import { cellMs, median, type Peer, startPeer, timed } from "./peer.js";

const { values: settings } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    repeats: { type: "string", default: "20" },
    only: { type: "string" },
    peer: { type: "string", multiple: true, default: [] },
  },
});
const rounds = Number(settings.rounds);
const repeats = Number(settings.repeats);

const at = (file: string): string => fileURLToPath(new URL(`../../${file}`, import.meta.url));
const peers: Record<string, readonly string[]> = {
  gradbook: [process.execPath, at("dist/kernel/main.js"), "{connection_file}"],
  tslab: [
    process.execPath,
    at("node_modules/tslab/bin/tslab"),
    "kernel",
    "--config-path",
    "{connection_file}",
  ],
};
for (const peer of settings.peer) {
  const [name = "", command = "[]"] = peer.split(/=(.*)/s);
  peers[name] = JSON.parse(command);
}

type Measure = (name: string, ms: number) => void;

async function measureStart(peer: Peer, add: Measure): Promise<void> {
  add("start to first answer", peer.readyMs);
  await cellMs(peer.client, "1 + 1");
  add("start to first result", performance.now() - peer.startedAt);
}

async function measureCells({ client }: Peer, add: Measure): Promise<void> {
  const repeat = async (name: string, code: (i: number) => string): Promise<void> => {
    for (let i = 0; i < 3; i++) await cellMs(client, code(1000 + i));
    for (let i = 0; i < repeats; i++) add(name, await cellMs(client, code(i)));
  };
  await repeat("1 + 1", () => "1 + 1");
  await repeat("1 + i, another text each time", (i) => `1 + ${i}`);
  await repeat("let x = 1", (i) => `let x = ${i}`);
  await repeat("function and call", (i) => `function f(n: number) { return n + ${i} }\nf(1)`);
  for (let i = 0; i < repeats; i++) {
    const request = { code: "Math.", cursor_pos: 5 };
    add("completion", (await timed(() => client.request("shell", "complete_request", request))).ms);
  }
  add("import of Observable Plot", await cellMs(client, 'import * as Plot from "@observablehq/plot"'));
  for (let i = 0; i < 100; i++) await cellMs(client, `const name${i} = { value: ${i} }`);
  await repeat("let, after 100 cells and an import", (i) => `let y = ${i}`);
}

async function measureOutput({ client }: Peer, add: Measure): Promise<void> {
  const flood = await timed(() =>
    client.execute('for (let i = 0; i < 100_000; i++) console.log("line " + i)'),
  );
  const lines = textOf(flood.value.messages).split("\n").length - 1;
  if (lines !== 100_000) throw new Error(`100,000 lines: ${lines} arrived`);
  add("100,000 lines", flood.ms);
  const bytes = await timed(() =>
    client.execute('for (let i = 0; i < 50; i++) process.stdout.write("x".repeat(1e6))'),
  );
  if (textOf(bytes.value.messages).length !== 50e6) throw new Error("50 MB: not all arrived");
  add("50 MB", bytes.ms);
}

async function measureBusy({ client }: Peer, add: Measure): Promise<void> {
  const start = async (code: string): Promise<string> => {
    const id = client.sendCell(code);
    await client.wait(({ type, parent }) => type === "stream" && parent.msg_id === id);
    return id;
  };
  const stop = async (name: string, id: string): Promise<void> => {
    const { ms } = await timed(async () => {
      client.send("control", "interrupt_request", {});
      await client.finished(id);
    });
    add(name, ms);
  };
  const loop = await start('console.log("running"); while (true) {}');
  for (let i = 0; i < repeats; i++) {
    add("while a cell loops: heartbeat", (await timed(() => client.beat("beat"))).ms);
    add(
      "while a cell loops: control",
      (await timed(() => client.request("control", "kernel_info_request"))).ms,
    );
    const request = { code: "Math.", cursor_pos: 5 };
    add(
      "while a cell loops: completion",
      (await timed(() => client.request("shell", "complete_request", request))).ms,
    );
  }
  await stop("interrupt of a loop", loop);
  await stop("interrupt of an await", await start('console.log("running"); await new Promise(() => {})'));
  await stop(
    "interrupt of a loop after an await",
    await start('await 1; console.log("running"); for (;;) {}'),
  );
  await stop("interrupt of promise jobs", await start('console.log("running"); for (;;) await null'));
  add("a cell that ends the session", (await timed(() => client.execute("process.exit(1)"))).ms);
  add("the cell after it", await cellMs(client, "1 + 1"));
}

/** What only gradbook can do: others answer nothing while a cell runs, or lose output. */
const parts: Record<string, ((peer: Peer, add: Measure) => Promise<void>)[]> = {
  gradbook: [measureStart, measureCells, measureOutput, measureBusy],
};
const common = [measureStart, measureCells];

const results = new Map<string, Map<string, number[]>>();
const names = Object.keys(peers).filter((name) => settings.only === undefined || name === settings.only);
for (let round = 0; round < rounds; round++) {
  for (const name of names) {
    const peer = await startPeer(peers[name] ?? [], at("."));
    const add: Measure = (what, ms) => {
      if (!results.has(what)) results.set(what, new Map());
      const row = results.get(what)!;
      row.set(name, [...(row.get(name) ?? []), ms]);
    };
    try {
      for (const part of parts[name] ?? common) await part(peer, add);
    } catch (error) {
      console.error(`${name}: ${(error as Error).message}`);
    }
    await peer.stop();
  }
}

console.log(`${new Date().toISOString().slice(0, 10)}  Node ${process.version}  ${cpus()[0]?.model}`);
console.log(
  `${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}, ${rounds} rounds; ms: minimum / median\n`,
);
console.log("".padEnd(38) + names.map((name) => name.padStart(18)).join(""));
for (const [what, row] of results) {
  const cells = names.map((name) => {
    const times = row.get(name);
    return (times ? `${Math.min(...times).toFixed(1)} / ${median(times).toFixed(1)}` : "–").padStart(18);
  });
  console.log(what.padEnd(38) + cells.join(""));
}
