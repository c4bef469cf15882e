import { describe, expect, test } from "vitest";
import { Adagrad } from "../../../src/optim/adagrad.js";
import { SGD } from "../../../src/optim/sgd.js";
import * as surfaces from "../../../src/optim/surfaces.js";
import { trajectory } from "../../../src/optim/trajectory.js";
import type { Tensor } from "../../../src/tensor/tensor.js";
import "../../../src/tensor/methods.js";

const all = Object.entries(surfaces);

test("there are eight, named after themselves", () => {
  expect(all.map(([name, surface]) => [name, surface.name])).toEqual(all.map(([name]) => [name, name]));
  expect(all).toHaveLength(8);
});

describe.each(all)("%s", (_, surface) => {
  const [x0, x1] = surface.xDomain;
  const [y0, y1] = surface.yDomain;

  test("the gradient is that of the function, by central differences", () => {
    const h = 1e-5;
    for (const [a, b] of [
      [0.13, 0.71],
      [0.62, 0.35],
      [0.87, 0.94],
    ] as const) {
      const [x, y] = [x0 + a * (x1 - x0), y0 + b * (y1 - y0)];
      const [dx, dy] = surface.gradient(x, y);
      const numeric = [
        (surface(x + h, y) - surface(x - h, y)) / (2 * h),
        (surface(x, y + h) - surface(x, y - h)) / (2 * h),
      ];
      expect(Math.abs(dx - numeric[0]!) / (1 + Math.abs(dx))).toBeLessThan(1e-6);
      expect(Math.abs(dy - numeric[1]!) / (1 + Math.abs(dy))).toBeLessThan(1e-6);
    }
  });

  test("each minimum has no slope, lies in the region, and is lower than all around", () => {
    expect(surface.minima.length).toBeGreaterThan(0);
    for (const [x, y] of surface.minima) {
      for (const slope of surface.gradient(x, y)) expect(Math.abs(slope)).toBeLessThan(1e-9);
      expect(x0 < x && x < x1 && y0 < y && y < y1).toBe(true);
      for (let angle = 0; angle < 6; angle += 0.5)
        expect(surface(x + 0.01 * Math.cos(angle), y + 0.01 * Math.sin(angle))).toBeGreaterThan(
          surface(x, y),
        );
    }
  });

  test("the start lies in the region", () => {
    const [x, y] = surface.start;
    expect(x0 < x && x < x1 && y0 < y && y < y1).toBe(true);
  });
});

test("sparse: gradient descent leaves the rare weight behind, Adagrad does not", () => {
  const ends = [
    (parameters: Tensor[]) => new SGD(parameters, { learningRate: 1 }),
    (parameters: Tensor[]) => new Adagrad(parameters, { learningRate: 1 }),
  ].map((make) => trajectory(surfaces.sparse, surfaces.sparse.start, make, 100).at(-1)!);
  // Gradient descent multiplies y by 1 − 0.01 each step: 4·0.99¹⁰⁰ = 1.4641. Adagrad does not see the factor 0.01 at all.
  expect(ends[0]![0]).toBeCloseTo(0, 10);
  expect(ends[0]![1]).toBeCloseTo(4 * 0.99 ** 100, 10);
  expect(ends[1]![1]).toBeCloseTo(-ends[1]![0]!, 4);
  expect(Math.abs(ends[1]![1]!)).toBeLessThan(0.01);
});
