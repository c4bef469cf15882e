import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { gradingOf } from "../../../../grader/format/cellMetadata.js";
import { computeChecksums } from "../../../../grader/pass/computeChecksums.js";
import { standardStubs } from "../../../../grader/passes.js";
import { code, graded, notebookOf, text } from "../../../support/notebooks.js";

test("graded, answer and locked cells get checksum and type; others get neither", () => {
  const { cells } = computeChecksums(
    notebookOf(
      code("x", graded("s", { solution: true })),
      text("y", graded("r", { locked: true })),
      text("z", graded("plain")),
      code("w"),
    ),
    { path: "a", ...standardStubs },
  );
  const md5 = (value: string) => createHash("md5").update(value).digest("hex");
  expect(cells.map((cell) => [gradingOf(cell)?.cell_type, gradingOf(cell)?.checksum])).toEqual([
    ["code", md5("xcodeFalseTrueFalses")],
    ["markdown", md5("ymarkdownFalseFalseTruer")],
    [undefined, undefined],
    [undefined, undefined],
  ]);
});
