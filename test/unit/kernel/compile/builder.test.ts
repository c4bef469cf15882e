import ts from "typescript";
import { expect, test } from "vitest";
import { type CellBuilder, makeCellPrograms } from "../../../../kernel/compile/builder.js";
import type { WatchHost } from "../../../../kernel/compile/injection.js";
import { makeModuleResolution } from "../../../../kernel/compile/moduleResolution.js";
import { makeSourceFiles } from "../../../../kernel/compile/sourceFiles.js";

const CELL = "/nb/__tslab__.ts";
const DECLARATIONS = "/nb/__prev__.d.ts";

/** The part of tslab that drives a builder: texts in memory, one pending timer, callbacks on change. */
function setUp(texts: Record<string, string>) {
  const system = {
    ...ts.sys,
    readFile: (path: string) => texts[path],
    fileExists: (path: string) => path in texts,
    directoryExists: () => true,
    realpath: (path: string) => path,
  };
  const options: ts.CompilerOptions = {
    noLib: true,
    types: [],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
  };
  const programs = makeCellPrograms({
    options,
    system,
    cwd: "/nb",
    sourceFiles: makeSourceFiles(system),
    resolution: makeModuleResolution(options, system, "/nb", "/own/package.json"),
    globals: [
      ts.createSourceFile(
        "/own/node_modules/own/globals.d.ts",
        "declare const everywhere: 1;",
        ts.ScriptTarget.ES2022,
      ),
    ],
  });
  const changed = new Map<string, ts.FileWatcherCallback>();
  let pending: (() => void) | undefined;
  const builders: CellBuilder[] = [];
  const host: WatchHost = {
    roots: [DECLARATIONS, CELL],
    system: {
      ...system,
      watchFile(path, callback) {
        changed.set(path, callback);
        return { close() {} };
      },
      setTimeout(callback: () => void) {
        if (pending !== undefined) throw new Error("two timers");
        pending = callback;
        return callback;
      },
      clearTimeout: () => {
        pending = undefined;
      },
    },
    afterProgramCreate: (builder) => void builders.push(builder as CellBuilder),
  };
  programs.watch(host);
  const update = (): CellBuilder => {
    changed.get(CELL)?.(CELL, ts.FileWatcherEventKind.Changed);
    changed.get(DECLARATIONS)?.(DECLARATIONS, ts.FileWatcherEventKind.Changed);
    const run = pending;
    pending = undefined;
    run?.();
    return builders.at(-1)!;
  };
  return { programs, builders, update, texts };
}

test("an update gives a builder whose file has its names, and no program is built for it", () => {
  const { update, builders } = setUp({
    [CELL]: "export {};\nlet a = everywhere;",
    [DECLARATIONS]: "export {};\n",
  });
  expect(builders).toHaveLength(1);
  const file = update().getSourceFile(CELL) as unknown as { locals: Map<string, unknown>; path?: string };
  expect([...file.locals.keys()]).toEqual(["a"]);
  expect(file.path).toBe(""); // a program would have set it
});

test("the program has the cell, the declarations, and what every cell sees", () => {
  const { update } = setUp({ [CELL]: "export {};\nlet a = everywhere;", [DECLARATIONS]: "export {};\n" });
  const program = update().getProgram();
  expect(
    program
      .getSourceFiles()
      .map(({ fileName }) => fileName)
      .sort(),
  ).toEqual([DECLARATIONS, CELL, "/own/node_modules/own/globals.d.ts"]);
});

test("trees of the cell serve one update, trees of local files as long as their text", () => {
  const { update, texts } = setUp({ [CELL]: 'import "./a";', [DECLARATIONS]: "", "/nb/a.ts": "export {}" });
  const files = (builder: CellBuilder) =>
    ["/nb/a.ts", CELL].map((name) => builder.getProgram().getSourceFile(name));
  const [a1, cell1] = files(update());
  const [a2, cell2] = files(update());
  expect(a2).toBe(a1);
  expect(cell2).not.toBe(cell1);
  texts["/nb/a.ts"] = "export let changed";
  expect(files(update())[0]).not.toBe(a1);
});

test("expectNames gives names with leading underscores as they are written, once", () => {
  const { update, programs } = setUp({ [CELL]: "export {};\nlet __x = 1, y = 2;", [DECLARATIONS]: "" });
  const names = (): string[] => {
    const file = update().getSourceFile(CELL) as unknown as { locals: Map<string, unknown> };
    return [...file.locals.keys()];
  };
  programs.expectNames();
  expect(names()).toEqual(["__x", "y"]);
  expect(names()).toEqual(["___x", "y"]); // as TypeScript keeps them
});

test("a prepared program is that of the next update with its declarations, once", () => {
  const { update, programs, texts } = setUp({
    [CELL]: "export {};\nlet a: string = everywhere;",
    [DECLARATIONS]: "export {};\ndeclare let b: number;",
  });
  const prepared = programs.prepare("declare let b: number;")!;
  expect(programs.prepare("declare let b: number;")).toBe(prepared); // a cell that was run again unchanged used nothing up
  const builder = update();
  const cell = builder.getSourceFile(CELL)!;
  expect(builder.getProgram()).toBe(prepared);
  expect(prepared.getSourceFile(CELL)).toBe(cell);
  expect(cell.text).toBe("export {};\nlet a: string = everywhere;");
  expect(prepared.getSemanticDiagnostics(cell).map(({ code }) => code)).toContain(2322);
  expect(update().getProgram()).not.toBe(prepared);

  const other = programs.prepare("declare let b: string;");
  expect(update().getProgram()).not.toBe(other);
  const third = programs.prepare("declare let b: number;");
  texts[CELL] = 'export {};\nimport "./a";';
  expect(update().getProgram()).not.toBe(third);
});

test("no program is prepared when the files it reads may change", () => {
  const { programs } = setUp({ [CELL]: "", [DECLARATIONS]: "", "/nb/a.ts": "export const a = 1" });
  expect(programs.prepare('import { a } from "./a";')).toBeUndefined();
  expect(programs.prepare('import { a } from "missing";')).toBeUndefined();
  expect(programs.prepare("declare let a: number;")).toBeDefined();
});
