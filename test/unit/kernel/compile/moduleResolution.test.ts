import ts from "typescript";
import { expect, test } from "vitest";
import { makeModuleResolution } from "../../../../kernel/compile/moduleResolution.js";
import { packageRoot } from "../../../../kernel/text/packageRoot.js";

const options: ts.CompilerOptions = {
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
};

/** Files in memory; everything of the package itself is real. */
function setUp(files: Set<string>) {
  const own = packageRoot();
  const asked: string[] = [];
  const host: ts.ModuleResolutionHost = {
    fileExists(path) {
      asked.push(path);
      return path.startsWith(own) ? ts.sys.fileExists(path) : files.has(path);
    },
    readFile: (path) => (path.startsWith(own) ? ts.sys.readFile(path) : "{}"),
    directoryExists: (path) => (path.startsWith(own) ? ts.sys.directoryExists(path) : true),
  };
  const resolution = makeModuleResolution(options, host, "/nb", `${own}/package.json`);
  const resolve = (specifier: string): string | undefined =>
    resolution.resolve(specifier, "/nb/__tslab__.ts", undefined).resolvedModule?.resolvedFileName;
  return { resolve, resolution, asked };
}

test("a file that appears is found, and one that disappears is not", () => {
  const files = new Set<string>();
  const { resolve, resolution } = setUp(files);
  expect(resolve("./a")).toBeUndefined();
  expect(resolution.hasFailures("/nb/__tslab__.ts")).toBe(true);
  files.add("/nb/a.ts");
  expect(resolve("./a")).toBe("/nb/a.ts");
  expect(resolution.hasFailures("/nb/__tslab__.ts")).toBe(false);
  files.delete("/nb/a.ts");
  expect(resolve("./a")).toBeUndefined();
});

test("a package that was found is not looked up again", () => {
  const files = new Set(["/nb/node_modules/p/index.d.ts"]);
  const { resolve, asked } = setUp(files);
  expect(resolve("p")).toBe("/nb/node_modules/p/index.d.ts");
  asked.length = 0;
  expect(resolve("p")).toBe("/nb/node_modules/p/index.d.ts");
  expect(asked).toEqual([]);
});

test("packages that come with gradbook are found from any folder; a copy in the notebook's folder wins", () => {
  const files = new Set<string>();
  const { resolve } = setUp(files);
  expect(resolve("@observablehq/plot")).toBe(
    `${packageRoot()}/node_modules/@observablehq/plot/src/index.d.ts`,
  );
  expect(resolve("vitest")).toBeUndefined();
  files.add("/nb/node_modules/jsdom/index.d.ts");
  expect(resolve("jsdom")).toBe("/nb/node_modules/jsdom/index.d.ts");
});
