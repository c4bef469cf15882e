import { afterEach, describe, expect, test } from "vitest";
import { History } from "../../../src/train/history.js";
import { currentEnvironment, progressText } from "../../../src/train/progress.js";

const outputKey = Symbol.for("Jupyter.output");
afterEach(() => {
  Reflect.deleteProperty(globalThis, outputKey);
});

describe("progressText", () => {
  test("tells position, loss and the time left", () => {
    const history = new History("Adam");
    const position = { step: 250, totalSteps: 1000, epoch: 2.5, loss: 0.012345, elapsed: 1500 };
    expect(progressText(history, position)).toBe("Adam: step 250 of 1000, epoch 2.5, loss 0.01235, 5 s left");
    history.addEpoch({
      epoch: 2,
      step: 200,
      trainLoss: 1,
      validationLoss: 0.5,
      metrics: {},
      learningRate: 1,
    });
    expect(progressText(history, { ...position, step: 1000 })).toBe(
      "Adam: step 1000 of 1000, epoch 2.5, loss 0.01235, validation 0.5000",
    );
  });
});

describe("currentEnvironment", () => {
  test("in a notebook: one display that is updated in place, text and HTML", () => {
    const calls: unknown[][] = [];
    (globalThis as Record<symbol, unknown>)[outputKey] = {
      display: (...call: unknown[]) => calls.push(["display", ...call]),
      update: (...call: unknown[]) => calls.push(["update", ...call]),
    };
    const { show } = currentEnvironment();
    show!("a < b", 0.25, false);
    show!("done", 1, true);
    const [first, second] = calls as [
      [string, Record<string, string>, { displayId: string }],
      [string, string, Record<string, string>],
    ];
    expect(first[0]).toBe("display");
    expect(first[1]["text/plain"]).toBe("a < b");
    expect(first[1]["text/html"]).toContain('<progress value="0.2500" max="1"');
    expect(first[1]["text/html"]).toContain("a &lt; b");
    expect(second.slice(0, 2)).toEqual(["update", first[2].displayId]);
    expect(second[2]).toEqual({ "text/plain": "done", "text/html": "<div><code>done</code></div>" });
    expect(calls).toHaveLength(2);
  });

  test("in a notebook the kernel is asked whether to stop", () => {
    let asked = 0;
    (globalThis as Record<symbol, unknown>)[outputKey] = {
      display() {},
      update() {},
      checkInterrupt: () => asked++,
    };
    currentEnvironment().checkInterrupt();
    expect(asked).toBe(1);
  });

  test("outside a notebook there is nothing to ask", () => {
    expect(currentEnvironment().checkInterrupt()).toBeUndefined();
  });
});
