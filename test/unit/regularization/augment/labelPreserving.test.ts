import { expect, test } from "vitest";
import { labelPreserving } from "../../../../src/regularization/augment/labelPreserving.js";

test.each([
  ["rotate", "digits", { angle: 15 }, true],
  ["rotate", "digits", { angle: 180 }, false], // a 6 turned over is a 9
  ["flipHorizontal", "digits", {}, false],
  ["flipHorizontal", "objects", {}, true],
  ["flipVertical", "objects", {}, false],
  ["rotate", "aerial", { angle: 180 }, true],
  ["colorJitter", "color", {}, false],
  ["elastic", "letters", {}, true],
] as const)("%s keeps the label of %s with %o: %s", (name, task, options, expected) => {
  expect(labelPreserving(name, task, options)).toBe(expected);
});

test("unknown names are refused", () => {
  expect(() => labelPreserving("rotat" as never, "digits")).toThrowErrorMatchingInlineSnapshot(`
    [RangeError: labelPreserving: name must be "flipHorizontal" or "flipVertical" or "rotate" or "translate" or "scale" or "shear" or "affine" or "elastic" or "crop" or "colorJitter", got "rotat"
      help: did you mean "rotate"?]
  `);
  expect(() => labelPreserving("rotate", "cats" as never)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: labelPreserving: task must be "digits" or "letters" or "objects" or "texture" or "aerial" or "color", got "cats"]`,
  );
});
