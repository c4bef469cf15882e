import { expect, test } from "vitest";
import { parentIsGone, watchParent } from "../../../../kernel/server/parentWatch.js";

/** A machine on which `alive` lives and the parent's number is `ppid`. */
const machine = (parentPid: number | null, ppid: number, alive: number[]) => {
  const state = { ppid, alive };
  return {
    state,
    probe: { parentPid, ppid: () => state.ppid, isAlive: (pid: number) => state.alive.includes(pid) },
  };
};

test("a parent that ends is noticed by the change of parent", () => {
  const { state, probe } = machine(null, 50, []);
  const isGone = parentIsGone(probe);
  expect(isGone()).toBe(false);
  state.ppid = 1;
  expect(isGone()).toBe(true);
});

test("the named parent counts even when its number lives on in a new process", () => {
  const { state, probe } = machine(50, 50, [50]);
  const isGone = parentIsGone(probe);
  expect(isGone()).toBe(false);
  state.ppid = 1;
  expect(isGone()).toBe(true);
});

test("a launcher between client and kernel may end", () => {
  const { state, probe } = machine(40, 50, [40, 50]);
  const isGone = parentIsGone(probe);
  state.ppid = 1;
  expect(isGone()).toBe(false);
  state.alive = [];
  expect(isGone()).toBe(true);
});

test("a kernel that process 1 started is not an orphan", () => {
  const { probe } = machine(null, 1, []);
  expect(parentIsGone(probe)()).toBe(false);
});

test("watchParent calls end once", async () => {
  let ends = 0;
  const { state, probe } = machine(40, 40, [40]);
  await new Promise<void>((resolve) => {
    watchParent(() => {
      ends++;
      resolve();
    }, probe);
    state.alive = [];
    // the watch's own timer does not keep a process alive; this one does
    setTimeout(() => {}, 1500);
  });
  expect(ends).toBe(1);
});
