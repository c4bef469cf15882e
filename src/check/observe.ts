import { errorText, showValue } from "../errors.js";
import { isTensorLike } from "./values.js";

/**
 * Runs a piece of measuring code on values of an answer, and returns what it measured as plain data.
 *
 * It exists for graders that keep answers in a process of their own: `body` then runs there, beside the answer, and only
 * numbers, texts, arrays, typed arrays, Tensors and plain objects of these come back. So it can look at what cannot
 * travel (an autograd graph, a class), and must not hold the expected result: the answer's code can read it.
 *
 * @param body the measurement, a function of the values
 * @param values what to measure
 * @returns a copy of the result
 * @throws {TypeError} when the result holds something that is not plain data, as a function
 * @example
 * check.observe((numbers) => numbers.length, [4, 5, 6]) // 3
 */
export function observe<V extends readonly unknown[], R>(body: (...values: V) => R, ...values: V): R {
  if (typeof body !== "function")
    throw new TypeError(errorText("check.observe", `body must be a function, got ${showValue(body)}`));
  return plainCopy(body(...values), "the result") as R;
}

function plainCopy(value: unknown, place: string): unknown {
  if (typeof value === "function" || typeof value === "symbol" || value instanceof Promise)
    throw new TypeError(
      errorText(
        "check.observe",
        `${place} must be plain data, got ${showValue(value)}`,
        "",
        "return numbers, texts, arrays, Tensors or objects of these",
      ),
    );
  if (typeof value !== "object" || value === null) return value;
  if (isTensorLike(value)) return (value as unknown as { detach(): { clone(): unknown } }).detach().clone();
  if (ArrayBuffer.isView(value)) return (value as Float64Array).slice();
  if (Array.isArray(value)) return value.map((one, i) => plainCopy(one, `${place}[${i}]`));
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, plainCopy(one, `${place}.${key}`)]),
  );
}
