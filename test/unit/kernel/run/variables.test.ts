import { expect, test } from "vitest";
import { makeVariables } from "../../../../kernel/run/variables.js";

test("define takes the value now, so that it can be assigned to later", () => {
  const { exports, define } = makeVariables();
  let value = 1;
  define(exports, "x", { enumerable: true, get: () => value });
  value = 2;
  expect(exports.x).toBe(1);
  exports.x = 3;
  expect(exports.x).toBe(3);
  define(exports, "y", { value: 4 });
  expect(exports.y).toBe(4);
});

test("define lets the exception of a getter through", () => {
  const { exports, define } = makeVariables();
  const get = (): never => {
    throw new ReferenceError("not yet");
  };
  expect(() => define(exports, "x", { get })).toThrow(new ReferenceError("not yet"));
});

test("takeLast takes the value and keeps the property, because deleting makes V8 slow", () => {
  const { exports, takeLast } = makeVariables();
  exports.last = 5;
  expect(takeLast("last")).toBe(5);
  expect(exports).toEqual({ last: undefined });
  expect("last" in exports).toBe(true);
});
