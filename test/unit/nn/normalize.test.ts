import { expect, test } from "vitest";
import { checkAffine, normalize, statisticsOf } from "../../../src/nn/normalize.js";
import { tensor } from "../../../src/tensor/create.js";

// Two channels of two places in two samples: channel 0 is 0 1 4 5, channel 1 is 2 3 6 7.
const layout = { groups: 2, groupStep: 2, runs: 2, runStep: 4, runLength: 2, affineInner: 2, affineSize: 2 };
const x = tensor(
  [
    [
      [0, 1],
      [2, 3],
    ],
    [
      [4, 5],
      [6, 7],
    ],
  ],
  { dtype: "float64" },
);

test("statisticsOf gathers the stretches of a group", () => {
  // mean (0 + 1 + 4 + 5) / 4 = 2.5; squares 6.25 + 2.25 + 2.25 + 6.25 = 17, / 4
  expect(statisticsOf(x.data, layout)).toEqual({
    mean: Float64Array.of(2.5, 4.5),
    variance: Float64Array.of(4.25, 4.25),
  });
});

test("statisticsOf keeps its digits far from 0", () => {
  const far = Float64Array.of(1e9, 1e9 + 1, 1e9 + 2, 1e9 + 3);
  const one = { groups: 1, groupStep: 0, runs: 1, runStep: 0, runLength: 4, affineInner: 1, affineSize: 4 };
  expect(statisticsOf(far, one).variance[0]).toBe(1.25);
});

test("normalize scales channel by channel", () => {
  const statistics = { mean: Float64Array.of(0, 2), variance: Float64Array.of(1, 4) };
  const affine = {
    weight: tensor([1, 10], { dtype: "float64" }),
    bias: tensor([0, 100], { dtype: "float64" }),
  };
  // channel 1: (x − 2) / 2 · 10 + 100
  expect(normalize(x, layout, statistics, 0, affine, false).toArray()).toEqual([
    [
      [0, 1],
      [100, 105],
    ],
    [
      [4, 5],
      [120, 125],
    ],
  ]);
});

test("checkAffine wants both or neither, of the right shape and kind", () => {
  const two = tensor([1, 2], { dtype: "float64" });
  expect(() => checkAffine("f", x, {}, [2])).not.toThrow();
  expect(() => checkAffine("f", x, { weight: two }, [2])).toThrow(
    "f: weight and bias must be given together, got only weight",
  );
  expect(() => checkAffine("f", x, { weight: two, bias: two }, [3])).toThrow(
    "f: weight must have shape [3], got [2]\n  input [2, 2, 2]",
  );
  expect(() => checkAffine("f", x, { weight: tensor([1, 2]), bias: two }, [2])).toThrow(
    "f: weight must have the input's dtype float64, got float32",
  );
});
