// What a reader sees: the controls, below them one output, and that output changed in place.
import { describe, expect, test } from "vitest";
import type { InteractHandle } from "../../../../kernel/widgets/interact.js";
import { widgetParts } from "../../../support/widgetParts.js";

type Values = Record<string, unknown>;

function setUp() {
  const parts = widgetParts();
  const { frames, interactions } = parts;
  /** What is on the page: text of displays, with an arrow for one that was changed. */
  const page = (): string[] =>
    frames.flatMap((frame) => {
      if (frame.t === "display") return [String(frame.bundle["text/plain"])];
      return frame.t === "update" ? [`-> ${frame.bundle["text/plain"]}`] : [];
    });
  const drag = (handle: InteractHandle, values: Values): void => {
    for (const [name, value] of Object.entries(values)) {
      const control = handle.controls[name];
      if (control !== undefined)
        parts.fromPage(control, { method: "update", state: { value }, buffer_paths: [] });
    }
  };
  return { ...parts, page, drag, interact: interactions.interact };
}

const controlText = "n: slider 0 … 10, starts at 5 (controls need a running kernel and ipywidgets)";

test("the controls, then the result as an ordinary display that changes in place", () => {
  const { interact, inCell, page, drag, frames } = setUp();
  const handle = inCell(7, () => interact({ n: [0, 10] }, ({ n }) => Number(n) * 2));
  inCell(8, () => drag(handle, { n: 6 }));
  expect(page()).toEqual([controlText, "10", "-> 12"]);
  const [controls, result] = frames.filter(({ t }) => t === "display");
  expect(controls).toMatchObject({ cell: 7, bundle: { "application/vnd.jupyter.widget-view+json": {} } });
  expect(result).toMatchObject({ cell: 7, id: handle.displayId });
  expect(result).not.toHaveProperty("bundle.application/vnd.jupyter.widget-view+json");
  expect(frames.at(-1)).toMatchObject({ t: "update", cell: 8, id: handle.displayId });
});

test("all values at once, with their kinds", () => {
  const { interact } = setUp();
  let seen: Values = {};
  interact(
    { n: [0, 10], x: [0, 1], how: ["sgd", "adam"], on: false, name: "a" },
    (values) => {
      seen = values;
    },
    { start: { how: "adam" } },
  );
  expect(seen).toEqual({ n: 5, x: 0.5, how: "adam", on: false, name: "a" });
});

test("what the function prints and shows is in the result, also later; its first words are not lost with an error", async () => {
  const { interact, inCell, page, print, displays, interactions } = setUp();
  inCell(1, () =>
    interact({ n: [0, 10] }, async ({ n }) => {
      print("begin\n");
      displays.display(42);
      setTimeout(() => print("late\n"), 5);
      return n;
    }),
  );
  await interactions.settled();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(page()).toEqual([controlText, "begin\n42\n5", "-> begin\n42\n5\nlate"]);
  expect(() =>
    interact({ n: [0, 10] }, () => {
      print("so far");
      throw new Error("no");
    }),
  ).toThrow("no");
  expect(page().at(-1)).toBe("so far");
});

test("a display handle that is returned is not shown a second time", () => {
  const { interact, page, displays } = setUp();
  interact({ n: [0, 10] }, ({ n }) => displays.display(n));
  expect(page()).toEqual([controlText, "5"]);
});

test("a display of another cell is changed where it is", () => {
  const { interact, inCell, page, displays } = setUp();
  const other = inCell(1, () => displays.display("other"));
  inCell(2, () => interact({ n: [0, 10] }, ({ n }) => other.update(n)));
  expect(page()).toEqual(["'other'", "-> 5", controlText, ""]);
});

describe("errors", () => {
  test("of the first call are the cell's; no control is shown", () => {
    const { interact, page } = setUp();
    expect(() =>
      interact({ n: [0, 10] }, () => {
        throw new RangeError("no");
      }),
    ).toThrow(new RangeError("no"));
    expect(page()).toEqual([]);
  });
  test("of a later call are shown in place, and the next good value replaces them", () => {
    const { interact, page, drag } = setUp();
    const handle = interact({ n: [0, 10] }, ({ n }) => {
      if (n === 3) throw new RangeError("not three");
      return n;
    });
    drag(handle, { n: 3 });
    drag(handle, { n: 4 });
    expect(page().slice(1)).toEqual(["5", expect.stringMatching(/^-> RangeError: not three/), "-> 4"]);
  });
});

describe("many values", () => {
  test("that come together are drawn once, with the last", () => {
    const { interact, interactions, page, drag } = setUp();
    const handle = interact({ n: [0, 10] }, ({ n }) => n);
    interactions.hold();
    drag(handle, { n: 1 });
    drag(handle, { n: 2 });
    drag(handle, { n: 3 });
    expect(page()).toEqual([controlText, "5"]);
    interactions.flush();
    interactions.flush();
    expect(page()).toEqual([controlText, "5", "-> 3"]);
  });
  test("while a call runs, the last one waits and the others are skipped", async () => {
    const { interact, interactions, page, drag } = setUp();
    const waiting: (() => void)[] = [];
    const handle = interact({ n: [0, 10] }, async ({ n }) => {
      await new Promise<void>((resolve) => waiting.push(resolve));
      return n;
    });
    waiting.shift()?.();
    await interactions.settled();
    drag(handle, { n: 1 });
    drag(handle, { n: 2 });
    drag(handle, { n: 3 });
    expect(waiting).toHaveLength(1);
    waiting.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
    waiting.shift()?.();
    await interactions.settled();
    // the call that began with 1 took its values then
    expect(page()).toEqual([controlText, "5", "-> 1", "-> 3"]);
  });
});

