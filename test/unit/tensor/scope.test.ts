import { expect, test } from "vitest";
import { tensor } from "../../../src/tensor/create.js";
import "../../../src/tensor/methods.js";
import { scope } from "../../../src/tensor/scope.js";
import { errorOf } from "../../support/errorOf.js";

// What happens to memory is in test/unit/engine/memory.test.ts.

test("returns what the function returns, and passes errors on", () => {
  expect(scope(() => tensor([1, 2]).mul(2)).toArray()).toEqual([2, 4]);
  expect(scope(() => 5)).toBe(5);
  expect(() =>
    scope(() => {
      throw new Error("inside");
    }),
  ).toThrow("inside");
});

test("refuses what is not a synchronous function", () => {
  expect(errorOf(() => scope(5 as unknown as () => void))).toBe(
    "TypeError: scope: takes a function, got 5\n  help: scope(() => { ... })",
  );
  expect(errorOf(() => scope(async () => 1))).toBe(
    "TypeError: scope: the function must not be async\n  help: await first and put only the tensor arithmetic inside scope",
  );
});
