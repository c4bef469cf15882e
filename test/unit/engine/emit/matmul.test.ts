import { expect, test } from "vitest";
import { emitMatmul, matmulWorkspace } from "../../../../src/engine/emit/matmul.js";
import { emittedModule } from "../../../support/emittedModule.js";

const tile = { rows: 3, vectors: 1, unroll: 2, left: "splat" } as const;

test("the product of two whole-number matrices, every orientation, with edges on both sides", () => {
  const { floats, run, at } = emittedModule((module) => void emitMatmul(module, tile));
  // A[i][p] = i + p, B[p][j] = j − p, 4×5 and 5×6: C[i][j] = Σ_p (i + p)(j − p)
  //   = 5ij − i·Σp + j·Σp − Σp² = 5ij − 10i + 10j − 30
  const wanted = Array.from({ length: 24 }, (_, at) => {
    const [i, j] = [Math.floor(at / 6), at % 6];
    return 5 * i * j - 10 * i + 10 * j - 30;
  });
  const [a, b, c, workspace] = [64, 512, 1024, 4096];
  for (const [ta, tb] of [
    [0, 0],
    [1, 0],
    [0, 1],
    [1, 1],
  ] as const) {
    for (let i = 0; i < 4; i++)
      for (let p = 0; p < 5; p++) floats[a / 4 + (ta ? 4 * p + i : 5 * i + p)] = i + p;
    for (let p = 0; p < 5; p++)
      for (let j = 0; j < 6; j++) floats[b / 4 + (tb ? 5 * j + p : 6 * p + j)] = j - p;
    const pitches = [ta ? 16 : 20, tb ? 20 : 24] as const;
    run("matmul", a, pitches[0], ta, b, pitches[1], tb, c, 24, 4, 6, 5, 0, workspace);
    expect(at(c, 24)).toEqual(wanted);
    run("matmul", a, pitches[0], ta, b, pitches[1], tb, c, 24, 4, 6, 5, 1, workspace);
    expect(at(c, 24)).toEqual(wanted.map((x) => 2 * x));
  }
});

test("matmulWorkspace is one edge tile, 16 panels of A, 1024 columns of B and a panel more, 256 deep", () => {
  expect(matmulWorkspace(tile)).toBe(4 * (12 + 16 * 3 * 256 + (1024 + 4) * 256) + 3 * 256);
});
