import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { installKernel, uninstallKernel } from "../../../../kernel/install/install.js";

let prefix: string;
beforeEach(() => {
  prefix = mkdtempSync(path.join(tmpdir(), "gradbook-install-"));
});
afterEach(() => rmSync(prefix, { recursive: true, force: true }));

const spec = (folder: string) => JSON.parse(readFileSync(path.join(folder, "kernel.json"), "utf8"));

describe("installKernel", () => {
  test("has the expected defaults", () => {
    const machine = { platform: "linux", env: { XDG_DATA_HOME: prefix }, home: "/nowhere" } as const;
    const { folder, node, main } = installKernel({}, machine);
    expect(folder).toBe(path.join(prefix, "jupyter/kernels/gradbook"));
    expect(spec(folder)).toMatchObject({
      display_name: "TypeScript (gradbook)",
      argv: [node, main, "{connection_file}"],
    });
    expect([node, main].map(existsSync)).toEqual([true, true]);
  });

  test("writes the logos beside kernel.json and leaves no draft", () => {
    const { folder } = installKernel({ prefix, name: "course", displayName: "Course" });
    expect(folder).toBe(path.join(prefix, "share/jupyter/kernels/course"));
    expect(readdirSync(folder).sort()).toEqual([
      "kernel.json",
      "logo-32x32.png",
      "logo-64x64.png",
      "logo-svg.svg",
    ]);
    expect(readdirSync(path.dirname(folder))).toEqual(["course"]);
    expect(spec(folder).display_name).toBe("Course");
  });

  test("replaces its own kernelspec", () => {
    const { folder } = installKernel({ prefix });
    writeFileSync(path.join(folder, "old.txt"), "");
    installKernel({ prefix, displayName: "New" });
    expect(spec(folder).display_name).toBe("New");
    expect(existsSync(path.join(folder, "old.txt"))).toBe(false);
  });

  test("refuses to replace another program's", () => {
    const folder = path.join(prefix, "share/jupyter/kernels/python3");
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, "kernel.json"), '{"argv":["python"]}');
    expect(() => installKernel({ prefix, name: "python3" })).toThrow(
      `installKernel: ${folder} must be gradbook's own, got another program's kernelspec\n  help: choose another name with --name`,
    );
    expect(spec(folder)).toEqual({ argv: ["python"] });
  });

  test("refuses two places", () => {
    expect(() => installKernel({ prefix, system: true })).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: installKernel: at most one of user, prefix and system, got prefix and system]`,
    );
  });

  test("says what to do when the folder cannot be written", () => {
    const file = path.join(prefix, "file");
    writeFileSync(file, "");
    const folder = path.join(file, "share/jupyter/kernels/gradbook");
    expect(() => installKernel({ prefix: file })).toThrow(
      `installKernel: ${folder} must be writable, got ENOTDIR\n  help: install for yourself with --user, or name a folder of yours with --prefix DIR`,
    );
  });
});

describe("uninstallKernel", () => {
  test("removes what was installed", () => {
    const { folder } = installKernel({ prefix });
    expect(uninstallKernel({ prefix })).toBe(folder);
    expect(existsSync(folder)).toBe(false);
  });

  test("refuses what is not there, and what is not ours", () => {
    const folder = path.join(prefix, "share/jupyter/kernels/gradbook");
    expect(() => uninstallKernel({ prefix })).toThrow(
      `uninstallKernel: ${folder} must exist, got nothing\n  help: name the place it was installed in: --user, --prefix DIR or --system`,
    );
    mkdirSync(folder, { recursive: true });
    expect(() => uninstallKernel({ prefix })).toThrow(
      `uninstallKernel: ${folder} must be gradbook's own, got another program's kernelspec`,
    );
    expect(existsSync(folder)).toBe(true);
  });
});
