import { availableParallelism } from "node:os";
import { afterEach, expect, test } from "vitest";
import { missingForThreads, program } from "../../../../src/engine/threads/startThreads.js";
import { useBuiltHelpers } from "../../../support/helperProgram.js";

const uncompiled = program.url;
afterEach(() => {
  program.url = uncompiled;
});

test("one thread always runs", () => {
  expect(missingForThreads(1)).toBe(null);
});

test("not more threads than cores", () => {
  const cores = availableParallelism();
  expect(missingForThreads(cores + 1)).toBe(
    `threads must be at most ${cores}, the cores this process may use, got ${cores + 1}`,
  );
});

test.skipIf(availableParallelism() < 2)("a helper needs its program", () => {
  expect(missingForThreads(2)).toBe("threads must be 1 where the sources run uncompiled, got 2");
  useBuiltHelpers();
  expect(missingForThreads(2)).toBe(null);
});
