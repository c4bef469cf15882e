import { expect, test } from "vitest";
import { ProgressLine } from "../../../../grader/command/progressLine.js";
import { MemoryTerminal } from "../../../support/memoryTerminal.js";

const cell = (state: "started" | "ended", position: number) => ({
  state,
  position,
  total: 3,
  index: position,
});

test("in a log: a line per cell when it ends", () => {
  const terminal = new MemoryTerminal();
  const progress = new ProgressLine(terminal, "course/a.ipynb");
  progress.report(cell("started", 1));
  progress.report(cell("ended", 1));
  // started at 100 ms, cell at 200, ended at 300, asked at 400
  expect(progress.end()).toBe(300);
  expect(terminal.errors).toBe("a.ipynb: cell 1/3  0.1 s  (total 0.2 s)\n");
});

test("on a screen: one line that changes in place and is removed in the end", () => {
  const terminal = new MemoryTerminal({ isInteractive: true });
  const progress = new ProgressLine(terminal, "course/a.ipynb");
  progress.report(cell("started", 2));
  progress.report(cell("ended", 2));
  progress.end();
  expect(terminal.errors.split("\r\u001b[K")).toEqual([
    "",
    "a.ipynb: starting the kernel",
    "a.ipynb: cell 2/3  0.1 s  (total 0.2 s)",
    "",
  ]);
});
