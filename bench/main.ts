// The coordinator of the interleaved benchmark: every peer is one process that stays alive; for each workload the peers take
// turns in short slices, so that a slow moment of the machine falls on all of them. Ratios are taken within a run only.
//
//   npm run bench                                            gradbook on this Node against PyTorch
//   npm run bench -- --only 'MLP|LeNet' --rounds 20
//   npm run bench -- --threads 2                             gradbook on two threads as a further peer
//   npm run bench -- --node NODE24=/path/to/node24 --tfjs    more peers
//   npm run bench -- --json results.json                     all slices
//   npm run bench -- --default-malloc                        glibc as PyTorch's users run it
//   npm run bench -- --best                                  shortest call instead of medians: for a busy machine
//
// TORCH_PYTHON names the Python that has PyTorch, default /usr/bin/python3.
import { type ChildProcess, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { Slice } from "./serve.js";
import { convSizes, matmulSizes, type Workload, workloads } from "./workloads.js";

const { values: settings } = parseArgs({
  options: {
    only: { type: "string", default: "." },
    rounds: { type: "string", default: "12" },
    slice: { type: "string", default: "25" },
    node: { type: "string", multiple: true, default: [] },
    threads: { type: "string" },
    tfjs: { type: "boolean", default: false },
    torch: { type: "string", default: process.env.TORCH_PYTHON ?? "/usr/bin/python3" },
    json: { type: "string" },
    best: { type: "boolean", default: false },
    "default-malloc": { type: "boolean", default: false },
  },
});

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const sizes = JSON.stringify({ matmul: matmulSizes, conv: convSizes });
const tsx = path("../node_modules/tsx/dist/cli.mjs");

/**
 * glibc must keep freed memory: an optimizer step of PyTorch allocates temporaries of 4 MB, and fetching their pages anew in every step made
 * its Adam up to 30 times slower here than its arithmetic is. See traps.md.
 */
const keepsMemory = {
  MALLOC_MMAP_THRESHOLD_: String(2 ** 30),
  MALLOC_TRIM_THRESHOLD_: String(2 ** 32),
  MALLOC_TOP_PAD_: String(2 ** 28),
};

class Peer {
  readonly key: string;
  readonly name: string;
  private readonly process: ChildProcess;
  private readonly lines: AsyncIterator<string>;

  private constructor(key: string, name: string, process: ChildProcess, lines: AsyncIterator<string>) {
    this.key = key;
    this.name = name;
    this.process = process;
    this.lines = lines;
  }
  /** Starts a peer; null, with a line on stderr, when it is not installed. */
  static async start(
    key: string,
    command: string,
    args: readonly string[],
    environment: Readonly<Record<string, string>> = {},
  ): Promise<Peer | null> {
    const child = spawn(command, args, {
      stdio: ["pipe", "pipe", "ignore"],
      env: { ...process.env, ...(settings["default-malloc"] ? {} : keepsMemory), ...environment },
    });
    const failed = new Promise<null>((resolve) => child.once("error", () => resolve(null)));
    const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream })[Symbol.asyncIterator]();
    const first = await Promise.race([lines.next(), failed]);
    if (first === null || first.done === true) {
      console.error(`${key}: left out, ${command} did not start (is the package installed?)`);
      return null;
    }
    return new Peer(key, (JSON.parse(first.value) as { ready: string }).ready, child, lines);
  }
  async ask(workload: string): Promise<Slice> {
    this.process.stdin?.write(`${JSON.stringify({ workload, budgetMs: Number(settings.slice) })}\n`);
    const answer = await this.lines.next();
    if (answer.done === true) throw new Error(`${this.key} ended during "${workload}"`);
    return JSON.parse(answer.value) as Slice;
  }
  stop(): void {
    this.process.stdin?.end();
  }
}

