import { spawn } from "node:child_process";
import { describe, expect, test } from "vitest";
import { Interrupted } from "../../../../kernel/run/errors.js";
import { makeInterrupts } from "../../../../kernel/run/interrupt.js";
import { FLAG, INSIDE, OUTSIDE, PLACE, SIGNALLED } from "../../../../kernel/run/interruptState.js";

describe("race", () => {
  test("gives the value or the error of its work", async () => {
    const { race } = makeInterrupts();
    expect(await race(() => 1)).toBe(1);
    expect(await race(async () => 2)).toBe(2);
    await expect(race(() => Promise.reject(new RangeError("x")))).rejects.toThrow(new RangeError("x"));
  });
  test("rejects when it is interrupted, though its work never ends", async () => {
    const { race, interrupt } = makeInterrupts();
    const raced = race(() => new Promise(() => {}));
    expect(interrupt()).toBe(true);
    await expect(raced).rejects.toThrow(Interrupted);
    expect(interrupt()).toBe(false);
  });
  test("forgets an interrupt that came before or after", async () => {
    const { race, interrupt, shared } = makeInterrupts();
    expect(interrupt()).toBe(false);
    shared[FLAG] = 1;
    expect(await race(() => shared[FLAG])).toBe(0);
  });
});

test("stop lowers the flag and throws", () => {
  const { stop, shared } = makeInterrupts();
  shared[FLAG] = 1;
  expect(stop).toThrow(Interrupted);
  expect(shared[FLAG]).toBe(0);
});

describe("guard", () => {
  test("says that the main thread is inside, and that it left", () => {
    const { guard, shared } = makeInterrupts();
    expect(guard(() => shared[PLACE])).toBe(INSIDE);
    expect(shared[PLACE]).toBe(OUTSIDE);
    expect(() =>
      guard(() => {
        throw new RangeError("x");
      }),
    ).toThrow(new RangeError("x"));
    expect(shared[PLACE]).toBe(OUTSIDE);
  });
  test("does not leave while a signal is on its way", () => {
    const { guard, shared } = makeInterrupts();
    // The signal is raised by another thread in the session; here by a child process, after the work has ended.
    const work = (): string => {
      Atomics.store(shared, PLACE, SIGNALLED);
      return "done";
    };
    const raise = `setTimeout(() => process.kill(${process.pid}, "SIGINT"), 50)`;
    process.on("SIGINT", () => {}); // the runner of the tests must not see it
    spawn(process.execPath, ["-e", raise]);
    expect(() => guard(work)).toThrow(expect.objectContaining({ code: "ERR_SCRIPT_EXECUTION_INTERRUPTED" }));
    expect(shared[PLACE]).toBe(OUTSIDE);
  });
});
