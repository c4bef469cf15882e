import { describe, expect, test } from "vitest";
// Chooses the fast engine, so that results between layers are really dropped.
import "../../../src/engine/control.js";
import { ReLU, Sigmoid, Tanh } from "../../../src/nn/activationLayer.js";
import { Linear } from "../../../src/nn/linear.js";
import { mseLoss } from "../../../src/nn/loss.js";
import { countParameters, Module } from "../../../src/nn/module.js";
import { MLP, Sequential } from "../../../src/nn/sequential.js";
import { createRandom } from "../../../src/random.js";
import { randn } from "../../../src/tensor/create.js";
import "../../../src/tensor/methods.js";
import type { Tensor } from "../../../src/tensor/tensor.js";

/** Hides a layer from Sequential, so that nothing is joined. */
class Hidden extends Module {
  readonly inner: Module;
  constructor(inner: Module) {
    super();
    this.inner = inner;
  }
  forward(input: Tensor): Tensor {
    return this.inner.forward(input);
  }
}

describe("Sequential", () => {
  test.each([ReLU, Tanh, Sigmoid])(
    "joining a layer with %o changes neither result nor gradients",
    (Activation) => {
      const options = { dtype: "float64" } as const;
      const make = (wrap: (module: Module) => Module): Sequential =>
        new Sequential(
          wrap(new Linear(3, 4, { ...options, random: createRandom(1) })),
          wrap(new Activation()),
          wrap(new Linear(4, 2, { ...options, random: createRandom(2) })),
        );
      const joined = make((module) => module);
      const apart = make((module) => new Hidden(module));
      const x = randn([5, 3], { ...options, random: createRandom(3) });
      const y = randn([5, 2], { ...options, random: createRandom(4) });
      for (const model of [joined, apart]) mseLoss(model.forward(x), y).backward();
      expect(joined.forward(x).node?.inputs).toHaveLength(3);
      for (const [i, parameter] of joined.parameters().entries()) {
        const other = apart.parameters()[i]!.grad!.data;
        for (const [j, value] of parameter.grad!.data.entries()) expect(value).toBeCloseTo(other[j]!, 13);
      }
    },
  );

  test("results that a layer of one's own keeps stay readable after training steps", () => {
    class Keep extends Module {
      seen: Tensor[] = [];
      forward(input: Tensor): Tensor {
        this.seen.push(input);
        return input;
      }
    }
    const keep = new Keep();
    const model = new Sequential(
      new Linear(2, 3, { random: createRandom(1) }),
      keep,
      new Linear(3, 1, { random: createRandom(2) }),
    );
    const x = randn([4, 2], { random: createRandom(3) });
    const wanted = model.layers[0]!.forward(x).toArray();
    for (let step = 0; step < 3; step++) model.forward(x).sum().backward();
    for (const seen of keep.seen) expect(seen.toArray()).toEqual(wanted);
  });

  test("names are paths; containers nest", () => {
    const model = new Sequential(
      new Sequential(new Linear(1, 2), new Tanh()),
      new Linear(2, 1, { bias: false }),
    );
    expect(model.namedParameters().map(([name]) => name)).toEqual([
      "layers.0.layers.0.weight",
      "layers.0.layers.0.bias",
      "layers.1.weight",
    ]);
    expect(String(model)).toBe(
      "Sequential(\n  layers.0: Sequential(\n    layers.0: Linear(1, 2)\n    layers.1: Tanh()\n  )\n  layers.1: Linear(2, 1, no bias)\n)",
    );
  });

  test("errors", () => {
    expect(() => new Sequential()).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: Sequential: there must be at least one layer, got none]`,
    );
    expect(
      () => new Sequential(new Linear(1, 1), Tanh as unknown as Module),
    ).toThrowErrorMatchingInlineSnapshot(`
      [TypeError: Sequential: layer 1 must be a module, got function Tanh
        help: write for example new nn.Tanh()]
    `);
    expect(() => new Sequential([new Tanh()] as unknown as Module)).toThrowErrorMatchingInlineSnapshot(`
      [TypeError: Sequential: layer 0 must be a module, got [Tanh]
        help: write new nn.Sequential(...layers)]
    `);
  });
});

describe("MLP", () => {
  test("has the expected layers: relu between, none at the end", () => {
    expect(new MLP({ sizes: [1, 64, 64, 1] }).layers.map(String)).toEqual([
      "Linear(1, 64)",
      "ReLU()",
      "Linear(64, 64)",
      "ReLU()",
      "Linear(64, 1)",
    ]);
    // 1·64 + 64 + 64·64 + 64 + 64 + 1
    expect(countParameters(new MLP({ sizes: [1, 64, 64, 1], activation: "tanh" }))).toBe(4353);
  });

  test("starts equal from equal generators, with zero biases under a named init", () => {
    const make = (seed: number): MLP =>
      new MLP({ sizes: [2, 8, 1], init: "kaimingNormal", random: createRandom(seed) });
    const [a, b, c] = [make(1), make(1), make(2)];
    expect(a.stateDict()["layers.0.weight"]!.toArray()).toEqual(b.stateDict()["layers.0.weight"]!.toArray());
    expect(a.stateDict()["layers.0.weight"]!.toArray()).not.toEqual(
      c.stateDict()["layers.0.weight"]!.toArray(),
    );
    expect(a.stateDict()["layers.2.bias"]!.toArray()).toEqual([0]);
  });

  test("errors", () => {
    expect(() => new MLP({ sizes: [3] })).toThrowErrorMatchingInlineSnapshot(`
      [RangeError: MLP: sizes must be at least two whole numbers above 0, got [3]
        help: pass for example {sizes: [1, 64, 1]}]
    `);
    expect(() => new MLP({ sizes: [3, 0, 1] })).toThrowErrorMatchingInlineSnapshot(`
      [RangeError: MLP: sizes must be at least two whole numbers above 0, got [3, 0, 1]
        help: pass for example {sizes: [1, 64, 1]}]
    `);
    expect(() => new MLP({ sizes: [1, 1], activation: "tan" as "tanh" })).toThrowErrorMatchingInlineSnapshot(`
      [RangeError: MLP: activation must be "relu" or "tanh" or "sigmoid" or "gelu" or "silu" or "softplus" or "leakyRelu", got "tan"
        help: did you mean "tanh"?]
    `);
    expect(() => new MLP({ sizes: [1, 1], seed: 1 } as never)).toThrowErrorMatchingInlineSnapshot(`
      [TypeError: MLP: unknown option "seed"
        help: did you mean "random"?]
    `);
  });
});
