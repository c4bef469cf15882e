import { expect, test } from "vitest";
import {
  GroupNorm,
  groupNorm,
  InstanceNorm1d,
  InstanceNorm2d,
  InstanceNorm3d,
  instanceNorm,
} from "../../../src/nn/groupNorm.js";
import { createRandom } from "../../../src/random.js";
import { randn, tensor, zeros } from "../../../src/tensor/create.js";

// PyTorch 1.13: one group over both rows of one sample
test("groupNorm with one group", () => {
  const y = groupNorm(
    tensor(
      [
        [
          [1, 2],
          [3, 5],
        ],
      ],
      { dtype: "float64" },
    ),
    { numGroups: 1 },
  );
  for (const [i, value] of [-1.18321325, -0.50709139, 0.16903046, 1.52127418].entries())
    expect(y.data[i]).toBeCloseTo(value, 7);
});

test("with as many groups as channels it is instanceNorm", () => {
  const x = randn([2, 4, 3, 3], { dtype: "float64", random: createRandom(1) });
  expect(groupNorm(x, { numGroups: 4 }).toArray()).toEqual(instanceNorm(x).toArray());
});

test("a sample's result does not depend on the rest of the batch", () => {
  const x = randn([3, 4, 2, 2], { dtype: "float64", random: createRandom(1) });
  const alone = tensor(x.data.slice(0, 16), { shape: [1, 4, 2, 2] });
  expect(groupNorm(alone, { numGroups: 2 }).data).toEqual(groupNorm(x, { numGroups: 2 }).data.slice(0, 16));
});

test("layers: GroupNorm learns γ and β, InstanceNorm does not unless asked", () => {
  expect(new GroupNorm(2, 4).parameters()).toHaveLength(2);
  expect(new InstanceNorm2d(4).parameters()).toHaveLength(0);
  expect(new InstanceNorm2d(4, { affine: true }).parameters()).toHaveLength(2);
  expect(new InstanceNorm1d(2).forward(zeros([1, 2, 5])).shape).toEqual([1, 2, 5]);
  expect(new InstanceNorm3d(2).forward(zeros([1, 2, 2, 2, 2])).shape).toEqual([1, 2, 2, 2, 2]);
  expect(new GroupNorm(2, 4).forward(randn([2, 4, 3], { random: createRandom(1) })).shape).toEqual([2, 4, 3]);
  expect([new GroupNorm(2, 4), new InstanceNorm2d(4)].map(String)).toEqual([
    "GroupNorm(2, 4)",
    "InstanceNorm2d(4)",
  ]);
});

test("errors", () => {
  expect(() => groupNorm(zeros([1, 4, 2]), { numGroups: 3 })).toThrowErrorMatchingInlineSnapshot(`
    [ShapeError: groupNorm: numGroups must divide the number of channels, got numGroups 3 for 4 channels
      input [1, 4, 2]]
  `);
  expect(() => new GroupNorm(3, 4)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: GroupNorm: numGroups must divide channels, got numGroups 3 for 4 channels]`,
  );
  expect(() => instanceNorm(zeros([2, 3, 1]))).toThrowErrorMatchingInlineSnapshot(`
    [ShapeError: instanceNorm: input must have more than one place per channel, got one
      input [2, 3, 1]]
  `);
  expect(() => new InstanceNorm2d(4).forward(zeros([1, 4, 2]))).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: InstanceNorm2d: input must have 4 axes and 4 channels in the second, got [1, 4, 2]]`,
  );
});
