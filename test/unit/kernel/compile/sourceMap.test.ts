import { SourceMap } from "node:module";
import ts from "typescript";
import { expect, test } from "vitest";
import {
  composeMappings,
  decodeMappings,
  findMapping,
  splitInlineMap,
} from "../../../../kernel/compile/sourceMap.js";

test("decodeMappings reads relative Base64 VLQ fields", () => {
  // "AAAA" is [0, 0, 0, 0]; "KAAK" is [5, 0, 0, 5]; after ";" the column starts at 0 again: "EACF" is [2, 0, 1, -2].
  expect(decodeMappings("AAAA,KAAK;EACF")).toEqual([
    [0, 0, 0, 0],
    [0, 5, 0, 5],
    [1, 2, 1, 3],
  ]);
});

test("decodeMappings reads fields of more than one digit and skips segments without a source", () => {
  // 16 is 100000 in sign-last form: low five bits 00000 with continuation = "g", then 1 = "B".
  expect(decodeMappings("gBAAA,C,gB")).toEqual([[0, 16, 0, 0]]);
});

test("decodeMappings agrees with Node's own reader on TypeScript's output", () => {
  const source = "const a: number = 1;\n\nenum E { X }\nfunction f(y: string) {\n  return y + a;\n}\n";
  const out = ts.transpileModule(source, {
    compilerOptions: { sourceMap: true, target: ts.ScriptTarget.ES2022 },
  });
  const payload = JSON.parse(out.sourceMapText ?? "");
  const node = new SourceMap(payload);
  const segments = decodeMappings(payload.mappings);
  expect(segments.length).toBeGreaterThan(10);
  for (const [line, column, sourceLine, sourceColumn] of segments) {
    const entry = node.findEntry(line, column) as { originalLine: number; originalColumn: number };
    expect([entry.originalLine, entry.originalColumn]).toEqual([sourceLine, sourceColumn]);
  }
});

test("decodeMappings refuses other characters", () => {
  expect(() => decodeMappings("A!")).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: decodeMappings: not a Base64 digit, got "!"]`,
  );
});

test("composeMappings looks the second map up in the first and drops the skipped lines", () => {
  // First: line 0 -> source line 0; line 1 -> source line 1 column 4. Second: its line 0 -> line 0, its line 1 -> line 1.
  expect(composeMappings("AAAA;AACI", "AAAA;AACA", 1)).toEqual([[1, 0, 0, 4]]);
});

test.each([
  [0, 0, [0, 2, 9, 9]], // before the first of the line
  [0, 2, [0, 2, 9, 9]],
  [0, 7, [0, 5, 8, 8]],
  [2, 3, [2, 0, 7, 7]],
  [1, 0, undefined], // a line without mappings
])("findMapping at %i:%i", (line, column, expected) => {
  const map = [
    [0, 2, 9, 9],
    [0, 5, 8, 8],
    [2, 0, 7, 7],
  ] as const;
  expect(findMapping(map, line, column)).toEqual(expected);
});

test("splitInlineMap takes the map off the text", () => {
  const map = Buffer.from(JSON.stringify({ version: 3, mappings: "AAAA" })).toString("base64");
  const text = `a();\n//# sourceMappingURL=data:application/json;base64,${map}`;
  expect(splitInlineMap(text)).toEqual({ code: "a();\n", mappings: "AAAA" });
  expect(() => splitInlineMap("a();")).toThrowErrorMatchingInlineSnapshot(
    `[Error: bug: the first pass wrote no source map]`,
  );
});
