// Every optimizer on the plain loops and on every path of the engine that runs on this machine.
import { describe } from "vitest";
import { configure } from "../../src/engine/control.js";
import type { EnginePath } from "../../src/engine/engine.js";
import * as optim from "../../src/optim/index.js";
import { type OptimizerSubject, optimizerSuite } from "./optimizer.js";

type Class = new (parameters: readonly object[], options: object) => optim.Optimizer;
const subject = (Class: unknown, update: unknown, options: object): OptimizerSubject => ({
  name: (Class as Class).name,
  make: (parameters, given) => new (Class as Class)(parameters, given),
  update: update as OptimizerSubject["update"],
  options: { learningRate: 0.01, weightDecay: 0.02, ...options },
});

const { updates } = optim;
const subjects: readonly OptimizerSubject[] = [
  subject(optim.SGD, updates.sgd, {}),
  subject(optim.SGD, updates.sgd, { momentum: 0.9, nesterov: true }),
  subject(optim.Adagrad, updates.adagrad, { initialAccumulator: 0.3, learningRateDecay: 0.1 }),
  subject(optim.Adagrad, updates.adagrad, { eps: 0.1, epsMode: "inside" }),
  subject(optim.Adadelta, updates.adadelta, { eps: 1e-4 }),
  subject(optim.RMSprop, updates.rmsprop, { eps: 1e-3 }),
  subject(optim.RMSprop, updates.rmsprop, { momentum: 0.5, centered: true, eps: 0.1, alpha: 0.9 }),
  subject(optim.Adam, updates.adam, { eps: 1e-3, amsgrad: true }),
  subject(optim.AdamW, updates.adamw, { eps: 1e-3 }),
  subject(optim.Adamax, updates.adamax, {}),
  subject(optim.NAdam, updates.nadam, { eps: 1e-3 }),
  subject(optim.RAdam, updates.radam, { eps: 1e-3 }),
  subject(optim.RAdam, updates.radam, { eps: 1e-3, variant: "original" }),
  subject(optim.RAdam, updates.radam, { eps: 1e-3, variant: "original", weightDecay: 0 }),
  subject(optim.AdamP, updates.adamp, { eps: 1e-3 }),
  subject(optim.AdamP, updates.adamp, { eps: 1e-3, nesterov: true }),
  subject(optim.SGDP, updates.sgdp, { momentum: 0.9, dampening: 0.2 }),
  subject(optim.SGDP, updates.sgdp, {}),
];

/** engine.test.ts checks that a path which cannot run says why. */
function runs(path: EnginePath): boolean {
  try {
    configure({ path });
    return true;
  } catch {
    return false;
  }
}

for (const path of (["plain", "simd", "fma", "wide"] as const).filter(runs))
  describe(`path ${path}`, () => {
    for (const [i, one] of subjects.entries())
      describe(`${i}: ${JSON.stringify(one.options)}`, () => optimizerSuite(one, () => configure({ path })));
  });
