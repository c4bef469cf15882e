import { describe, expect, test } from "vitest";
import {
  AlphaDropout,
  DropConnect,
  Dropout,
  Dropout1d,
  Dropout2d,
  Dropout3d,
  dropConnect,
  dropout,
} from "../../../src/nn/dropout.js";
import { createRandom } from "../../../src/random.js";
import { ones, randn, tensor, zeros } from "../../../src/tensor/create.js";
import "../../../src/tensor/methods.js";

const random = () => createRandom(1);

describe("dropout(input, {p})", () => {
  test("drops a share p and scales the rest by 1 / (1 − p)", () => {
    const y = dropout(ones([10_000]), { p: 0.2, random: random() });
    const kept = y.data.filter((value) => value !== 0);
    // 8000 kept, standard deviation √(10000·.2·.8) = 40
    expect(Math.abs(kept.length - 8000)).toBeLessThan(240);
    expect(new Set(kept)).toEqual(new Set([1.25]));
  });

  test("the gradient goes through the same mask", () => {
    const x = tensor(new Float32Array(50).fill(3), { requiresGrad: true });
    const y = dropout(x, { random: random() });
    y.sum().backward();
    expect([...x.grad!.data].map((g) => g * 3)).toEqual([...y.data]);
    expect(new Set(x.grad!.data)).toEqual(new Set([0, 2]));
  });

  test("passes everything in evaluation and at p = 0, and has p = 0.5 by default", () => {
    const x = ones([4]);
    expect(dropout(x, { training: false })).toBe(x);
    expect(dropout(x, { p: 0 })).toBe(x);
    expect(new Dropout().p).toBe(0.5);
    expect(new Dropout().eval().forward(x)).toBe(x);
    expect(String(new Dropout({ p: 0.3 }))).toBe("Dropout(p 0.3)");
  });

  test("the same generator gives the same mask", () => {
    const run = (): unknown => new Dropout({ random: random() }).forward(ones([20])).toArray();
    expect(run()).toEqual(run());
  });

  test("refuses p outside [0, 1) and says what p is", () => {
    expect(() => dropout(ones([1]), { p: 1 })).toThrowErrorMatchingInlineSnapshot(`
      [RangeError: dropout: p must be a finite number at least 0 and less than 1, got 1
        help: p is the probability of dropping; for a keep probability k pass {p: 1 - k}]
    `);
    expect(() => new Dropout2d({ p: -0.1 })).toThrowErrorMatchingInlineSnapshot(`
      [RangeError: Dropout2d: p must be a finite number at least 0 and less than 1, got -0.1
        help: p is the probability of dropping; for a keep probability k pass {p: 1 - k}]
    `);
    expect(() => new Dropout({ keep: 0.5 } as object)).toThrowErrorMatchingInlineSnapshot(`
      [TypeError: Dropout: unknown option "keep"
        help: the options are p, random]
    `);
  });
});

test.each([
  [new Dropout1d({ random: random() }), [8, 16, 5]],
  [new Dropout2d({ random: random() }), [8, 16, 2, 3]],
  [new Dropout3d({ random: random() }), [8, 16, 2, 2, 2]],
])("%s drops whole channels", (layer, shape) => {
  const places = shape.slice(2).reduce((product, size) => product * size, 1);
  const { data } = layer.forward(ones(shape));
  let dropped = 0;
  for (let channel = 0; channel < 128; channel++) {
    const values = new Set(data.slice(channel * places, (channel + 1) * places));
    expect(values.size).toBe(1);
    if (values.has(0)) dropped++;
  }
  // 64 of 128, standard deviation 5.7
  expect(Math.abs(dropped - 64)).toBeLessThan(34);
  expect(() => layer.forward(zeros([2, 2]))).toThrow("axes [N, C, ...], got [2, 2]");
});

test("AlphaDropout keeps mean 0 and variance 1", () => {
  const x = randn([40_000], { random: createRandom(2) });
  const y = new AlphaDropout({ p: 0.3, random: random() }).forward(x);
  expect(Math.abs(y.mean().item())).toBeLessThan(0.03);
  expect(Math.abs(y.variance().item() - 1)).toBeLessThan(0.04);
});

describe("dropConnect", () => {
  test("masks weights; the layer's mean output is that of the whole layer", () => {
    expect(new Set(dropConnect(ones([100]), { random: random() }).data)).toEqual(new Set([0, 2]));
    const layer = new DropConnect(4, 1, {
      p: 0.25,
      bias: false,
      random: random(),
      init: (weight) => weight.data.fill(1),
    });
    let sum = 0;
    for (let i = 0; i < 4000; i++) sum += layer.forward(ones([1, 4])).item();
    // One weight: variance p / (1 − p) = 1/3; four of them over 4000 draws: σ = √(4/3/4000) = 0.018
    expect(Math.abs(sum / 4000 - 4)).toBeLessThan(0.11);
    expect(
      layer
        .eval()
        .forward(ones([1, 4]))
        .item(),
    ).toBe(4);
    expect(String(layer)).toBe("DropConnect(4, 1, p 0.25)");
  });
});