describe("asynchronous functions", () => {
  test("the cell waits for the first result", async () => {
    const { interact, interactions, page } = setUp();
    interact({ n: [0, 10] }, async ({ n }) => n);
    expect(page()).toEqual([]);
    await interactions.settled();
    expect(page()).toEqual([controlText, "5"]);
  });
  test("an error of the first call fails the cell, once", async () => {
    const { interact, interactions } = setUp();
    interact({ n: [0, 10] }, async () => {
      throw new Error("no");
    });
    await expect(interactions.settled()).rejects.toThrow("no");
    await expect(interactions.settled()).resolves.toBeUndefined();
  });
  test("an interrupted call is shown as that; its result is dropped", async () => {
    const { interact, interactions, page, drag } = setUp();
    const waiting: (() => void)[] = [];
    const handle = interact({ n: [0, 10] }, async ({ n }) => {
      if (n !== 5) await new Promise<void>((resolve) => waiting.push(resolve));
      return n;
    });
    await interactions.settled();
    drag(handle, { n: 1 });
    const error = {
      ename: "KeyboardInterrupt",
      evalue: "Interrupted",
      traceback: ["KeyboardInterrupt: Interrupted"],
    };
    expect(interactions.interrupt(error)).toBe(true);
    expect(interactions.interrupt(error)).toBe(false);
    waiting.shift()?.();
    await interactions.settled();
    expect(page()).toEqual([controlText, "5", "-> KeyboardInterrupt: Interrupted"]);
    drag(handle, { n: 5 });
    await interactions.settled();
    expect(page().at(-1)).toBe("-> 5");
  });
});

test("an interrupt before the batch is drawn: nothing of it is left for the next", () => {
  const { interact, interactions, page, drag } = setUp();
  const first = interact({ n: [0, 10] }, ({ n }) => `first ${n}`);
  interactions.hold();
  drag(first, { n: 1 });
  const error = { ename: "KeyboardInterrupt", evalue: "", traceback: ["stopped"] };
  expect(interactions.interrupt(error)).toBe(true);
  interactions.flush();
  expect(page()).toEqual([controlText, "'first 5'", "-> stopped"]);
});

test("a control set by a cell redraws", () => {
  const { interact, page } = setUp();
  const handle = interact({ n: [0, 10] }, ({ n }) => n);
  const { n } = handle.controls;
  if (n !== undefined) n.value = 8;
  expect(page()).toEqual([controlText, "5", "-> 8"]);
});

test("precompute: all states beside the controls, the present one below", () => {
  const { interact, frames } = setUp();
  interact({ n: [1, 2, 1], on: false }, ({ n, on }) => `${n} ${on}`, { precompute: true, start: { n: 2 } });
  const [controls, result] = frames.flatMap((frame) => (frame.t === "display" ? [frame.bundle] : []));
  expect(controls?.["application/vnd.gradbook.states+json"]).toEqual({
    version: 1,
    controls: [
      { name: "n", labels: ["1", "2"], start: 1 },
      { name: "on", labels: ["no", "yes"], start: 0 },
    ],
    states: ["1 false", "1 true", "2 false", "2 true"].map((text) => ({ "text/plain": `'${text}'` })),
  });
  expect(result).toEqual({ "text/plain": "'2 false'" });
});

test("precompute: a state that does not fit has its error, and does not fail the cell; asynchronous functions too", async () => {
  const { interact, interactions, frames } = setUp();
  const texts = (): string[] =>
    frames.flatMap((frame) => {
      const states = frame.t === "display" && frame.bundle["application/vnd.gradbook.states+json"];
      return states ? (states as { states: object[] }).states.map((state) => JSON.stringify(state)) : [];
    });
  const fn = (n: unknown): unknown => {
    if (n === 3) throw new RangeError("three does not fit");
    return n;
  };
  interact({ n: [2, 4, 1] }, ({ n }) => fn(n), { precompute: true, start: { n: 2 } });
  interact({ n: [2, 4, 1] }, async ({ n }) => fn(n), { precompute: true, start: { n: 2 } });
  await interactions.settled();
  expect(texts()).toHaveLength(6);
  for (const i of [0, 3]) {
    expect(texts()[i]).toBe('{"text/plain":"2"}');
    expect(texts()[i + 1]).toContain("RangeError: three does not fit");
    expect(texts()[i + 2]).toBe('{"text/plain":"4"}');
  }
});

test("what makes no sense is refused", () => {
  const { interact } = setUp();
  const fn = (): number => 1;
  expect(() => interact({}, fn)).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: interact: the controls must be an object such as { learningRate: [0.01, 1, 0.01] }, got {}]`,
  );
  expect(() => interact({ n: [0, 5] }, 3 as never)).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: interact: a function of the values must follow the controls, got 3]`,
  );
  expect(() => interact({ n: [0, 5] }, fn, { begin: 1 } as never)).toThrowErrorMatchingInlineSnapshot(`
    [TypeError: interact: unknown option "begin"
      help: the options are start and precompute]
  `);
  expect(() => interact({ n: [0, 5] }, fn, { start: { m: 1 } })).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: interact: start must name controls (n), got m]`,
  );
});
