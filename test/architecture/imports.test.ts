// The table of allowed imports: who may know whom. Cycles are found by madge (`npm run cycles`).
import { describe, expect, test } from "vitest";
import { filesBelow, importsOf } from "../support/sourceFiles.js";

/** Folders of src/ in reading order: a folder imports from folders above it only. */
const readingOrder = [
  "autograd",
  "engine",
  "tensor",
  "conv",
  "nn",
  "optim",
  "data",
  "regularization",
  "train",
  "generalization",
  "plot",
  "check",
  "glossary",
];

/** Files of src/ that stand outside the order. */
const freeToAll = ["src/errors.ts", "src/random.ts", "src/philox.ts", "src/normalQuantile.ts"];
const importsAll = ["src/index.ts", "src/display.ts"];

const srcFolder = (file: string): string => file.split("/")[1]!;

/** Why `file` must not import `target`, or null. */
function srcObjection(file: string, target: string, typeOnly: boolean): string | null {
  if (!target.startsWith("src/")) return "src imports only from src";
  if (importsAll.includes(file)) return null;
  if (freeToAll.includes(target)) return null;
  if (freeToAll.includes(file)) return "errors and random numbers import nothing but each other";
  const from = srcFolder(file);
  const to = srcFolder(target);
  if (from === to) return null;
  if (importsAll.includes(target)) return "nothing imports index.ts or display.ts";
  if (to === "engine" && target !== "src/engine/engine.ts") return "engine/engine.ts is the only way in";
  if (from === "engine") return "the engine knows no tensor";
  if (from === "optim" && to === "nn") return "optim sees a list of tensors, no modules";
  if (from === "plot") return typeOnly ? null : "plot imports types only";
  if (readingOrder.indexOf(to) < readingOrder.indexOf(from)) return null;
  return `${to} comes after ${from} in the reading order`;
}

/** Sides of the kernel's process borders. */
const parentSide = (file: string): boolean =>
  file === "kernel/main.ts" ||
  /^kernel\/run\/(runner|sessionProcess|interruptLadder|lines)\.ts$/.test(file) ||
  file === "kernel/compile/compileService.ts" ||
  file === "kernel/compile/snapshot.ts" ||
  /^kernel\/(transport|server|install)\//.test(file);
const borderFile = (file: string): boolean => /^kernel\/(run|compile)\/messages\.ts$/.test(file);
const childSide = (file: string): boolean =>
  /^kernel\/(run|compile|display|widgets)\//.test(file) && !parentSide(file) && !borderFile(file);
const child = (file: string): string => (file.startsWith("kernel/compile/") ? "compiler" : "session");

function kernelObjection(file: string, target: string): string | null {
  if (!target.startsWith("kernel/")) return "the kernel imports only from kernel";
  if (file.startsWith("kernel/wire/") && !target.startsWith("kernel/wire/")) return "wire imports nothing";
  if (file.startsWith("kernel/transport/") && !/^kernel\/(transport|wire)\//.test(target))
    return "transport imports only wire";
  if (childSide(file)) {
    if (target.startsWith("kernel/wire/textPosition.ts")) return null;
    if (parentSide(target) || target.startsWith("kernel/wire/"))
      return "a child never imports the supervisor";
    if (childSide(target) && child(file) !== child(target)) return "a child never imports the other child";
  }
  if (parentSide(file) && childSide(target)) return "the supervisor never imports a child's code";
  return null;
}

function graderObjection(target: string): string | null {
  if (target.startsWith("grader/")) return null;
  if (/^kernel\/(wire|compile)\//.test(target) || target === "kernel/transport/client.ts") return null;
  return "the grader imports kernel/transport/client, kernel/wire and kernel/compile only";
}

function labObjection(file: string, target: string): string | null {
  if (target.startsWith("lab/")) return null;
  if (/^kernel\/(transport|wire|install)\//.test(target)) return null;
  if (/^grader\/(notebook|command)\//.test(target)) return null;
  if (file.startsWith("lab/cli/") && target === "kernel/main.ts") return null;
  return "the lab imports kernel/{transport,wire,install} and grader/{notebook,command} only";
}

function objection(file: string, target: string, typeOnly: boolean): string | null {
  if (file.startsWith("src/")) return srcObjection(file, target, typeOnly);
  if (file.startsWith("kernel/")) return kernelObjection(file, target);
  if (file.startsWith("grader/")) return graderObjection(target);
  return labObjection(file, target);
}

/** Packages with one place each. */
const packagePlaces: Record<string, RegExp> = {
  zeromq: /^kernel\/transport\//,
  tslab: /^kernel\/compile\//,
  typescript: /^kernel\/compile\//,
  "node:vm": /^(kernel\/run\/|src\/engine\/collector\.ts$)/,
  jsdom: /^(src\/plot|grader\/notebook)\//,
  "@observablehq/plot": /^src\/plot\//,
  "@napi-rs/canvas": /^src\/plot\//,
  commander: /^lab\/cli\//,
  "markdown-it": /^grader\/notebook\//,
  katex: /^grader\/notebook\//,
  dompurify: /^grader\/notebook\//,
};
const packageOf = (specifier: string): string =>
  specifier.startsWith("@") || specifier.startsWith("node:")
    ? specifier.split("/").slice(0, 2).join("/")
    : specifier.split("/")[0]!;

const sources = ["src", "kernel", "grader", "lab"].flatMap((folder) => filesBelow(folder, ".ts"));

describe("imports", () => {
  test("every import between folders is one the table allows", () => {
    const objections = sources.flatMap((file) =>
      importsOf(file).flatMap(({ target, typeOnly }) => {
        const reason = target === undefined ? null : objection(file, target, typeOnly);
        return reason === null ? [] : [`${file} imports ${target}: ${reason}`];
      }),
    );
    expect(objections).toEqual([]);
    expect(sources.length).toBeGreaterThan(50);
  });

  test("every package is imported in its one place", () => {
    const strays = sources.flatMap((file) =>
      importsOf(file)
        .filter(({ specifier }) => {
          const place = packagePlaces[packageOf(specifier)];
          return place !== undefined && !place.test(file);
        })
        .map(({ specifier }) => `${file} imports ${specifier}`),
    );
    expect(strays).toEqual([]);
  });

  test("nothing imports a folder's index, and only the source file", () => {
    const indexes = sources.flatMap((file) =>
      importsOf(file)
        .filter(({ target }) => target?.endsWith("/index.ts") && !file.endsWith("/index.ts"))
        .map(({ specifier }) => `${file} imports ${specifier}`),
    );
    expect(indexes).toEqual([]);
  });

  test("the table objects to what it forbids", () => {
    expect(objection("src/tensor/tensor.ts", "src/nn/linear.ts", false)).toMatch(/after tensor/);
    expect(objection("src/plot/figure.ts", "src/train/history.ts", false)).toMatch(/types only/);
    expect(objection("src/plot/figure.ts", "src/train/history.ts", true)).toBeNull();
    expect(objection("src/conv/pool.ts", "src/engine/wasm.ts", false)).toMatch(/only way in/);
    expect(objection("kernel/run/evaluate.ts", "kernel/server/kernel.ts", false)).toMatch(/never imports/);
    expect(objection("kernel/run/evaluate.ts", "kernel/compile/rewrite.ts", false)).toMatch(/other child/);
    expect(objection("kernel/main.ts", "src/index.ts", false)).toMatch(/only from kernel/);
    expect(objection("grader/passes.ts", "src/index.ts", false)).toMatch(/grader imports/);
    expect(objection("lab/cli/run.ts", "kernel/server/kernel.ts", false)).toMatch(/lab imports/);
  });
});
