// Regularizers against PyTorch in float64. Where PyTorch draws at random, the files hold its result for every mask; ours must be one
// of them each time, and reach them all.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { AlphaDropout, crossEntropy, Dropout2d, dropConnect, dropout, mseLoss } from "../../src/nn/index.js";
import { Adam, AdamW, type Optimizer, SGD } from "../../src/optim/index.js";
import { createRandom, type Random } from "../../src/random.js";
import { type Box, clippedBox } from "../../src/regularization/box.js";
import {
  cutmix,
  cutout,
  l1Penalty,
  l2Penalty,
  maxNorm,
  mixup,
  randomErasing,
  smoothLabels,
} from "../../src/regularization/index.js";
import { tensor } from "../../src/tensor/create.js";
import { matmul } from "../../src/tensor/matmul.js";
import "../../src/tensor/methods.js";
import type { NestedNumbers, Tensor } from "../../src/tensor/tensor.js";

const read = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`regularization/${name}.json`, import.meta.url), "utf8"));

const float64 = (values: NestedNumbers, requiresGrad = false): Tensor =>
  tensor(values, { dtype: "float64", requiresGrad });

/** Equal up to `rtol` of the largest number. */
function close(got: Tensor | null, wanted: NestedNumbers, rtol = 1e-12): void {
  const numbers = ([wanted] as unknown[]).flat(Number.POSITIVE_INFINITY) as number[];
  expect(got?.size).toBe(numbers.length);
  const scale = Math.max(...numbers.map(Math.abs), 1e-300);
  const error = Math.max(...numbers.map((value, i) => Math.abs(got!.data[i]! - value)));
  expect(error / scale).toBeLessThanOrEqual(rtol);
}

describe("penalties", () => {
  const { parameters, cases } = read<{
    parameters: NestedNumbers[];
    cases: Record<"l1Penalty" | "l2Penalty", { value: number; factor: number; gradients: NestedNumbers[] }>;
  }>("penalties");
  test.each([
    ["l1Penalty", l1Penalty],
    ["l2Penalty", l2Penalty],
  ] as const)("%s: value and gradients", (name, penalty) => {
    const { value, factor, gradients } = cases[name];
    const leaves = parameters.map((values) => float64(values, true));
    const total = penalty(leaves);
    total.mul(factor).backward();
    close(total, value);
    for (const [i, wanted] of gradients.entries()) close(leaves[i]!.grad, wanted);
  });
});

test("maxNorm: torch.renorm of every unit, which divides by norm + 1e-7", () => {
  const { weights, cases } = read<{
    weights: NestedNumbers[];
    cases: { limit: number; results: NestedNumbers[]; scaled: number }[];
  }>("max_norm");
  for (const { limit, results, scaled } of cases) {
    const own = weights.map((values) => float64(values));
    expect(maxNorm(own, limit)).toBe(scaled);
    for (const [i, wanted] of results.entries()) close(own[i]!, wanted, scaled === 0 ? 0 : 2e-7);
  }
});

describe("penalty and weight decay", () => {
  const { x, y, start, learningRate, cases } = read<{
    x: number[][];
    y: number[];
    start: number[];
    learningRate: number;
    cases: { optimizer: "SGD" | "Adam" | "AdamW"; penalty: number; weightDecay: number; path: number[][] }[];
  }>("decay");
  const optimizers = { SGD, Adam, AdamW };
  test.each(cases.map((one) => [one.optimizer, one.penalty, one.weightDecay, one.path] as const))(
    "%s, penalty %d, weightDecay %d: five steps",
    (name, penalty, weightDecay, path) => {
      const w = float64(start, true);
      const optimizer: Optimizer = new optimizers[name]([w], { learningRate, weightDecay });
      for (const wanted of path) {
        optimizer.zeroGrad();
        const loss = mseLoss(matmul(float64(x), w), float64(y));
        loss.add(l2Penalty([w]).mul(penalty)).backward();
        optimizer.step();
        close(w, wanted, 1e-10);
      }
    },
  );
});

describe("dropout, mask by mask", () => {
  interface Case {
    kind: "dropout" | "Dropout2d" | "AlphaDropout";
    p: number;
    x: NestedNumbers;
    shape: number[];
    upstream: NestedNumbers;
    masks: { mask: number[]; output: NestedNumbers; gradient: NestedNumbers }[];
  }
  const { cases } = read<{ cases: Case[] }>("dropout");
  const layers: Record<Case["kind"] | "dropConnect", (x: Tensor, p: number, random: Random) => Tensor> = {
    dropout: (x, p, random) => dropout(x, { p, random }),
    dropConnect: (x, p, random) => dropConnect(x, { p, random }),
    Dropout2d: (x, p, random) => new Dropout2d({ p, random }).forward(x),
    AlphaDropout: (x, p, random) => new AlphaDropout({ p, random }).forward(x),
  };
  const all = [
    ...cases.map((one) => [one.kind, one.p, one] as const),
    // a weight is dropped as an activation is
    ...cases.filter(({ kind }) => kind === "dropout").map((one) => ["dropConnect", one.p, one] as const),
  ];
  test.each(all)("%s, p = %d: output and gradient of all 16 masks", (kind, p, { x, upstream, masks }) => {
    const seen = new Set<number>();
    for (let seed = 0; seed < 20_000 && seen.size < masks.length; seed++) {
      const leaf = float64(x, true);
      const output = layers[kind](leaf, p, createRandom(seed));
      const found = masks.findIndex(({ output: wanted }) =>
        output.allClose(float64(wanted), { rtol: 1e-9, atol: 1e-12 }),
      );
      expect(found, `seed ${seed} gives an output that PyTorch never does`).not.toBe(-1);
      if (seen.has(found)) continue;
      seen.add(found);
      output.backward(float64(upstream));
      close(output, masks[found]!.output);
      close(leaf.grad, masks[found]!.gradient);
    }
    expect(seen.size).toBe(masks.length);
  });
});

