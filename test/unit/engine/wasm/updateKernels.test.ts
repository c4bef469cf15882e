// One step of each rule from round numbers, worked by hand; long runs against PyTorch are in test/reference.
import { describe, expect, test } from "vitest";
import type { UpdateRule } from "../../../../src/engine/interface.js";
import type { Span } from "../../../../src/engine/span.js";
import { onHeap, read, simdEngine } from "../../../support/wasmEngine.js";

/** Rule, state before, numbers; expected parameter and state after. p = 2, g = 3 everywhere. */
const steps: {
  name: string;
  rule: UpdateRule;
  state: number[];
  numbers: number[];
  p: number;
  after: number[];
}[] = [
  // b ← g in the first step, whatever μ and dampening are
  {
    name: "momentum, first step",
    rule: "sgd",
    state: [7],
    numbers: [0.5, 0, 0.9, 0.5, 0, 1],
    p: 0.5,
    after: [3],
  },
  // b = 0.5·8 + 0.5·3 = 5.5, p = 2 − 0.5·5.5
  {
    name: "momentum, later",
    rule: "sgd",
    state: [8],
    numbers: [0.5, 0, 0.5, 0.5, 0, 0],
    p: -0.75,
    after: [5.5],
  },
  // b = 0.5·8 + 3 = 7, d = 3 + 0.5·7 = 6.5
  { name: "Nesterov", rule: "sgd", state: [8], numbers: [0.5, 0, 0.5, 1, 1, 0], p: -1.25, after: [7] },
  // m = 1.5, v = 4.5; m/0.5 = 3, √4.5/√0.5 = 3: p = 2 − 0.5·1
  {
    name: "adam",
    rule: "adam",
    state: [0, 0],
    numbers: [0.5, 0, 0.5, 0.5, 0, 0.5, 0.5],
    p: 1.5,
    after: [1.5, 4.5],
  },
  // largest v so far, 18: √18/√0.5 = 6, p = 2 − 0.5·3/6
  {
    name: "amsgrad",
    rule: "adam",
    state: [0, 0, 18],
    numbers: [0.5, 0, 0.5, 0.5, 0, 0.5, 0.5],
    p: 1.75,
    after: [1.5, 4.5, 18],
  },
  // p·(1 − 0.5·0.5) = 1.5 first, and λ does not reach the moments
  {
    name: "adamw",
    rule: "adamw",
    state: [0, 0],
    numbers: [0.5, 0.5, 0.5, 0.5, 0, 0.5, 0.5],
    p: 1,
    after: [1.5, 4.5],
  },
  // s = 16 + 9, p = 2 − 0.5·3/5
  { name: "adagrad", rule: "adagrad", state: [16], numbers: [0.5, 0, 0], p: 1.7, after: [25] },
  // s = 0.5·9 + 0.5·9 = 9, p = 2 − 0.5·3/(3 + 3)
  { name: "rmsprop", rule: "rmsprop", state: [9], numbers: [0.5, 0, 0.5, 3, 0, 0], p: 1.75, after: [9] },
  // b = 0.5·4 + 3/6 = 2.5
  {
    name: "rmsprop, momentum",
    rule: "rmsprop",
    state: [9, 4],
    numbers: [0.5, 0, 0.5, 3, 0.5, 0],
    p: 0.75,
    after: [9, 2.5],
  },
  // ḡ = 0.5·(−3) + 0.5·3 = 0, so the variance is 9
  {
    name: "rmsprop, centered",
    rule: "rmsprop",
    state: [9, -3],
    numbers: [0.5, 0, 0.5, 3, 0, 1],
    p: 1.75,
    after: [9, 0],
  },
  // both: state s, b, ḡ
  {
    name: "rmsprop, both",
    rule: "rmsprop",
    state: [9, 4, -3],
    numbers: [0.5, 0, 0.5, 3, 0.5, 1],
    p: 0.75,
    after: [9, 2.5, 0],
  },
  // s = 9, d = √4/√9·3 = 2, u = 0.5·4 + 0.5·4 = 4, p = 2 − 0.5·2
  { name: "adadelta", rule: "adadelta", state: [9, 4], numbers: [0.5, 0, 0.5, 0], p: 1, after: [9, 4] },
  // m = 1.5, u = max(0.5·8, 3 + 0) = 4, p = 2 − 0.5/0.5·1.5/4
  {
    name: "adamax",
    rule: "adamax",
    state: [0, 8],
    numbers: [0.5, 0, 0.5, 0.5, 0, 0.5],
    p: 1.625,
    after: [1.5, 4],
  },
  // √(4.5/0.5) = 3, p = 2 − (0.5·3 + 1·1.5)/3
  {
    name: "nadam",
    rule: "nadam",
    state: [0, 0],
    numbers: [0, 0.5, 0, 0.5, 0.5, 0.5, 1],
    p: 1,
    after: [1.5, 4.5],
  },
  // not rectified: p = 2 − 0.5·1.5/0.5
  {
    name: "radam, early",
    rule: "radam",
    state: [0, 0],
    numbers: [0.5, 0, 0.5, 0.5, 0, 0.5, 0],
    p: 0.5,
    after: [1.5, 4.5],
  },
  // v = 0.5·(−1)… so that v = 4: 0.5·(−1) + 0.5·9; p = 2 − 0.5·3·2/√4
  {
    name: "radam, rectified",
    rule: "radam",
    state: [0, -1],
    numbers: [0.5, 0, 0.5, 0.5, 0, 0.5, 2],
    p: 0.5,
    after: [1.5, 4],
  },
  { name: "moments", rule: "moments", state: [1, 1], numbers: [0.5, 0.5], p: 2, after: [2, 5] },
];

describe.each([1, 6])("on %i numbers", (count) => {
  test.each(steps)("$name", ({ rule, state, numbers, p, after }) => {
    const engine = simdEngine();
    const all = (value: number): Span => onHeap(new Array(count).fill(value));
    const [parameters, gradients, spans] = [all(2), all(3), state.map(all)];
    expect(engine.update(rule, parameters, gradients, spans, 0, count, numbers)).toBe(true);
    for (const value of read(parameters)) expect(value).toBeCloseTo(p, 6);
    for (const [i, span] of spans.entries())
      for (const value of read(span)) expect(value).toBeCloseTo(after[i] as number, 6);
  });
});

test("a gradient of zero for 2000 steps leaves no denormal number behind", () => {
  const engine = simdEngine();
  const [p, g, m, v] = [onHeap([1]), onHeap([1]), onHeap([0]), onHeap([0])];
  for (let t = 1; t <= 2000; t++) {
    engine.update("adam", p, g, [m, v], 0, 1, [1e-3, 0, 0.9, 0.999, 1e-8, 1 - 0.9 ** t, 1 - 0.999 ** t]);
    if (t === 1) g.array?.fill(0);
  }
  expect(read(m)).toEqual([0]);
});
