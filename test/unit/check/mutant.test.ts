import { expect, test } from "vitest";
import { Mutant, mutant } from "../../../src/check/mutant.js";

test("keeps the sentence and the wrong solution", () => {
  const wrong = (x: number): number => x;
  const one = mutant("You forgot the square.", wrong);
  expect(one).toBeInstanceOf(Mutant);
  expect([one.diagnosis, one.solution]).toEqual(["You forgot the square.", wrong]);
});

test("rejects a mutant without a sentence or a solution", () => {
  expect(() => mutant("", () => 1)).toThrow(TypeError);
  expect(() => mutant("wrong", undefined)).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: check.mutant: wrongSolution must be a solution, got undefined]`,
  );
});
