import { expect, test } from "vitest";
import * as updates from "../../../src/optim/updates.js";

test("every rule is a function of parameter, gradient, state and options", () => {
  const rules = Object.entries(updates) as [string, (...parts: unknown[]) => { parameter: number[] }][];
  expect(rules.length).toBeGreaterThanOrEqual(2);
  for (const [name, rule] of rules) {
    const { parameter } = rule([1, -1], [1, -1], {}, { learningRate: 0.1 });
    // All of them go downhill.
    expect(Math.abs(parameter[0]!), name).toBeLessThan(1);
    expect(parameter[1], name).toBe(-parameter[0]!);
  }
});
