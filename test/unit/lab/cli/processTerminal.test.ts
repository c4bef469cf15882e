import { EventEmitter } from "node:events";
import { expect, test } from "vitest";
import { interruptSignal, processTerminal } from "../../../../lab/cli/processTerminal.js";

test.each(["SIGINT", "SIGTERM", "SIGHUP"])(
  "%s aborts the signal, and a second one changes nothing",
  (name) => {
    const source = new EventEmitter();
    const signal = interruptSignal(source);
    expect(signal.aborted).toBe(false);
    source.emit(name);
    source.emit(name);
    expect(signal.aborted).toBe(true);
  },
);

test("the clock runs forward and the width is known without a screen", () => {
  const terminal = processTerminal();
  expect(terminal.columns).toBeGreaterThan(0);
  expect(terminal.now()).toBeLessThanOrEqual(terminal.now());
});
