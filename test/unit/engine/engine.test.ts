import { expect, test } from "vitest";
import {
  activeEngine,
  arraySpan,
  chooseEngineWith,
  type Engine,
  engine,
  keptSpan,
  numbers,
  useEngine,
} from "../../../src/engine/engine.js";
import { plainEngine } from "../../../src/engine/plain.js";

/** Covers nothing, counts how often it was asked. */
function refusing(): { asked: string[]; engine: Engine } {
  const asked: string[] = [];
  const entries = Object.keys(plainEngine)
    .filter((name) => name !== "path")
    .map((name) => [
      name,
      () => {
        asked.push(name);
        return false;
      },
    ]);
  return { asked, engine: { path: "simd", ...Object.fromEntries(entries) } as Engine };
}

test("what the implementation refuses, the plain loops do", () => {
  const { asked, engine: refuses } = refusing();
  useEngine(refuses);
  try {
    const y = arraySpan(new Float64Array(2));
    expect(engine.unary("square", y, arraySpan(Float64Array.of(2, 3)), 0, 0)).toBe(true);
    expect(Array.from(numbers(y))).toEqual([4, 9]);
    expect(engine.update("sgd", y, y, [], 0, 2, [])).toBe(false);
    expect(asked).toEqual(["unary", "update"]);
    expect(engine.path).toBe("simd");
  } finally {
    useEngine(plainEngine);
  }
});

test("every operation asks the implementation first", () => {
  const { asked, engine: refuses } = refusing();
  useEngine(refuses);
  try {
    for (const name of Object.keys(plainEngine).filter((one) => one !== "path")) {
      // The plain loops fail on missing spans; by then the implementation has been asked.
      try {
        (engine as unknown as Record<string, () => void>)[name]?.();
      } catch {}
      expect(asked.at(-1)).toBe(name);
    }
  } finally {
    useEngine(plainEngine);
  }
});

test("the choice is made once, at the first use: an operation or memory that stays", () => {
  let choices = 0;
  const chooser = (): Engine => {
    choices++;
    return plainEngine;
  };
  chooseEngineWith(chooser);
  expect(choices).toBe(0);
  keptSpan("float32", 4);
  expect(activeEngine()).toBe(plainEngine);
  expect(choices).toBe(1);
});
