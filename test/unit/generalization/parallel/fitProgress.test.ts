import { afterEach, expect, test } from "vitest";
import { fitProgress } from "../../../../src/generalization/parallel/fitProgress.js";

const symbol = Symbol.for("Jupyter.output");
const place = globalThis as Record<symbol, unknown>;
afterEach(() => {
  delete place[symbol];
});

test("in a notebook one display is updated in place", () => {
  const shown: string[] = [];
  place[symbol] = {
    display: (bundle: Record<string, string>, { displayId }: { displayId: string }) =>
      shown.push(`new ${displayId.startsWith("gradbook-fits")}: ${bundle["text/plain"]}`),
    update: (_id: string, bundle: Record<string, string>) => shown.push(`update: ${bundle["text/plain"]}`),
  };
  const progress = fitProgress("crossValidate");
  progress.update(3, 10, 2);
  progress.update(6, 10, 2);
  progress.end();
  expect(shown.map((line) => line.replace(/[\d.]+ s/g, "T"))).toEqual([
    "new true: crossValidate: 3 of 10 fits on 2 threads, T, about T left",
    "update: crossValidate: 6 of 10 fits on 2 threads, T, about T left",
    "update: crossValidate: finished in T",
  ]);
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
