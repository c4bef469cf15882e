import { checkNumber, checkOptions, errorText, rejectUnknownOptions, showValue } from "../errors.js";
import { createRandom } from "../random.js";
import { compareValues, type Tolerance } from "./compare.js";
import { Draw, shrink } from "./draw.js";
import { isNotFilledIn } from "./notFilledIn.js";
import { CheckReport } from "./report.js";
import { checkName } from "./subject.js";
import { valueText } from "./values.js";

/** What a law says of one case: that it holds, or two values that must be equal `[left, right]`. */
export type LawResult = boolean | readonly [unknown, unknown];

/** Settings of a property check. */
export interface PropertyOptions extends Tolerance {
  /** Cases to try; default 100. */
  readonly cases?: number;
  /** Seed of the cases; default 0. Checks of different names draw different cases. */
  readonly seed?: number;
}

interface Failure {
  readonly kind: "property" | "error";
  readonly message: string;
  readonly left: string;
  readonly right: string;
  readonly worst: CheckReport["worst"];
}

/**
 * Checks a law on generated inputs, and shows the smallest input found that breaks it.
 *
 * @param name the law, in words or as a formula
 * @param given draws the inputs of one case: `(draw) => ({ n: draw.integer(1, 7), x: draw.vector(5) })`
 * @param law returns true when it holds, or `[left, right]`, two values that must agree within the tolerance
 * @param options.cases default 100
 * @param options.seed default 0
 * @param options.rtol, options.atol as in `check.reference`
 * @throws {NotFilledIn} when the answer is a blank
 * @example
 * check.property("addition commutes", (draw) => ({ a: draw.number(), b: draw.number() }), ({ a, b }) => [a + b, b + a]).passed // true
 * check.property("all numbers are small", (draw) => draw.integer(0, 1000), (n) => n < 10).got // 10
 */
export function property<T>(
  name: string,
  given: (draw: Draw) => T,
  law: (values: T) => LawResult,
  options: PropertyOptions = {},
): CheckReport {
  const where = "check.property";
  checkName(where, name);
  if (typeof given !== "function" || typeof law !== "function")
    throw new TypeError(
      errorText(
        where,
        `given and law must be functions, got ${showValue(given)} and ${showValue(law)}`,
        "",
        "(name, (draw) => values, (values) => true or [left, right])",
      ),
    );
  checkOptions(where, options);
  const { cases = 100, seed = 0, rtol, atol, ...rest } = options;
  rejectUnknownOptions(where, rest, ["cases", "seed", "rtol", "atol"]);
  checkNumber(where, "cases", cases, { integer: true, min: 1 });
  const random = createRandom(seed).split(name);
  const outputs: unknown[] = [];
  const judge = (values: T, keep: boolean): Failure | null => {
    let result: LawResult;
    try {
      result = law(values);
    } catch (error) {
      if (isNotFilledIn(error)) throw error;
      const text = error instanceof Error ? `${error.name}: ${error.message}` : valueText(error);
      return {
        kind: "error",
        message: `the answer stopped with ${text}`,
        left: text,
        right: "",
        worst: null,
      };
    }
    if (typeof result === "boolean")
      return result
        ? null
        : { kind: "property", message: "the law does not hold", left: "", right: "", worst: null };
    if (!Array.isArray(result) || result.length !== 2)
      throw new TypeError(
        errorText(where, `law must return true, false or [left, right], got ${showValue(result)}`),
      );
    if (keep) outputs.push(result);
    const { equal, problem, worst } = compareValues(result[0], result[1], { rtol, atol });
    if (equal) return null;
    return {
      kind: "property",
      message: problem,
      left: valueText(result[0]),
      right: valueText(result[1]),
      worst,
    };
  };
  let broken: readonly number[] | null = null;
  let last = cases;
  for (let i = 0; i < last; i++) {
    const draw = new Draw(random);
    if (judge(given(draw), true) === null || broken !== null) continue;
    broken = draw.choices;
    // A few more cases, so that known mistakes can be told apart by their outputs.
    last = Math.min(cases, i + 8);
  }
  if (broken === null)
    return new CheckReport({ kind: "property", name, passed: true, detail: `${cases} cases`, outputs });
  const smallest = new Draw(
    random,
    shrink(broken, (choices) => judge(given(new Draw(random, choices)), false) !== null),
  );
  const values = given(smallest);
  const shown = valueText(values);
  const failure = judge(values, false)!;
  return new CheckReport({
    kind: failure.kind,
    name,
    passed: false,
    message: `for ${shown}: ${failure.message}`,
    expected: failure.right,
    got: failure.left === "" ? shown : failure.left,
    worst: failure.worst,
    outputs,
  });
}
