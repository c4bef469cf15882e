import type TypeScript from "typescript";
import { expect, test } from "vitest";
import type { WatchHost } from "../../../../kernel/compile/injection.js";
import { ts } from "../../../../kernel/compile/injection.js";
import {
  CELL_FILE,
  createConverter,
  DECLARATIONS_FILE,
  TSLAB_PREFIX,
} from "../../../../kernel/compile/tslab.js";

test("a converter asks the hooks for its program, with the two files of a cell in their order", () => {
  let host: WatchHost | undefined;
  const system = Object.assign(Object.create(ts.sys), {
    getCurrentDirectory: () => "/nb",
  }) as TypeScript.System;
  const texts: (string | undefined)[] = [];
  createConverter({
    system,
    watch(given) {
      host = given;
      given.system.watchFile?.(`/nb/${CELL_FILE}`, () => {});
      texts.push(
        given.system.readFile(`/nb/${CELL_FILE}`),
        given.system.readFile(`/nb/${DECLARATIONS_FILE}`),
      );
      given.afterProgramCreate({});
      return { close() {} };
    },
    toCommonJs: () => "",
    printDeclarations: (file, printer) => printer.printFile(file),
    diagnostics: () => [],
  });
  expect(host?.roots).toEqual([`/nb/${DECLARATIONS_FILE}`, `/nb/${CELL_FILE}`]);
  // The prefix is what positions of diagnostics and mappings are corrected by.
  expect(texts).toEqual([TSLAB_PREFIX, TSLAB_PREFIX]);
});
