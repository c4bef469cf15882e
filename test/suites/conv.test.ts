// The laws of convolution for the plain loops and for every path of the engine that runs on this machine.
import { configure } from "../../src/engine/control.js";
import type { EnginePath } from "../../src/engine/engine.js";
import { convSuite } from "./conv.js";

/** engine.test.ts checks that a path which cannot run says why. */
function runs(path: EnginePath): boolean {
  try {
    configure({ path });
    return true;
  } catch {
    return false;
  }
}

convSuite({ name: "path plain", dtype: "float64", use: () => configure({ path: "plain" }) });
for (const path of (["plain", "simd", "fma", "wide"] as const).filter(runs))
  convSuite({ name: `path ${path}`, dtype: "float32", use: () => configure({ path }) });
