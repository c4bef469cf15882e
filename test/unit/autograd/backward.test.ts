import { describe, expect, test } from "vitest";
import { runBackward } from "../../../src/autograd/backward.js";
import { type Differentiable, Node, type Operation, tick } from "../../../src/autograd/node.js";

/** A number with a gradient: the smallest thing the graph can be about. */
class Scalar implements Differentiable<Scalar, number> {
  readonly requiresGrad = true;
  node: Node<Scalar, number> | null = null;
  changedAt = 0;
  gradient = 0;
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }

  receive(gradient: number): void {
    if (this.node === null) this.gradient += gradient;
    else this.node.gradient = (this.node.gradient ?? 0) + gradient;
  }
}

const order: string[] = [];

function operation(name: string, backward: (node: Node<Scalar, number>) => void, readsInputs = true) {
  const logged = (node: Node<Scalar, number>): void => {
    order.push(name);
    backward(node);
  };
  return { name, backward: logged, readsInputs } satisfies Operation<Scalar, number>;
}

const mulOperation = operation("mul", (node) => {
  const [a, b] = node.inputs as [Scalar, Scalar];
  a.receive((node.gradient as number) * b.value);
  b.receive((node.gradient as number) * a.value);
});
const addOperation = operation(
  "add",
  (node) => {
    for (const input of node.inputs) input.receive(node.gradient as number);
  },
  false,
);

function apply(kind: Operation<Scalar, number>, value: number, ...inputs: Scalar[]): Scalar {
  const result = new Scalar(value);
  result.node = new Node(kind, inputs, null);
  return result;
}
const mul = (a: Scalar, b: Scalar): Scalar => apply(mulOperation, a.value * b.value, a, b);
const add = (a: Scalar, b: Scalar): Scalar => apply(addOperation, a.value + b.value, a, b);

function backward(root: Scalar): void {
  const node = root.node as Node<Scalar, number>;
  node.gradient = 1;
  order.length = 0;
  runBackward(node);
}

describe("runBackward", () => {
  test("d(xy + x)/dx = y + 1, d/dy = x", () => {
    const [x, y] = [new Scalar(3), new Scalar(5)];
    backward(add(mul(x, y), x));
    expect([x.gradient, y.gradient]).toEqual([6, 3]);
    expect(order).toEqual(["add", "mul"]);
  });

  test.each([
    ["first", (z: Scalar, square: Scalar) => add(z, square)],
    ["last", (z: Scalar, square: Scalar) => add(square, z)],
  ])(
    "a result used twice (%s) waits for both gradients: z = xy, d(z² + z)/dx = (2z + 1)y",
    (_where, combine) => {
      const [x, y] = [new Scalar(3), new Scalar(5)];
      const z = mul(x, y);
      backward(combine(z, mul(z, z)));
      expect([x.gradient, y.gradient]).toEqual([31 * 5, 31 * 3]);
      expect(order).toEqual(["add", "mul", "mul"]);
    },
  );

  test("a chain of 200,000 records needs no recursion", () => {
    const one = new Scalar(1);
    let y = new Scalar(2);
    const x = y;
    for (let i = 0; i < 200_000; i++) y = mul(y, one);
    backward(y);
    expect([x.gradient, one.gradient]).toEqual([1, 400_000]);
  });

  test("a diamond of 60 levels is visited once per record, not once per path", () => {
    const x = new Scalar(1);
    let y = x;
    for (let i = 0; i < 60; i++) y = add(y, y);
    backward(y);
    expect(x.gradient).toBe(2 ** 60);
    expect(order.length).toBe(60);
  });

  test("a second pass through a used graph is an error and changes nothing", () => {
    const [x, y] = [new Scalar(3), new Scalar(5)];
    const z = mul(x, y);
    const [one, two] = [add(z, x), add(z, y)];
    backward(one);
    const before = x.gradient;
    expect(() => backward(two)).toThrowErrorMatchingInlineSnapshot(`
      [Error: backward: this graph was already used by an earlier backward() (reached mul)
        help: compute the loss again, or add the losses and call backward() once]
    `);
    expect(x.gradient).toBe(before);
    expect(() => backward(one)).toThrow("already used");
  });

  test("an input that changed since is an error where the gradient reads it, and none where it does not", () => {
    const [x, y] = [new Scalar(3), new Scalar(5)];
    const [product, total] = [mul(x, y), add(x, y)];
    x.changedAt = tick();
    expect(() => backward(product)).toThrowErrorMatchingInlineSnapshot(`
      [Error: backward: an input of mul was changed in place after the loss was computed
        help: call backward() before the optimizer's step(), then compute the loss again]
    `);
    backward(total);
    expect([x.gradient, y.gradient]).toEqual([1, 1]);
  });

  test("records are consumed even when a rule throws", () => {
    const x = new Scalar(1);
    const failing = operation("failing", () => {
      throw new Error("broken rule");
    });
    const y = apply(failing, 1, x);
    expect(() => backward(y)).toThrow("broken rule");
    expect(y.node?.consumed).toBe(true);
  });
});
