// A long session: does the kernel's memory stay, and does a cell stay fast when thousands have been declared before it?
//
//   npm run build && npx tsx bench/kernel/soak.ts                      2,000 cells, then 5,000 declarations
//   npx tsx bench/kernel/soak.ts --cells 500 --declarations 1000
//
// Memory is resident memory of each process in MB, from `ps`. Times in milliseconds: minimum and median.
import { execFileSync } from "node:child_process";
import { loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { cellMs, median, type Peer, startPeer } from "./peer.js";

const { values: settings } = parseArgs({
  options: {
    cells: { type: "string", default: "2000" },
    declarations: { type: "string", default: "5000" },
  },
});

/** What a session does over and over: the same names with other values, functions, classes, text, pictures, errors. */
const kinds: readonly ((i: number) => string)[] = [
  (i) => `let x${i % 20} = ${i}`,
  (i) => `${i} + 1`,
  (i) => `function f${i % 10}(n: number) { return n + ${i} }\nf${i % 10}(1)`,
  (i) => `class C${i % 5} { value = ${i} }\nnew C${i % 5}()`,
  (i) => `for (let k = 0; k < 100; k++) console.log(${i}, k)`,
  (i) => `display.svg('<svg xmlns="http://www.w3.org/2000/svg"><text>${i}</text></svg>')`,
  (i) => `const big = new Float64Array(100_000).fill(${i}); big.length`,
  (i) => `await new Promise((resolve) => setTimeout(resolve, ${i % 2}))`,
  (i) => `throw new Error("${i}")`,
  (i) => `let wrong: string = ${i}`,
];

interface Memory {
  readonly supervisor: number;
  readonly compiler: number;
  readonly session: number;
}

function memoryOf(peer: Peer): Memory {
  const rows = execFileSync("ps", ["-A", "-o", "pid=,ppid=,rss=,args="], { encoding: "utf8" })
    .split("\n")
    .flatMap((line) => {
      const [, pid, parent, kilobytes, args] = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
      return args === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), kilobytes, args }];
    });
  const own = peer.process.pid;
  const megabytes = (matches: (row: (typeof rows)[number]) => boolean): number =>
    Math.round(Number(rows.find(matches)?.kilobytes ?? Number.NaN) / 1024);
  return {
    supervisor: megabytes(({ pid }) => pid === own),
    compiler: megabytes(({ parent, args }) => parent === own && !args.includes("sessionMain")),
    session: megabytes(({ parent, args }) => parent === own && args.includes("sessionMain")),
  };
}

const row = (...cells: readonly (string | number)[]): void =>
  console.log(cells.map((cell) => String(cell).padStart(16)).join(""));
const times = (values: readonly number[]): string =>
  `${Math.min(...values).toFixed(1)} / ${median(values).toFixed(1)}`;

async function soak(peer: Peer, count: number): Promise<void> {
  console.log(`\n${count} cells of ${kinds.length} kinds`);
  row("cells", "ms a cell", "supervisor MB", "compiler MB", "session MB");
  let block: number[] = [];
  for (let i = 0; i < count; i++) {
    const start = performance.now();
    const code = kinds[i % kinds.length]!(i);
    const { reply } = await peer.client.execute(code);
    block.push(performance.now() - start);
    const shouldFail = i % kinds.length >= kinds.length - 2;
    if ((reply.status === "error") !== shouldFail) throw new Error(`${code}: ${JSON.stringify(reply)}`);
    if ((i + 1) % Math.max(1, Math.floor(count / 8)) > 0) continue;
    const { supervisor, compiler, session } = memoryOf(peer);
    row(i + 1, times(block), supervisor, compiler, session);
    block = [];
    // the client of the tests keeps every message: that is its memory, not the kernel's
    peer.client.received.length = 0;
  }
}

async function declare(peer: Peer, count: number): Promise<void> {
  console.log("\nA cell after many declarations (a notebook of this course declares some 25 names)");
  row("declarations", "let x = 1", "1 + i", "completion", "compiler MB");
  const perCell = 25;
  for (let done = 0; done < count; ) {
    const next = [100, 1000].find((stop) => stop > done && stop <= count) ?? count;
    for (; done < next; done += perCell) {
      const names = Array.from({ length: perCell }, (_, k) => done + k);
      await cellMs(peer.client, names.map((k) => `const name${k} = { value: ${k} };`).join("\n"));
    }
    const [lets, sums, completions]: number[][] = [[], [], []];
    for (let i = 0; i < 20; i++) {
      lets!.push(await cellMs(peer.client, `let y = ${i}`));
      sums!.push(await cellMs(peer.client, `1 + ${done + i}`));
      const start = performance.now();
      await peer.client.request("shell", "complete_request", { code: "name1", cursor_pos: 5 });
      completions!.push(performance.now() - start);
    }
    row(done, times(lets!), times(sums!), times(completions!), memoryOf(peer).compiler);
  }
}

const main = fileURLToPath(new URL("../../dist/kernel/main.js", import.meta.url));
const peer = await startPeer(
  [process.execPath, main, "{connection_file}"],
  fileURLToPath(new URL("../..", import.meta.url)),
);
try {
  console.log(
    `${new Date().toISOString().slice(0, 10)}  Node ${process.version}, load ${loadavg()[0]?.toFixed(1)}`,
  );
  await soak(peer, Number(settings.cells));
  await declare(peer, Number(settings.declarations));
} finally {
  await peer.stop();
}
