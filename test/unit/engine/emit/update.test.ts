import { expect, test } from "vitest";
import { emitUpdate } from "../../../../src/engine/emit/update.js";
import { emittedModule } from "../../../support/emittedModule.js";

// Addresses: p 0, g 64, first state 128, second state 192.
test("sgd with weight decay: p − η(g + λp) = 2 − 0.5·(1 + 0.25·2)", () => {
  const { floats, run, at } = emittedModule((module) => emitUpdate(module, "sgd"));
  floats[0] = 2;
  floats[16] = 1;
  run("sgd", 0, 64, 1, -0.5, 0.25);
  expect(at(0, 1)).toEqual([1.25]);
});

test("momentum: b = 0.5·4 + 1·2 = 4, p = 1 − 0.25·4; Nesterov steps along g + 0.5·b", () => {
  const { floats, run, at } = emittedModule((module) => emitUpdate(module, "sgd"));
  floats[0] = 1;
  floats[16] = 2;
  floats[32] = 4;
  run("sgdMomentum", 0, 64, 128, 1, -0.25, 0, 0.5, 1, 0.5);
  expect([at(0, 1), at(128, 1)]).toEqual([[0], [4]]);
  floats[0] = 1;
  run("sgdNesterov", 0, 64, 128, 1, -0.25, 0, 0.5, 1, 0.5); // b = 4 again; 1 − 0.25·(2 + 0.5·4)
  expect([at(0, 1), at(128, 1)]).toEqual([[0], [4]]);
});

test("state below 1e-30 becomes 0, NaN stays NaN", () => {
  const { floats, run, at } = emittedModule((module) => emitUpdate(module, "moments"));
  floats.set([0, Number.NaN, 0], 16);
  floats.set([1e-30, 1, 3e-30], 32);
  floats.set([1e-38, 1, 1], 48);
  run("moments", 0, 64, 128, 192, 3, 0.5, 0.5, 0.5, 0.5);
  expect(at(128, 2)).toEqual([0, Number.NaN]);
  expect(at(128, 3)[2]).toBeCloseTo(1.5e-30, 36);
  expect(at(192, 3)).toEqual([0, Number.NaN, 0.5]);
});

test("the first step of Adam is η against the sign of the gradient, whatever its size", () => {
  const { floats, run, at } = emittedModule((module) => emitUpdate(module, "adam"));
  floats.set([1, 1, 1, 1, 1], 0);
  floats.set([1e-3, -5, 100, -1e4, 0.5], 16);
  // step −η/(1 − β1) with η = 0.5, shrink 1, root 1/√(1 − β2), ε = 0: m̂ / √v̂ = ±1
  run("adam", 0, 64, 128, 192, 5, -0.5 / 0.1, 0, 1, 0.9, 0.1, 0.999, 0.001, 1 / Math.sqrt(0.001), 0);
  at(0, 5).forEach((p, i) => {
    expect(p).toBeCloseTo([0.5, 1.5, 0.5, 1.5, 0.5][i] as number, 5);
  });
});
