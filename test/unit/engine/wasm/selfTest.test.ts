import { expect, test } from "vitest";
import { failedConvTest, failedSelfTest } from "../../../../src/engine/wasm/selfTest.js";
import { simdEngine } from "../../../support/wasmEngine.js";

test("a sound engine passes; one wrong operation is named", () => {
  const sound = simdEngine();
  expect(failedSelfTest(sound)).toBeNull();
  const lying = Object.create(sound, { reduce: { value: () => true } }) as typeof sound;
  expect(failedSelfTest(lying)).toBe("reduce");
  const refusing = Object.create(sound, { matmul: { value: () => false } }) as typeof sound;
  expect(failedSelfTest(refusing)).toBe("matmul");
});

test("convolution and both of its gradients are tested", () => {
  const sound = simdEngine();
  expect(failedConvTest(sound)).toBeNull();
  for (const name of ["conv", "convInputGrad", "convWeightGrad"]) {
    const lying = Object.create(sound, { [name]: { value: () => true } }) as typeof sound;
    expect(failedConvTest(lying)).toBe(name);
  }
});
