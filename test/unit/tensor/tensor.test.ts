import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { noGrad } from "../../../src/autograd/gradMode.js";
import { ones, tensor, zeros } from "../../../src/tensor/create.js";
import "../../../src/tensor/methods.js";
import type { Tensor } from "../../../src/tensor/tensor.js";
import { errorOf } from "../../support/errorOf.js";

describe("numbers", () => {
  test("data is the memory itself", () => {
    const x = tensor([1, 2]);
    x.data[0] = 5;
    expect(x.toArray()).toEqual([5, 2]);
    expect(x.data).toBe(x.data);
  });

  test("toArray nests to the shape and copies", () => {
    const x = tensor([1, 2, 3, 4, 5, 6, 7, 8], { shape: [2, 2, 2] });
    const values = x.toArray() as number[][][];
    expect(values).toEqual([
      [
        [1, 2],
        [3, 4],
      ],
      [
        [5, 6],
        [7, 8],
      ],
    ]);
    (values[0]?.[0] as number[])[0] = 99;
    expect(x.data[0]).toBe(1);
    expect([tensor(4).toArray(), zeros([2, 0]).toArray()]).toEqual([4, [[], []]]);
  });

  test("item wants one element", () => {
    expect(tensor([[7]]).item()).toBe(7);
    expect(errorOf(() => tensor([1, 2]).item())).toBe(
      "ShapeError: item: the tensor must have one element, got 2\n  shape [2]\n  help: use toArray() or data for all of them",
    );
  });

  test("detach shares memory and has no history", () => {
    const x = tensor([1, 2], { requiresGrad: true });
    const y = x.mul(2).detach();
    expect(y.requiresGrad).toBe(false);
    const z = x.detach();
    z.data[0] = 8;
    expect(x.toArray()).toEqual([8, 2]);
  });
});

describe("requiresGrad", () => {
  test("results inherit it, noGrad and constants do not", () => {
    const x = tensor([1], { requiresGrad: true });
    const c = tensor([1]);
    expect([x.add(c).requiresGrad, c.add(c).requiresGrad, noGrad(() => x.add(c)).requiresGrad]).toEqual([
      true,
      false,
      false,
    ]);
  });

  test("can be switched on a leaf, not off on a result", () => {
    const x = tensor([1]);
    x.requiresGrad = true;
    const y = x.mul(2);
    expect(
      errorOf(() => {
        y.requiresGrad = false;
      }),
    ).toBe(
      "Error: requiresGrad: cannot be set to false on the result of mul\n  help: use detach() for a tensor without history",
    );
    expect(
      errorOf(() => {
        x.requiresGrad = 1 as unknown as boolean;
      }),
    ).toBe("TypeError: requiresGrad: must be true or false, got 1");
  });
});

describe("backward", () => {
  test("gradients add up over calls until zeroGrad", () => {
    const w = tensor([3], { requiresGrad: true });
    const loss = (): Tensor => w.square().sum();
    loss().backward();
    expect(w.grad?.toArray()).toEqual([6]);
    loss().backward();
    expect(w.grad?.toArray()).toEqual([12]);
    w.zeroGrad();
    expect(w.grad).toBe(null);
    loss().backward();
    expect(w.grad?.toArray()).toEqual([6]);
  });

  test("takes the gradient of the result for more than one value", () => {
    const x = tensor([1, 2, 3], { requiresGrad: true });
    x.mul(2).backward(tensor([1, 10, 100]));
    expect(x.grad?.toArray()).toEqual([2, 20, 200]);
  });

  test("of a leaf itself", () => {
    const x = tensor(2, { requiresGrad: true });
    x.backward();
    x.backward();
    expect(x.grad?.item()).toBe(2);
  });

  test("the gradient given is not changed and not shared", () => {
    const x = tensor([1, 2], { requiresGrad: true });
    const gradient = tensor([1, 1]);
    x.add(0).add(x).backward(gradient);
    expect(gradient.toArray()).toEqual([1, 1]);
    (x.grad as Tensor).data[0] = 50;
    expect(gradient.toArray()).toEqual([1, 1]);
  });

  test("intermediate results and constants get no grad", () => {
    const x = tensor([1], { requiresGrad: true });
    const [c, y] = [tensor([2]), x.mul(3)];
    y.mul(c).sum().backward();
    expect([c.grad, y.grad, x.grad?.toArray()]).toEqual([null, null, [6]]);
  });

  test.each([
    [
      () => tensor([1]).sum().backward(),
      "Error: backward: nothing was recorded for this tensor\n  help: create the parameters with {requiresGrad: true}, and do not compute the loss inside noGrad or from item() or data",
    ],
    [
      () => ones([2], { requiresGrad: true }).mul(2).backward(),
      "ShapeError: backward: without a gradient the tensor must have one value, got shape [2]\n  help: reduce it to a loss with sum() or mean(), or pass the gradient",
    ],
    [
      () =>
        ones([2], { requiresGrad: true })
          .mul(2)
          .backward(ones([3])),
      "ShapeError: backward: the gradient must have the tensor's shape\n  tensor [2], gradient [3]",
    ],
    [
      () =>
        ones([2], { requiresGrad: true })
          .mul(2)
          .backward(ones([2], { dtype: "float64" })),
      'TypeError: backward: the gradient must have the tensor\'s dtype float32, got float64\n  help: use gradient.to("float32")',
    ],
    [
      () => {
        const loss = ones([2], { requiresGrad: true }).sum();
        loss.backward();
        loss.backward();
      },
      "Error: backward: this graph was already used by an earlier backward() (reached sum)\n  help: compute the loss again, or add the losses and call backward() once",
    ],
  ])("error %#", (call, text) => {
    expect(errorOf(call)).toBe(text);
  });
});

describe("grad", () => {
  test("is one tensor as long as it is set", () => {
    const x = tensor([1, 2], { requiresGrad: true });
    x.sum().backward();
    expect(x.grad).toBe(x.grad);
  });

  test("can be set, and backward adds to it", () => {
    const x = tensor([1, 2], { requiresGrad: true });
    x.grad = tensor([10, 10]);
    x.sum().backward();
    expect(x.grad?.toArray()).toEqual([11, 11]);
    x.grad = null;
    expect(x.grad).toBe(null);
  });

  test("must be like the tensor", () => {
    const x = tensor([1, 2]);
    expect(
      errorOf(() => {
        x.grad = tensor([1]);
      }),
    ).toBe("ShapeError: grad: the gradient must have the tensor's shape\n  tensor [2], gradient [1]");
    expect(
      errorOf(() => {
        x.grad = [1, 2] as unknown as Tensor;
      }),
    ).toBe("TypeError: grad: must be a tensor or null, got [1, 2]");
  });
});

test("shows itself as text and as a table", () => {
  const x = tensor([[1, 2]], { requiresGrad: true });
  expect(inspect(x)).toBe("Tensor [1, 2] float32 requiresGrad\n[[1, 2]]");
  const display = x as unknown as Record<symbol, () => Record<string, string>>;
  const bundle = display[Symbol.for("Jupyter.display")]?.call(x) as Record<string, string>;
  expect(bundle["text/plain"]).toBe(inspect(x));
  expect(bundle["text/html"]).toContain("<table");
});
