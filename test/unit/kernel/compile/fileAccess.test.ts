import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { createCompiler } from "../../../../kernel/compile/compiler.js";
import { makeSystem } from "../../../../kernel/compile/fileAccess.js";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "gradbook-access-")));
afterAll(() => rmSync(folder, { recursive: true }));
const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
mkdirSync(join(folder, "open/sub"), { recursive: true });
mkdirSync(join(folder, "open-not"));
write("secret.ts", "export const secret = 1;\n");
write("open/a.ts", "export const a = 1;\n");
write("open-not/b.ts", "export const b = 1;\n");
symlinkSync(join(folder, "secret.ts"), join(folder, "open/link.ts"));

test("without roots everything can be read, and nothing is watched or written", () => {
  const system = makeSystem({ cwd: folder });
  expect(system.readFile(join(folder, "secret.ts"))).toContain("secret");
  expect(system.getCurrentDirectory()).toBe(folder);
  expect(() => system.writeFile("x", "")).toThrowErrorMatchingInlineSnapshot(
    `[Error: bug: the compiler writes a file]`,
  );
});

describe("with roots", () => {
  const system = makeSystem({ cwd: folder, roots: [join(folder, "open")] });
  test.each([
    ["open/a.ts", true],
    ["secret.ts", false],
    ["open-not/b.ts", false],
    ["open/../secret.ts", false],
    ["open/link.ts", false],
  ])("%s exists for the compiler: %j", (name, expected) => {
    expect(system.fileExists(join(folder, name))).toBe(expected);
    expect(system.readFile(join(folder, name)) !== undefined).toBe(expected);
  });
  test("folders above an allowed one can be walked through and not listed", () => {
    expect(system.directoryExists(folder)).toBe(true);
    expect(system.getDirectories(folder)).toEqual([]);
    expect(system.getDirectories(join(folder, "open"))).toEqual(["sub"]);
    expect(system.directoryExists(join(folder, "open-not"))).toBe(false);
  });
  test("a cell imports from them, and nothing else", () => {
    const compiler = createCompiler({ cwd: join(folder, "open"), roots: [join(folder, "open")] });
    expect(compiler.convert("", 'import { a } from "./a"; a', "In[1]").ok).toBe(true);
    expect(compiler.convert("", 'import * as Plot from "@observablehq/plot"; Plot', "In[1]").ok).toBe(true);
    for (const path of ["../secret", "./link", "../open-not/b"]) {
      expect(compiler.convert("", `import * as m from "${path}"`, "In[1]")).toMatchObject({
        ok: false,
        error: { evalue: expect.stringContaining("TS2307") },
      });
    }
  });
});
