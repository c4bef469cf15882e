import { expect, test } from "vitest";
import { emitSoftmax } from "../../../../src/engine/emit/softmax.js";
import { emittedModule } from "../../../support/emittedModule.js";

test("logits log 1, log 2, log 5 have probabilities 1/8, 2/8, 5/8; adding 1000 to all changes nothing", () => {
  const { floats, integers, run, at } = emittedModule(emitSoftmax);
  const logits = [0, Math.log(2), Math.log(5)];
  floats.set([...logits, ...logits.map((x) => x + 1000)], 64);
  run("softmax", 0, 256, 2, 3);
  at(0, 3).forEach((p, i) => {
    expect(p).toBeCloseTo([0.125, 0.25, 0.625][i] as number, 6);
  });
  at(12, 3).forEach((p, i) => {
    expect(p).toBeCloseTo([0.125, 0.25, 0.625][i] as number, 4); // 1000 has 4 digits less
  });
  run("logSoftmax", 0, 256, 1, 3);
  at(0, 3).forEach((p, i) => {
    expect(p).toBeCloseTo(Math.log([0.125, 0.25, 0.625][i] as number), 6);
  });
  integers[96] = 2;
  run("crossEntropy", 512, 0, 256, 384, 1, 3);
  expect(at(512, 1)[0]).toBeCloseTo(Math.log(8 / 5), 6);
  run("crossEntropyGrad", 520, 0, 384, 1, 3, 2); // 2·(1/8, 2/8, 5/8 − 1)
  at(520, 3).forEach((d, i) => {
    expect(d).toBeCloseTo([0.25, 0.5, -0.75][i] as number, 6);
  });
});
