import { expect, test } from "vitest";
import { tensor } from "../../../../src/index.js";
import { compose } from "../../../../src/regularization/augment/compose.js";

test("steps run in order; none changes nothing", () => {
  expect(compose([(x) => x.mul(2), (x) => x.add(1)])(tensor([3])).toArray()).toEqual([7]);
  expect(compose([])(tensor([3])).toArray()).toEqual([3]);
});

test("what is no function is refused", () => {
  expect(() => compose([5 as never])).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: compose: steps must be a list of functions, got 5 at index 0]`,
  );
  expect(() => compose("flip" as never)).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: compose: steps must be a list of functions, got "flip"]`,
  );
});
