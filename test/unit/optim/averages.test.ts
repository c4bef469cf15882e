import { expect, test } from "vitest";
import { numbers } from "../../../src/engine/engine.js";
import { moveIntoArena } from "../../../src/optim/arena.js";
import { Averages } from "../../../src/optim/averages.js";
import { leaf } from "../../support/optimizerTrace.js";

test("each name is one run of zeros as long as the arena, shared by whoever asks for it", () => {
  const [{ arena }] = moveIntoArena([leaf([1, 2, 3]), leaf([4])]) as [ReturnType<typeof moveIntoArena>[0]];
  const averages = new Averages();
  const [m, v] = averages.of(arena, ["m", "v"]) as [
    Parameters<typeof numbers>[0],
    Parameters<typeof numbers>[0],
  ];
  expect([m.length, v.length]).toEqual([arena.length, arena.length]);
  numbers(m).fill(1);
  expect(numbers(v).every((value) => value === 0)).toBe(true);
  expect(averages.of(arena, ["vMax", "m"])[1]).toBe(m);
});

test("arenas and optimizers do not share", () => {
  const [first] = moveIntoArena([leaf([1])]);
  const [second] = moveIntoArena([leaf([1])]);
  const averages = new Averages();
  const [m] = averages.of(first!.arena, ["m"]);
  expect(averages.of(second!.arena, ["m"])[0]).not.toBe(m);
  expect(new Averages().of(first!.arena, ["m"])[0]).not.toBe(m);
});
