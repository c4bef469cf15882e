import { describe, expect, test } from "vitest";
import { prefixKernels, systemKernels, userKernels } from "../../../../kernel/install/directories.js";

// The tables of https://docs.jupyter.org/en/latest/use/jupyter-directories.html
describe("userKernels", () => {
  test.each([
    ["Linux", "linux", {}, "/home/ada", "/home/ada/.local/share/jupyter/kernels"],
    ["Linux, XDG", "linux", { XDG_DATA_HOME: "/data" }, "/home/ada", "/data/jupyter/kernels"],
    [
      "Linux, empty XDG",
      "linux",
      { XDG_DATA_HOME: "" },
      "/home/ada",
      "/home/ada/.local/share/jupyter/kernels",
    ],
    ["macOS", "darwin", {}, "/Users/ada", "/Users/ada/Library/Jupyter/kernels"],
    ["Windows", "win32", { APPDATA: "C:\\A\\Roaming" }, "C:\\A", "C:\\A\\Roaming\\jupyter\\kernels"],
    ["Windows without APPDATA", "win32", {}, "C:\\A", "C:\\A\\AppData\\Roaming\\jupyter\\kernels"],
    ["JUPYTER_DATA_DIR", "linux", { JUPYTER_DATA_DIR: "/j" }, "/home/ada", "/j/kernels"],
  ] as const)("%s", (_, platform, env, home, expected) => {
    expect(userKernels({ platform, env, home })).toBe(expected);
  });
});

test("systemKernels is one folder for all users", () => {
  expect(systemKernels({ platform: "linux", env: {}, home: "/home/ada" })).toBe(
    "/usr/local/share/jupyter/kernels",
  );
  const windows = { platform: "win32", env: { PROGRAMDATA: "D:\\ProgramData" }, home: "C:\\A" } as const;
  expect(systemKernels(windows)).toBe("D:\\ProgramData\\jupyter\\kernels");
});

test("prefixKernels is inside the environment", () => {
  expect(prefixKernels("/venv")).toBe("/venv/share/jupyter/kernels");
});
