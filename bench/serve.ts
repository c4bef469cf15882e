// The peer's side of the interleaved run. The coordinator writes `{"workload": …, "budgetMs": …}` lines; the peer answers each
// with one line of JSON: median and minimum time of its calls within the budget.
import { createInterface } from "node:readline";

/** Prepares a workload; the returned function runs it once and may return the milliseconds of the part that counts. */
export type Prepare = () => (() => number | undefined) | Promise<() => number | undefined>;

export interface Slice {
  readonly workload: string;
  readonly median?: number;
  readonly minimum?: number;
  readonly calls?: number;
  readonly error?: string;
}

const warmUpMs = 300;

function time(run: () => number | undefined): number {
  const start = performance.now();
  const own = run();
  return own ?? performance.now() - start;
}

async function slice(workload: string, budgetMs: number, run: () => number | undefined): Promise<Slice> {
  run();
  const times: number[] = [];
  const start = performance.now();
  do times.push(time(run));
  while (performance.now() - start < budgetMs);
  times.sort((a, b) => a - b);
  return {
    workload,
    median: times[times.length >> 1] as number,
    minimum: times[0] as number,
    calls: times.length,
  };
}

/** Answers requests until the input ends. */
export async function serve(name: string, prepare: ReadonlyMap<string, Prepare>): Promise<void> {
  const ready = new Map<string, () => number | undefined>();
  console.log(JSON.stringify({ ready: name }));
  for await (const line of createInterface({ input: process.stdin })) {
    const { workload, budgetMs } = JSON.parse(line) as { workload: string; budgetMs: number };
    let answer: Slice;
    try {
      const make = prepare.get(workload);
      if (make === undefined) throw new Error("not available");
      let run = ready.get(workload);
      if (run === undefined) {
        run = await make();
        ready.clear(); // one workload's memory at a time
        ready.set(workload, run);
        const start = performance.now();
        for (let i = 0; i < 3 || performance.now() - start < warmUpMs; i++) run();
        // Optimized code is compiled in the background; give it a moment.
        await new Promise((resolve) => setTimeout(resolve, 30));
      }
      answer = await slice(workload, budgetMs, run);
    } catch (error) {
      answer = { workload, error: String((error as Error).message ?? error).slice(0, 200) };
    }
    console.log(JSON.stringify(answer));
  }
}
