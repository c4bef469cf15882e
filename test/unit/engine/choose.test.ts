// Choosing happens once a process, so each case is a process of its own, on the built library.
import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";

const control = new URL("../../../dist/src/engine/control.js", import.meta.url).href;
const run = (environment: Record<string, string>, code: string, flags: readonly string[] = []): string => {
  const script = `import { configure, status } from ${JSON.stringify(control)}; try { ${code} } catch (error) { console.log(String(error)); } void configure;`;
  const args = [...flags, "--input-type=module", "-e", script];
  return execFileSync(process.execPath, args, {
    encoding: "utf8",
    env: { ...process.env, ...environment },
  }).trim();
};

test("GRADBOOK_ENGINE names the path", () => {
  expect(run({ GRADBOOK_ENGINE: "plain" }, "console.log(status().path, status().memory.total)")).toBe(
    "plain 0",
  );
  expect(run({ GRADBOOK_ENGINE: "simd" }, "console.log(status().path)")).toBe("simd");
  expect(run({ GRADBOOK_ENGINE: "fast" }, "status()")).toMatchInlineSnapshot(
    `"RangeError: engine: GRADBOOK_ENGINE must be wide or fma or simd or plain, got "fast""`,
  );
});

test("without permission to set flags the best path that needs none runs, and says why", () => {
  const text = run({ GRADBOOK_V8_FLAGS: "0", GRADBOOK_ENGINE: "" }, "console.log(String(status()))");
  expect(text).toMatch(/^engine: (fma|simd) /);
  expect(text).toMatch(
    /not wide: (256-bit code needs Node 24|the V8 flag --experimental-wasm-revectorize may not be set)/,
  );
});

test("a process without WebAssembly optimizations still computes: --jitless runs the plain loops", () => {
  expect(run({ GRADBOOK_ENGINE: "" }, "console.log(status().path)", ["--jitless"])).toBe("plain");
});
