import { expect, test } from "vitest";
import {
  askedOnce,
  failedConvTest,
  failedSelfTest,
  failedWinogradTest,
} from "../../../../src/engine/wasm/selfTest.js";
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

test.each(["convInputGrad", "convWeightGrad"] as const)(
  "by Winograd's method with %s, and not the other",
  (gradient) => {
    const sound = simdEngine();
    const lies = (name: string): typeof sound => Object.create(sound, { [name]: { value: () => true } });
    expect(failedWinogradTest(sound, gradient)).toBeNull();
    for (const name of ["conv", gradient]) expect(failedWinogradTest(lies(name), gradient)).toBe(name);
    const other = gradient === "convInputGrad" ? "convWeightGrad" : "convInputGrad";
    expect(failedWinogradTest(lies(other), gradient)).toBeNull();
  },
);

test("askedOnce runs the test at the first question; a question of the test itself is answered yes", () => {
  let runs = 0;
  const inside: boolean[] = [];
  const isSound = askedOnce(() => {
    runs++;
    inside.push(isSound());
    return false;
  });
  expect(runs).toBe(0);
  expect([isSound(), isSound()]).toEqual([false, false]);
  expect([runs, inside]).toEqual([1, [true]]);
});
