import { describe, expect, test } from "vitest";
import { arraySpan, numbers } from "../../../src/engine/engine.js";
import { FastProjection, findView, project } from "../../../src/optim/projection.js";

const settings = { delta: 0.1, eps: 1e-8 };
const view = (p: number[], g: number[], shape: number[], delta = 0.1): number =>
  findView(Float64Array.from(p), Float64Array.from(g), 0, shape, { ...settings, delta });

describe("findView", () => {
  test("rows, the whole, or none", () => {
    expect(view([3, 4, 1, 0], [4, -3, 0, 1], [2, 2])).toBe(2);
    // rows parallel, together orthogonal
    expect(view([1, 0, 0, 1], [1, 0, 0, -1], [2, 2])).toBe(1);
    // row 2 is parallel; the whole has cosine 3/√26/√34 = 0.1, limit 0.05
    expect(view([3, 4, 1, 0], [4, -3, 3, 0], [2, 2])).toBe(0);
    expect(view([3, 4], [4, -3], [2])).toBe(0);
  });

  // cos = 0.06 in both rows; 0.1/√2 = 0.0707 for rows of two
  test("the largest |cosine| must be below δ/√(row length)", () => {
    const p = [1, 0, 0, -1];
    const g = [0.06, Math.sqrt(1 - 0.06 ** 2), Math.sqrt(1 - 0.06 ** 2), 0.06];
    expect(view(p, g, [2, 2], 0.1)).toBe(2);
    expect(view(p, g, [2, 2], 0.08)).toBe(1); // .0566 for the rows; the whole's cosine is (0.06 − 0.06)/2 = 0
    expect(view(p, [...g.slice(0, 3), -0.06], [2, 2], 0.08)).toBe(0); // cosine of the whole .06, limit .04
  });

  test("begins at the given place", () => {
    const p = Float64Array.of(9, 9, 3, 4);
    const g = Float64Array.of(9, 9, 4, -3);
    expect(findView(p, g, 2, [1, 2], settings)).toBe(1);
  });
});

test("project leaves the part across the parameter", () => {
  // ⟨(1, 1), (.6, .8)⟩ = 1.4: (1, 1) − 1.4·(.6, .8) = (.16, −.12)
  const d = Float64Array.of(1, 1, 5, 7);
  project(d, Float64Array.of(0, 3, 4, 2, 0), 1, 2, 0);
  for (const [i, value] of [0.16, -0.12, 0, 7].entries()) expect(d[i]).toBeCloseTo(value, 12);
});

describe("FastProjection", () => {
  const p = [3, 4, 1, 0];
  const g = [4, -3, 0, 1];
  const run = () => ({
    parameters: arraySpan(Float32Array.of(7, 7, ...p)),
    gradients: arraySpan(Float32Array.of(7, 7, ...g)),
    state: [],
    start: 2,
    end: 6,
    shape: [2, 2],
  });

  test("finds the same view", () => {
    expect(new FastProjection(run()).findView(settings)).toBe(2);
  });

  test.each([2, 1, 0])("takes the step of the readable form in a view of %i rows", (rows) => {
    const here = run();
    const fast = new FastProjection(here);
    numbers(fast.direction).set([1, 1, 5, 7]);
    fast.step(rows, 0.9, 0.5, 1e-8);
    const d = Float64Array.of(1, 1, 5, 7);
    if (rows > 0) project(d, Float64Array.from(p), 0, rows, 1e-8);
    const got = numbers(here.parameters);
    expect([...got.slice(0, 2)]).toEqual([7, 7]);
    for (const [i, x] of p.entries()) expect(got[i + 2]).toBeCloseTo(0.9 * x - 0.5 * d[i]!, 5);
  });
});
