import { Command, InvalidArgumentError } from "commander";
import { expect, test } from "vitest";
import { addRun, positiveNumber } from "../../../../lab/cli/run.js";

test("run has the expected options and defaults", () => {
  const program = new Command();
  addRun(program);
  const [run] = program.commands;
  expect(run!.options.map(({ flags, defaultValue }) => [flags, defaultValue])).toEqual([
    ["-o, --output <dir>", "out"],
    ["--html", undefined],
    ["--timeout <seconds>", undefined],
    ["--allow-errors", undefined],
  ]);
  expect(run!.registeredArguments[0]).toMatchObject({ required: true, variadic: true });
});

test.each(["0", "-1", "x", "Infinity", ""])("a time limit of %j is refused", (value) => {
  expect(() => positiveNumber(value)).toThrow(
    new InvalidArgumentError("must be a number of seconds greater than 0"),
  );
});

test("a time limit may be a fraction of a second", () => {
  expect(positiveNumber("0.5")).toBe(0.5);
});
