import { expect, test } from "vitest";
import { failedConvTest, failedSelfTest, failedWinogradTest } from "../../../../src/engine/wasm/selfTest.js";
import { simdEngine } from "../../../support/wasmEngine.js";

test("a sound engine passes; one wrong operation is named", () => {
  const sound = simdEngine();
  expect(failedSelfTest(sound)).toBeNull();
  const lying = Object.create(sound, { reduce: { value: () => true } }) as typeof sound;
  expect(failedSelfTest(lying)).toBe("reduce");
  const refusing = Object.create(sound, { matmul: { value: () => false } }) as typeof sound;
  expect(failedSelfTest(refusing)).toBe("matmul");
});

test.each([
  ["direct", failedConvTest],
  ["Winograd's", failedWinogradTest],
])("%s convolution and both of its gradients are tested", (_name, failedTest) => {
  const sound = simdEngine();
  expect(failedTest(sound)).toBeNull();
  for (const name of ["conv", "convInputGrad", "convWeightGrad"]) {
    const lying = Object.create(sound, { [name]: { value: () => true } }) as typeof sound;
    expect(failedTest(lying)).toBe(name);
  }
});
