import { describe, expect, test } from "vitest";
import { NAGLookahead, nagLookahead } from "../../../src/optim/nagLookahead.js";
import { SGD } from "../../../src/optim/sgd.js";
import { tensor } from "../../../src/tensor/create.js";
import { errorOf } from "../../support/errorOf.js";
import { descend, leaf, settingsOf } from "../../support/optimizerTrace.js";

describe("NAGLookahead", () => {
  test("has the expected defaults", () => {
    expect(settingsOf(new NAGLookahead([leaf([1])], { learningRate: 0.1 }))).toEqual({
      learningRate: 0.1,
      momentum: 0.9,
      weightDecay: 0,
    });
  });

  // f = (w1² + 10·w2²)/2. Agreement of the two forms: Sutskever et al. 2013; the numbers: NumPy.
  test("its look-ahead point is where SGD with nesterov stands", () => {
    const run = (optimizer: NAGLookahead | SGD, w: ReturnType<typeof leaf>): void => {
      const half = tensor([0.5, 5], { dtype: "float64" });
      for (let step = 0; step < 5; step++) {
        optimizer.zeroGrad();
        w.square().mul(half).sum().backward();
        optimizer.step();
      }
    };
    const options = { learningRate: 0.05, momentum: 0.9 };
    const [a, b] = [leaf([1, 1]), leaf([1, 1])];
    const lookahead = new NAGLookahead([a], options);
    run(lookahead, a);
    run(new SGD([b], { ...options, nesterov: true }), b);
    lookahead.lookAhead();
    for (const [i, value] of [0.31594230506562, -0.0111371875].entries()) {
      expect(a.data[i]).toBeCloseTo(value, 12);
      expect(b.data[i]).toBeCloseTo(value, 12);
    }
  });

  test("without momentum it is gradient descent", () => {
    expect(descend((w) => new NAGLookahead([w], { learningRate: 0.5, momentum: 0 }), 3)).toEqual([
      [0.5, 5],
      [0.25, 2.5],
      [0.125, 1.25],
    ]);
  });

  test("a parameter without gradient comes back to where it was", () => {
    const [a, b] = [leaf([1]), leaf([1])];
    const optimizer = new NAGLookahead([a, b], { learningRate: 0.1 });
    a.mul(b).sum().backward();
    optimizer.step();
    expect(b.data[0]).toBe(0.9);
    optimizer.zeroGrad();
    optimizer.lookAhead();
    expect(b.data[0]).toBeCloseTo(0.81, 15);
    a.square().sum().backward();
    optimizer.step();
    expect(b.data[0]).toBe(0.9);
  });

  test("a step whose gradient is not from the look-ahead point is refused", () => {
    const w = leaf([1]);
    const optimizer = new NAGLookahead([w], { learningRate: 0.1 });
    w.square().sum().backward();
    optimizer.step();
    expect(() => optimizer.step()).toThrowErrorMatchingInlineSnapshot(`
      [Error: NAGLookahead: step needs the gradient at the look-ahead point, got the parameters where the last step left them
        help: call zeroGrad() or lookAhead() before the forward pass of every step]
    `);
  });

  test("a saved state continues, also when loaded at the look-ahead point", () => {
    const whole = descend((w) => new NAGLookahead([w], { learningRate: 0.1 }), 4);
    const w = leaf(whole[1]!);
    const optimizer = new NAGLookahead([w], { learningRate: 0.1 });
    // v after two steps is (w1 − w2)/η
    const v = whole[0]!.map((x, i) => (x - whole[1]![i]!) / 0.1);
    optimizer.zeroGrad();
    optimizer.loadStateDict({
      groups: [settingsOf(optimizer)],
      parameters: [{ step: 2, v: Float64Array.from(v) }],
    });
    for (let step = 2; step < 4; step++) {
      optimizer.zeroGrad();
      w.square().sum().mul(0.5).backward();
      optimizer.step();
      for (const [i, x] of whole[step]!.entries()) expect(w.data[i]).toBeCloseTo(x, 12);
    }
  });

  test.each([
    [
      { learningRate: -1 },
      "RangeError: NAGLookahead: learningRate must be a finite number greater than 0, got -1",
    ],
    [
      { learningRate: 1, momentum: -1 },
      "RangeError: NAGLookahead: momentum must be a finite number at least 0, got -1",
    ],
    [
      { learningRate: 1, nesterov: true },
      'TypeError: NAGLookahead: unknown option "nesterov"\n  help: the options are learningRate, momentum, weightDecay',
    ],
  ])("refuses %j", (options, message) => {
    expect(errorOf(() => new NAGLookahead([leaf([1])], options as never))).toBe(message);
  });
});

describe("updates.nagLookahead", () => {
  test("takes the gradient at the look-ahead point, as a function or as a value", () => {
    const options = { learningRate: 0.1, momentum: 0.9 };
    const state = { step: 1, v: [[2]] };
    const asked: number[][][] = [];
    const byFunction = nagLookahead(
      [[1]],
      (at) => {
        asked.push(at);
        return at;
      },
      state,
      options,
    );
    // 1 − 0.1·0.9·2 = 0.82; v = 1.8 + 0.82
    expect(asked[0]![0]![0]).toBeCloseTo(0.82, 12);
    expect(byFunction.parameter[0]![0]).toBeCloseTo(1 - 0.262, 12);
    expect(nagLookahead([[1]], asked[0]!, state, options)).toEqual(byFunction);
  });

  test.each([[1], [Float32Array.of(1)], [Float64Array.of(1)], [tensor([1])]])(
    "keeps the kind of %o",
    (value) => {
      const next = nagLookahead(value, () => value, {}, { learningRate: 0.5 }).parameter;
      expect(next.constructor).toBe(value.constructor);
    },
  );
});
