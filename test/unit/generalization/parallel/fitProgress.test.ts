import { afterEach, expect, test } from "vitest";
import { fitProgress } from "../../../../src/generalization/parallel/fitProgress.js";

const symbol = Symbol.for("Jupyter.output");
const place = globalThis as Record<symbol, unknown>;
afterEach(() => {
  delete place[symbol];
});

/** A clock that is set by hand, and the lines that a notebook would show. */
function notebook() {
  const shown: string[] = [];
  place[symbol] = {
    display: (bundle: Record<string, string>, { displayId }: { displayId: string }) =>
      shown.push(`new ${displayId.startsWith("gradbook-fits")}: ${bundle["text/plain"]}`),
    update: (_id: string, bundle: Record<string, string>) => shown.push(`update: ${bundle["text/plain"]}`),
  };
  const clock = { ms: 500 };
  return { shown, clock, now: () => clock.ms };
}

test("in a notebook one display is updated in place", () => {
  const { shown, clock, now } = notebook();
  const progress = fitProgress("crossValidate", 1, now);
  clock.ms += 1500;
  progress.update(3, 10, 2); // 1.5 s for 3 of 10: 3.5 s left
  clock.ms += 1500;
  progress.update(6, 10, 1);
  clock.ms += 2000;
  progress.end();
  expect(shown).toEqual([
    "new true: crossValidate: 3 of 10 fits on 2 threads, 1.5 s, about 3.5 s left",
    "update: crossValidate: 6 of 10 fits, 3.0 s, about 2.0 s left",
    "update: crossValidate: finished in 5.0 s",
  ]);
});

test("a sweep has one line for all its parts, and quick parts count", () => {
  const { shown, clock, now } = notebook();
  const progress = fitProgress("sweep", 4, now);
  clock.ms += 900;
  progress.endPart(); // quick so far
  clock.ms += 900;
  progress.endPart(); // half of it after 1.8 s
  clock.ms += 450;
  progress.update(5, 10, 1); // (2 + 1/2) of 4 parts after 2.25 s: 1.35 s left
  clock.ms += 450;
  progress.endPart();
  clock.ms += 900;
  progress.endPart();
  progress.end();
  expect(shown).toEqual([
    "new true: sweep: 3 of 4, 1.8 s, about 1.8 s left",
    "update: sweep: 3 of 4, 5 of 10 fits, 2.3 s, about 1.4 s left",
    "update: sweep: 4 of 4, 2.7 s, about 0.9 s left",
    "update: sweep: finished in 3.6 s",
  ]);
});

test("work that is over within a second leaves no line", () => {
  const { shown, clock, now } = notebook();
  const progress = fitProgress("f", 2, now);
  clock.ms += 400;
  progress.update(1, 2, 1);
  clock.ms += 400;
  progress.endPart();
  clock.ms += 190;
  progress.endPart();
  progress.end();
  expect(shown).toEqual([]);
});

test("work that was never reported ends silently", () => {
  let shown = 0;
  place[symbol] = { display: () => shown++, update: () => shown++ };
  fitProgress("f").end();
  expect(shown).toBe(0);
});

test("the stop button of a notebook ends the work", () => {
  place[symbol] = {
    display: () => {},
    update: () => {},
    checkInterrupt: () => {
      throw new Error("KeyboardInterrupt");
    },
  };
  expect(() => fitProgress("f").update(1, 2, 1)).toThrow("KeyboardInterrupt");
});
