import { expect, test } from "vitest";
import { Adam } from "../../../src/optim/adam.js";
import { NAGLookahead } from "../../../src/optim/nagLookahead.js";
import { SGD } from "../../../src/optim/sgd.js";
import * as surfaces from "../../../src/optim/surfaces.js";
import { trajectory } from "../../../src/optim/trajectory.js";
import type { Tensor } from "../../../src/tensor/tensor.js";
import "../../../src/tensor/methods.js";
import { contour } from "../../../src/plot/optimization/contour.js";
import { trajectories } from "../../../src/plot/optimization/trajectories.js";
import { errorOf } from "../../support/errorOf.js";

const sgd = (learningRate: number) => (w: Tensor[]) => new SGD(w, { learningRate });

// Each step multiplies x by 1 − η and y by 1 − 20η.
test("gradient descent on the quadratic", () => {
  const path = trajectory(surfaces.quadratic, [2, 1], sgd(0.025), 2);
  expect(path).toHaveLength(3);
  for (const [i, point] of [
    [2, 1],
    [1.95, 0.5],
    [1.90125, 0.25],
  ].entries())
    for (const [j, value] of point.entries()) expect(path[i]![j]).toBeCloseTo(value, 12);
});

test("a function of tensors takes the same path as the surface it computes", () => {
  const rosenbrock = (w: Tensor): Tensor => {
    const [x, y] = [w.slice([0, 1]), w.slice([1, 2])];
    return x.neg().add(1).square().add(y.sub(x.square()).square().mul(100)).sum();
  };
  const adam = (w: Tensor[]): Adam => new Adam(w, { learningRate: 0.1 });
  const a = trajectory(rosenbrock, [-1.5, 2], adam, 30);
  const b = trajectory(surfaces.rosenbrock, [-1.5, 2], adam, 30);
  for (const [i, point] of a.entries())
    for (const [j, value] of point.entries()) expect(value).toBeCloseTo(b[i]![j]!, 9);
});

test("any number of dimensions", () => {
  expect(trajectory((w) => w.square().sum(), [1, 2, 4], sgd(0.25), 1)).toEqual([
    [1, 2, 4],
    [0.5, 1, 2],
  ]);
});

// v: 1 then .9·1 + (1 − .1 − .09) = 1.71, as published for the look-ahead form
test("the look-ahead form shows where it stands, not where it looks", () => {
  const path = trajectory(
    (w) => w.square().sum().mul(0.5),
    [1],
    (w) => new NAGLookahead(w, { learningRate: 0.1 }),
    2,
  );
  expect(path[1]![0]).toBeCloseTo(0.9, 12);
  expect(path[2]![0]).toBeCloseTo(0.729, 12);
});

test("a run that explodes ends at its last finite point", () => {
  const path = trajectory(surfaces.rosenbrock, [-1.5, 2], sgd(1), 100);
  expect(path.length).toBeLessThan(100);
  expect(path.flat().every(Number.isFinite)).toBe(true);
});

test("surfaces and paths fit the plots as they are", () => {
  const { saddle } = surfaces;
  const svg = contour(saddle).svg;
  expect(svg.match(/aria-label="minimum"/g)).toHaveLength(2);
  const paths = { SGD: trajectory(saddle, saddle.start, sgd(0.1), 20) };
  expect(trajectories({ surface: saddle, paths }).svg).toContain("SGD");
});

test.each([
  [() => trajectory(3 as never, [1, 1], sgd(1), 1), "TypeError: trajectory: fn must be a function, got 3"],
  [
    () => trajectory(surfaces.beale, [1], sgd(1), 1),
    "RangeError: trajectory: start must be 2 finite numbers, got [1]",
  ],
  [
    () => trajectory((w) => w, [1, 2], sgd(1), 1),
    "TypeError: trajectory: fn must return a tensor of one number, got Tensor[2]\n  help: compute with tensor methods, w.square().sum(), or pass a surface of optim.surfaces",
  ],
  [
    () => trajectory(surfaces.beale, [1, 1], (() => 1) as never, 1),
    "TypeError: trajectory: makeOptimizer must return an optimizer, got 1",
  ],
  [
    () => trajectory(surfaces.beale, [1, 1], sgd(1), -1),
    "RangeError: trajectory: steps must be a whole number at least 0, got -1",
  ],
])("refuses %#", (call, message) => {
  expect(errorOf(call)).toBe(message);
});
