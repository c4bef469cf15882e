import { expect, test } from "vitest";
import { InterruptLadder } from "../../../../kernel/run/interruptLadder.js";

test("the rungs come in their order, once each, though the user insists", async () => {
  const taken: string[] = [];
  await new Promise<void>((resolve) => {
    const ladder = new InterruptLadder(
      {
        signal: () => taken.push("signal"),
        flag: () => {
          taken.push("flag");
          ladder.climb();
        },
        terminate: () => taken.push("terminate"),
        kill: () => {
          taken.push("kill");
          resolve();
        },
      },
      { flagMs: 1, terminateMs: 10, killMs: 20 },
    );
    ladder.climb();
  });
  expect(taken).toEqual(["signal", "flag", "signal", "terminate", "kill"]);
});

test("nothing follows when the cell has ended", async () => {
  const taken: string[] = [];
  const note = (rung: string) => () => taken.push(rung);
  const rungs = {
    signal: note("signal"),
    flag: note("flag"),
    terminate: note("terminate"),
    kill: note("kill"),
  };
  const ladder = new InterruptLadder(rungs, { flagMs: 0, terminateMs: 0, killMs: 0 });
  ladder.climb();
  ladder.stop();
  // a timer set later with the same delay runs after the ones that were stopped
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(taken).toEqual(["signal"]);
});
