// The conformance suites on two threads. What is shared is tested in unit/engine/threads.
import { availableParallelism } from "node:os";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { configure, status } from "../../src/engine/control.js";
import { activeEngine } from "../../src/engine/engine.js";
import { worthSharing } from "../../src/engine/threads/threadedEngine.js";
import { useBuiltHelpers } from "../support/helperProgram.js";
import { engineSuite } from "./engine.js";
import { engineConvSuite } from "./engineConv.js";

describe.skipIf(availableParallelism() < 2)("two threads", () => {
  const usual = { ...worthSharing };
  beforeAll(() => {
    useBuiltHelpers();
    // everything that can be shared is
    Object.assign(worthSharing, { operations: 0, numbers: 32 });
    configure({ threads: 2 });
  });
  afterAll(() => {
    Object.assign(worthSharing, usual);
    configure({ threads: 1 });
  });

  test("are in use", () => {
    expect(status().threads).toBe(2);
  });

  engineSuite({ makeEngine: () => activeEngine() });
  engineConvSuite({ makeEngine: () => activeEngine() });
});
