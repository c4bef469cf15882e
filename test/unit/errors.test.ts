import { describe, expect, test } from "vitest";
import {
  checkBoolean,
  checkChoice,
  checkNumber,
  checkOptions,
  errorText,
  nearestName,
  rejectUnknownOptions,
  ShapeError,
  showShape,
  showValue,
} from "../../src/errors.js";

test("errorText puts shapes and help on lines of their own and leaves out what is empty", () => {
  expect(errorText("f", "x must be 1, got 2")).toBe("f: x must be 1, got 2");
  expect(errorText("f", "x must be 1, got 2", "x [2]", "pass 1")).toBe(
    "f: x must be 1, got 2\n  x [2]\n  help: pass 1",
  );
});

test("ShapeError is a RangeError with its own name", () => {
  const error = new ShapeError("no");
  expect(error).toBeInstanceOf(RangeError);
  expect(String(error)).toBe("ShapeError: no");
});

describe("showValue", () => {
  test.each([
    [undefined, "undefined"],
    [null, "null"],
    [1.5, "1.5"],
    [-0, "-0"],
    [Number.NaN, "NaN"],
    [3n, "3n"],
    ["a", '"a"'],
    ["x".repeat(70), `"${"x".repeat(57)}..."`],
    [true, "true"],
    [[1, "b", [2]], '[1, "b", [2]]'],
    [[1, 2, 3, 4, 5, 6, 7, 8], "[1, 2, 3, 4, 5, 6, ... 8 values]"],
    [{}, "{}"],
    [{ a: 1, b: 2 }, "{a, b}"],
    [{ a: 1, b: 2, c: 3, d: 4, e: 5, f: 6 }, "{a, b, c, d, e, ...}"],
    [Float32Array.of(1, 2), "Float32Array(2)"],
    [new Map(), "Map"],
    [Math.max, "function max"],
    [() => 0, "a function"],
  ])("%o is shown as %s", (value, text) => {
    expect(showValue(value)).toBe(text);
  });

  test("showShape", () => {
    expect(showShape([2, 3])).toBe("[2, 3]");
    expect(showShape([])).toBe("[]");
  });
});

describe("nearestName", () => {
  const known = ["learningRate", "momentum", "weightDecay", "dim", "keepDim"];
  test.each([
    ["lr", "learningRate"],
    ["learningrate", "learningRate"],
    ["learning_rate", "learningRate"],
    ["learnignRate", "learningRate"],
    ["momentun", "momentum"],
    ["weight_decay", "weightDecay"],
    ["axis", "dim"],
    ["keepdims", "keepDim"],
    ["banana", undefined],
    ["toString", undefined],
    ["constructor", undefined],
  ])("%s -> %s", (name, nearest) => {
    expect(nearestName(name, known)).toBe(nearest);
  });
});

describe("rejectUnknownOptions", () => {
  test("accepts nothing left over", () => {
    expect(() => rejectUnknownOptions("SGD", {}, ["momentum"])).not.toThrow();
  });

  test("suggests the nearest name", () => {
    expect(() => rejectUnknownOptions("Adam", { lr: 1 }, ["learningRate", "beta1"])).toThrow(
      new TypeError('Adam: unknown option "lr"\n  help: did you mean "learningRate"?'),
    );
  });

  test("lists the options when nothing is near", () => {
    expect(() => rejectUnknownOptions("Adam", { banana: 1 }, ["learningRate", "beta1"])).toThrow(
      new TypeError('Adam: unknown option "banana"\n  help: the options are learningRate, beta1'),
    );
    expect(() => rejectUnknownOptions("f", { banana: 1 })).toThrow(
      new TypeError('f: unknown option "banana"'),
    );
  });
});

test.each([1, null, "a", [1], Float32Array.of(1)])("checkOptions rejects %o", (value) => {
  expect(() => checkOptions("f", value)).toThrow(
    TypeError(`f: options must be an object, got ${showValue(value)}`),
  );
  expect(() => checkOptions("f", {})).not.toThrow();
});

describe("checkNumber", () => {
  test("returns what fits", () => {
    expect(checkNumber("f", "x", 1, { integer: true, min: 1, max: 1 })).toBe(1);
    expect(checkNumber("f", "x", 0.5, { above: 0, below: 1 })).toBe(0.5);
  });

  test.each([
    ["1", {}, 'f: x must be a finite number, got "1"'],
    [undefined, { min: 0 }, "f: x must be a finite number at least 0, got undefined"],
  ])("%o is the wrong kind", (value, bounds, text) => {
    expect(() => checkNumber("f", "x", value, bounds)).toThrow(new TypeError(text));
  });

  test.each([
    [Number.NaN, {}, "f: x must be a finite number, got NaN"],
    [Infinity, { min: 0 }, "f: x must be a finite number at least 0, got Infinity"],
    [1.5, { integer: true }, "f: x must be a whole number, got 1.5"],
    [3, { integer: true, min: 0, max: 2 }, "f: x must be a whole number from 0 to 2, got 3"],
    [3, { max: 2 }, "f: x must be a finite number at most 2, got 3"],
    [0, { above: 0 }, "f: x must be a finite number greater than 0, got 0"],
    [1, { min: 0, below: 1 }, "f: x must be a finite number at least 0 and less than 1, got 1"],
    [1, { below: 1, help: "pass 0.5" }, "f: x must be a finite number less than 1, got 1\n  help: pass 0.5"],
  ])("%o with %o is out of range", (value, bounds, text) => {
    expect(() => checkNumber("f", "x", value, bounds)).toThrow(new RangeError(text));
  });
});

test("checkBoolean", () => {
  expect(checkBoolean("f", "x", false)).toBe(false);
  expect(() => checkBoolean("f", "x", 0)).toThrow(new TypeError("f: x must be true or false, got 0"));
});

test("checkChoice", () => {
  const modes = ["full", "same"] as const;
  expect(checkChoice("f", "mode", "same", modes)).toBe("same");
  expect(() => checkChoice("f", "mode", "sane", modes)).toThrow(
    new RangeError('f: mode must be "full" or "same", got "sane"\n  help: did you mean "same"?'),
  );
  expect(() => checkChoice("f", "mode", 1, modes)).toThrow(
    new TypeError('f: mode must be "full" or "same", got 1'),
  );
});