test("smoothLabels: the labels that PyTorch's cross-entropy aims at", () => {
  const { cases } = read<{
    cases: { classes: number; labels: NestedNumbers[]; epsilon: number; smoothed: NestedNumbers }[];
  }>("smoothing");
  for (const { classes, labels, epsilon, smoothed } of cases) {
    const isSoft = Array.isArray(labels[0]);
    const numClasses = isSoft ? {} : { numClasses: classes };
    // class numbers give float32 probabilities
    close(smoothLabels(float64(labels), { ...numClasses, epsilon }), smoothed, isSoft ? 1e-12 : 1e-7);
  }
});

describe("mixing with given weights, partners and boxes", () => {
  interface Mixing {
    lambda: number;
    x: NestedNumbers;
    y: NestedNumbers;
    loss: number;
  }
  const file = read<{
    x: NestedNumbers;
    y: NestedNumbers;
    logits: NestedNumbers;
    permutation: number[];
    mixup: Mixing[];
    cutmix: (Mixing & { box: Box })[];
  }>("mixing");
  const { permutation } = file;
  const [x, y, logits] = [file.x, file.y, file.logits].map((values) => float64(values)) as [
    Tensor,
    Tensor,
    Tensor,
  ];

  test("mixup: inputs, labels, and a loss that is the mean of the two losses", () => {
    for (const { lambda, x: wantedX, y: wantedY, loss } of file.mixup) {
      const mixed = mixup(x, y, { lambda, permutation });
      close(mixed.x, wantedX);
      close(mixed.y, wantedY);
      close(crossEntropy(logits, mixed.y), loss);
    }
  });

  test("CutMix: the pasted box, the kept share, and the loss", () => {
    for (const { box, lambda, x: wantedX, y: wantedY, loss } of file.cutmix) {
      const mixed = cutmix(x, y, { box, permutation });
      close(mixed.x, wantedX, 0);
      expect(mixed.lambda).toBeCloseTo(lambda, 14);
      close(mixed.y, wantedY);
      close(crossEntropy(logits, mixed.y), loss);
    }
  });
});

test("boxes of CutMix for a centre and λ, as torchvision computes them", () => {
  const { cases } = read<{
    cases: {
      height: number;
      width: number;
      lambda: number;
      centerY: number;
      centerX: number;
      box: Box;
    }[];
  }>("boxes");
  for (const { height, width, lambda, centerY, centerX, box } of cases) {
    const side = Math.sqrt(1 - lambda);
    const own = clippedBox(
      centerY,
      centerX,
      Math.floor(height * side),
      Math.floor(width * side),
      height,
      width,
    );
    expect(own).toEqual(box);
  }
});

test("cutout: every result of the paper's code, and no other", () => {
  const { image, size, results } = read<{ image: NestedNumbers; size: number; results: NestedNumbers[] }>(
    "cutout",
  );
  const expected = new Set(results.map((values) => String([values].flat(9))));
  const seen = new Set<string>();
  for (let seed = 0; seed < 400; seed++)
    seen.add(String(Array.from(cutout(float64(image), { size, random: createRandom(seed) }).data)));
  expect(seen).toEqual(expected);
});

test("randomErasing: the sides that torchvision can draw, and no other", () => {
  const file = read<{
    height: number;
    width: number;
    scale: [number, number];
    ratio: [number, number];
    sides: [number, number][];
  }>("erasing");
  const { height, width, scale, ratio } = file;
  const ones = tensor(new Float64Array(height * width).fill(1), { shape: [1, 1, height, width] });
  const seen = new Set<string>();
  for (let seed = 0; seed < 4000; seed++) {
    const erased = randomErasing(ones, { p: 1, scale, ratio, value: 0, random: createRandom(seed) }).data;
    const rows = new Set<number>();
    const columns = new Set<number>();
    let count = 0;
    erased.forEach((value, i) => {
      if (value !== 0) return;
      rows.add(Math.floor(i / width));
      columns.add(i % width);
      count++;
    });
    expect(count).toBe(rows.size * columns.size); // one full rectangle
    if (count > 0) seen.add(`${rows.size} × ${columns.size}`);
  }
  expect(seen).toEqual(new Set(file.sides.map(([h, w]) => `${h} × ${w}`)));
});