interface Measured {
  /** Milliseconds: median of the slices' medians, or the shortest call with --best. */
  readonly time: number;
  readonly minimum: number;
  readonly slices: readonly number[];
}
const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] as number;

async function measure(workload: Workload, peers: readonly Peer[]): Promise<Map<string, Measured | string>> {
  const slices = new Map<string, Slice[]>(peers.map(({ key }) => [key, []]));
  const failed = new Map<string, string>();
  for (let round = 0; round < Number(settings.rounds); round++)
    for (const peer of peers) {
      if (failed.has(peer.key)) continue;
      const slice = await peer.ask(workload.id);
      if (slice.error !== undefined) failed.set(peer.key, slice.error);
      else slices.get(peer.key)?.push(slice);
    }
  return new Map(
    peers.map(({ key }) => {
      const own = slices.get(key) ?? [];
      const medians = own.map((slice) => slice.median as number);
      const minimum = Math.min(...own.map((slice) => slice.minimum as number));
      const typical = settings.best ? minimum : median(medians);
      return [key, failed.get(key) ?? { time: typical, slices: medians, minimum }];
    }),
  );
}

async function startPeers(): Promise<Peer[]> {
  const starts = [Peer.start("ours", process.execPath, [tsx, path("peers/ours.ts")])];
  if (settings.threads !== undefined) {
    const environment = { GRADBOOK_THREADS: settings.threads };
    starts.push(Peer.start("threads", process.execPath, [tsx, path("peers/ours.ts")], environment));
  }
  for (const entry of settings.node) {
    const [key = "", command = ""] = entry.split("=");
    starts.push(Peer.start(key, command, [tsx, path("peers/ours.ts")]));
  }
  starts.push(Peer.start("torch", settings.torch, [path("peers/pytorch.py"), sizes]));
  if (settings.tfjs) starts.push(Peer.start("tfjs", process.execPath, [path("peers/tfjs.mjs"), sizes]));
  return (await Promise.all(starts)).filter((peer) => peer !== null);
}

const digits = (ms: number): string => ms.toFixed(ms < 1 ? 3 : ms < 10 ? 2 : 1);

function row(workload: Workload, peers: readonly Peer[], results: Map<string, Measured | string>): string {
  const torch = results.get("torch");
  const cells = peers.map(({ key, name }) => {
    const result = results.get(key);
    if (result === undefined || typeof result === "string") return "-";
    const speed =
      workload.operations === undefined
        ? ""
        : `, ${(workload.operations / result.time / 1e6).toFixed(0)} GFLOP/s`;
    if (key === "torch" || torch === undefined || typeof torch === "string")
      return `${digits(result.time)}${speed}`;
    const ratio = torch.time / result.time;
    const target = name.startsWith("gradbook")
      ? name.includes("path wide")
        ? workload.wide
        : workload.fma
      : 0;
    const mark = target === 0 ? "" : ratio >= target ? ` (>= ${target})` : ` (**below ${target}**)`;
    return `${digits(result.time)}${speed}, ${ratio.toFixed(2)}×${mark}`;
  });
  return `| ${workload.id} | ${cells.join(" | ")} |`;
}

const peers = await startPeers();
const chosen = workloads.filter(({ id }) => new RegExp(settings.only).test(id));
console.log(
  `${cpus()[0]?.model ?? "unknown processor"}, ${new Date().toISOString().slice(0, 10)}, ${settings.rounds} rounds\n`,
);
console.log(`| ${settings.best ? "shortest" : "median"} ms | ${peers.map(({ name }) => name).join(" | ")} |`);
console.log(`| --- |${" --- |".repeat(peers.length)}`);
const all: Record<string, unknown> = {};
for (const workload of chosen) {
  const results = await measure(workload, peers);
  all[workload.id] = Object.fromEntries(results);
  console.log(row(workload, peers, results));
}
if (settings.json !== undefined) writeFileSync(settings.json, JSON.stringify(all, null, 1));
for (const peer of peers) peer.stop();
