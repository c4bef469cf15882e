import { availableParallelism } from "node:os";
import { describe, expect, test } from "vitest";
import { configure, status } from "../../../src/engine/control.js";

describe("status", () => {
  test("reports path, versions, tiles and heap, and shows itself", () => {
    configure({ path: "simd" });
    const report = status();
    expect(report).toMatchObject({ path: "simd", node: process.versions.node, threads: 1 });
    expect(report.memory.total).toBeGreaterThan(0);
    expect(report.memory.limit).toBe(2 ** 31);
    expect(report.inactive.map(({ path }) => path)).toEqual(["wide", "fma"]);
    const text = String(report)
      .replace(/\d+ MiB/g, "n MiB")
      .replace(/\d+\.\d+[\w.-]*/g, "version");
    expect(text.replace(/tiles \w+/, "tiles t")).toMatchInlineSnapshot(`
      "engine: simd (tiles t), 1 thread, Node version, V8 version
      heap: n MiB of at most n MiB, n MiB kept
      not wide: "simd" was asked for
      not fma: "simd" was asked for"
    `);
    const shown = report as unknown as Record<symbol, () => object>;
    expect(shown[Symbol.for("Jupyter.display")]?.()).toEqual({ "text/plain": String(report) });
  });

  test("denormals is the share of numbers below 2⁻¹²⁶ that are not 0", () => {
    expect(status().denormals({ data: Float32Array.of(1e-40, 0, 1, -1e-39) })).toBe(0.5);
    expect(status().denormals({ data: new Float32Array(0) })).toBe(0);
  });
});

describe("configure", () => {
  test("switches the path", () => {
    configure({ path: "plain" });
    expect(status().path).toBe("plain");
    configure({ path: "simd" });
    expect(status().path).toBe("simd");
  });

  test("refuses what it cannot do", () => {
    const cores = availableParallelism();
    expect(() => configure({ threads: 1000 })).toThrow(
      new RangeError(
        `engine.configure: threads must be at most ${cores}, the cores this process may use, got 1000`,
      ),
    );
    expect(() => configure({ threads: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: engine.configure: threads must be a whole number at least 1, got 0]`,
    );
    expect(() => configure({ path: "fast" } as never)).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: engine.configure: path must be "wide" or "fma" or "simd" or "plain", got "fast"]`,
    );
    expect(() => configure({ thread: 1 } as never)).toThrowErrorMatchingInlineSnapshot(`
      [TypeError: engine.configure: unknown option "thread"
        help: did you mean "threads"?]
    `);
    expect(() => configure({ memoryLimit: 100 })).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: engine.configure: memoryLimit must be a whole number from 8388608 to 4294967296, got 100]`,
    );
    configure({ path: "simd" });
    expect(() => configure({ memoryLimit: 2 ** 30 })).toThrowErrorMatchingInlineSnapshot(`
      [RangeError: engine.configure: memoryLimit must be set before the first tensor operation, got 1073741824 after it
        help: restart, and call engine.configure first]
    `);
    expect(() => configure(3 as never)).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: engine.configure: options must be an object, got 3]`,
    );
    expect(status().path).toBe("simd");
  });
});
