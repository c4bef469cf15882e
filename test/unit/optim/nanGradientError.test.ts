import { expect, test } from "vitest";
import { NaNGradientError } from "../../../src/optim/nanGradientError.js";

test("NaNGradientError is a RangeError that a training loop can tell from others", () => {
  const error = new NaNGradientError("SGD: …");
  expect(error).toBeInstanceOf(RangeError);
  expect(String(error)).toBe("NaNGradientError: SGD: …");
});
