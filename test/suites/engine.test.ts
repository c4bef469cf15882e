import { beforeAll, describe, expect, test } from "vitest";
import { configure, status } from "../../src/engine/control.js";
import { activeEngine } from "../../src/engine/engine.js";
import type { Engine, EnginePath } from "../../src/engine/interface.js";
import { engineSuite } from "./engine.js";
import { engineConvSuite } from "./engineConv.js";

/** The paths that this Node and this processor can run; why the others cannot is part of the report. */
function canRun(path: EnginePath): string | null {
  try {
    configure({ path });
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

for (const path of ["simd", "fma", "wide"] as const) {
  const reason = canRun(path);
  describe(`engine, path ${path}`, () => {
    if (reason !== null)
      test("cannot run here and says why", () => {
        expect(reason).toMatch(
          /^engine: the path ".*" was asked for and cannot run\n {2}help: .+; or ask for another path$/,
        );
      });
    else {
      beforeAll(() => configure({ path }));
      const makeEngine = (): Engine => activeEngine();
      test("is the path that status reports", () => {
        expect(status().path).toBe(path);
      });
      engineSuite({ makeEngine });
      engineConvSuite({ makeEngine });
    }
  });
}
