import { checkOptions, rejectUnknownOptions } from "../errors.js";
import { compareValues, type Tolerance } from "./compare.js";
import { diagnose } from "./diagnosis.js";
import { isNotFilledIn } from "./notFilledIn.js";
import { CheckReport } from "./report.js";
import { checkName } from "./subject.js";
import { valueText } from "./values.js";

/**
 * Compares an answer with a reference: numbers, (nested) arrays, typed arrays, Tensors, or objects of these.
 *
 * Kind, shape and dtype are compared first, then every number: `|got − expected| ≤ atol + rtol·|expected|`. A number that
 * is not finite fails unless the same one is expected. A wrong result is compared with known mistakes, and named if it
 * is one.
 *
 * @param name what is checked, in the reader's words
 * @param got the value, or a function that computes it; what the function throws becomes the report's message
 * @param expected the value it must have, from an independent source
 * @param options.rtol default 1e-9, with float32 numbers 2e-5
 * @param options.atol default 1e-11, with float32 numbers 1e-6
 * @throws {NotFilledIn} when the function's answer is a blank
 * @example
 * check.reference("the worked example", () => [1, 2, 3].map((x) => x * x), [1, 4, 9]).passed // true
 * check.reference("sum", 6, 7).message // expected 7, got 6
 */
export function reference(
  name: string,
  got: unknown,
  expected: unknown,
  options: Tolerance = {},
): CheckReport {
  const where = "check.reference";
  checkName(where, name);
  checkOptions(where, options);
  const { rtol, atol, ...rest } = options;
  rejectUnknownOptions(where, rest, ["rtol", "atol"]);
  let value = got;
  if (typeof got === "function") {
    try {
      value = got();
    } catch (error) {
      if (isNotFilledIn(error)) throw error;
      return thrown(name, error, valueText(expected));
    }
  }
  const { equal, problem, worst, compared } = compareValues(value, expected, { rtol, atol });
  return new CheckReport({
    kind: "reference",
    name,
    passed: equal,
    message: problem,
    diagnosis: equal ? "" : diagnose(value, expected),
    expected: valueText(expected),
    got: valueText(value),
    worst,
    detail: compared > 1 ? `${compared} numbers` : "",
    outputs: [value],
  });
}

/** The report of an answer that threw. */
export function thrown(name: string, error: unknown, expected = ""): CheckReport {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : valueText(error);
  return new CheckReport({
    kind: "error",
    name,
    passed: false,
    message: `the answer stopped with ${text}`,
    expected,
    got: text,
  });
}
