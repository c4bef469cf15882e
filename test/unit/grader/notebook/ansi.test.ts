import { expect, test } from "vitest";
import { ansiToHtml, escapeHtml, stripAnsi } from "../../../../grader/notebook/ansi.js";

test("escapeHtml leaves nothing that a browser reads as markup", () => {
  expect(escapeHtml('<a b="c">&</a>')).toBe("&lt;a b=&quot;c&quot;&gt;&amp;&lt;/a&gt;");
});

test("stripAnsi removes colors, cursor movements and links", () => {
  expect(stripAnsi("\u001b[1;31mred\u001b[0m\u001b[2K \u001b]8;;http://x\u0007link\u001b]8;;\u0007")).toBe(
    "red link",
  );
});

test.each([
  ["\u001b[31mred\u001b[0m plain", '<span class="ansi-red">red</span> plain'],
  [
    "\u001b[1;34mbold blue\u001b[22m blue\u001b[39m none",
    '<span class="ansi-bold ansi-blue">bold blue</span><span class="ansi-blue"> blue</span> none',
  ],
  ["\u001b[91mbright\u001b[m", '<span class="ansi-red">bright</span>'],
  ["\u001b[38;5;196mindexed\u001b[0m", "indexed"],
  ["\u001b[4m<b>\u001b[24m", '<span class="ansi-underline">&lt;b&gt;</span>'],
])("ansiToHtml(%j)", (text, html) => {
  expect(ansiToHtml(text)).toBe(html);
});
