import { describe, expect, test } from "vitest";
import { numbers } from "../../../src/engine/engine.js";
import { bringGradientHome, moveIntoArena } from "../../../src/optim/arena.js";
import { tensor } from "../../../src/tensor/create.js";
import "../../../src/tensor/methods.js";
import type { Tensor } from "../../../src/tensor/tensor.js";

const leaf = (values: number[]): Tensor => tensor(values, { requiresGrad: true });

describe("moveIntoArena(parameters)", () => {
  test("keeps values and gradients, in one run with padding of zeros", () => {
    const a = leaf([1, 2, 3]);
    const b = leaf([4]);
    a.square().sum().backward();
    const [placeA, placeB] = moveIntoArena([a, b]);
    expect(placeA!.arena).toBe(placeB!.arena);
    expect([placeA!.start, placeA!.end, placeA!.next, placeB!.start, placeB!.end]).toEqual([
      0, 3, 16, 16, 17,
    ]);
    const wanted = new Float32Array(32);
    wanted.set([1, 2, 3], 0);
    wanted.set([4], 16);
    expect([...numbers(placeA!.arena.parameters)]).toEqual([...wanted]);
    expect([...numbers(placeA!.arena.gradients)].slice(0, 4)).toEqual([2, 4, 6, 0]);
    expect(a.grad!.toArray()).toEqual([2, 4, 6]);
    expect(b.grad).toBeNull();
  });

  test("a backward pass writes into the arena: it stores after zeroGrad and adds otherwise", () => {
    const a = leaf([1, 2]);
    const [place] = moveIntoArena([a]);
    const gradients = numbers(place!.arena.gradients);
    a.mul(3).sum().backward();
    expect([...gradients.subarray(0, 2)]).toEqual([3, 3]);
    a.mul(1).sum().backward();
    expect([...gradients.subarray(0, 2)]).toEqual([4, 4]);
    a.zeroGrad();
    a.mul(5).sum().backward();
    expect([...gradients.subarray(0, 2)]).toEqual([5, 5]);
  });

  test("a parameter stays in its first arena; only new ones move", () => {
    const a = leaf([1]);
    const b = leaf([2]);
    const [first] = moveIntoArena([a]);
    const [again, other] = moveIntoArena([a, b]);
    expect(again!.arena).toBe(first!.arena);
    expect(other!.arena).not.toBe(first!.arena);
  });

  test("writing through .data changes the arena's numbers", () => {
    const a = leaf([1, 2]);
    const [place] = moveIntoArena([a]);
    a.data[1] = 7;
    expect([...numbers(place!.arena.parameters).subarray(0, 2)]).toEqual([1, 7]);
  });

  test("a gradient tensor that is held keeps its numbers when the next one comes", () => {
    const a = leaf([1, 2]);
    moveIntoArena([a]);
    a.mul(3).sum().backward();
    const held = a.grad!;
    a.zeroGrad();
    a.mul(5).sum().backward();
    expect(held.toArray()).toEqual([3, 3]);
    expect(a.grad!.toArray()).toEqual([5, 5]);
  });
});

test("bringGradientHome copies a gradient that was put elsewhere", () => {
  const a = leaf([1, 2]);
  const [place] = moveIntoArena([a]);
  a.gradientSlot = null;
  a.mul(3).sum().backward();
  bringGradientHome(a, place!);
  expect([...numbers(place!.arena.gradients).subarray(0, 2)]).toEqual([3, 3]);
  expect(a.grad!.toArray()).toEqual([3, 3]);
});
