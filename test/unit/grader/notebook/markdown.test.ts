import { describe, expect, test } from "vitest";
import { type Heading, highlightCode, markdownToHtml } from "../../../../grader/notebook/markdown.js";

function render(source: string): { html: string; headings: Heading[] } {
  const headings: Heading[] = [];
  const image = (address: string) => (address === "a.png" ? "data:image/png;base64,AA==" : undefined);
  return { html: markdownToHtml(source, { headings, image }, "p-"), headings };
}

describe("markdownToHtml", () => {
  test("headings get an address in the words of the heading, unique in the page", () => {
    const { html, headings } = render(
      "# A `b` $c$\n\n## 합성곱 (convolution)\n\n## 합성곱 (convolution)\n\n## ?",
    );
    expect(headings.map(({ level, id }) => [level, id])).toEqual([
      [1, "a-b"],
      [2, "합성곱-convolution"],
      [2, "합성곱-convolution-2"],
      [2, "section"],
    ]);
    expect(html).toContain('<h2 id="합성곱-convolution">');
    expect(html).toContain('href="#합성곱-convolution-2"');
  });

  test("pictures come into the page with their words; unknown addresses stay", () => {
    expect(render("![a *dot*](a.png)").html).toContain('<img src="data:image/png;base64,AA==" alt="a dot">');
    expect(render("![x](b.png)").html).toContain('<img src="b.png" alt="x">');
  });

  test("raw HTML stays when it is harmless", () => {
    expect(render("a<sub>1</sub><script>alert(1)</script>").html).toBe("<p>a<sub>1</sub></p>\n");
  });

  test("a javascript: address is no link", () => {
    expect(render("[x](javascript:alert(1))").html).not.toContain("href");
  });

  test("code blocks are highlighted in their language", () => {
    expect(render("```ts\nconst x = 1;\n```").html).toContain('<span class="hljs-keyword">const</span>');
  });
});

test("highlightCode escapes a language it does not know", () => {
  expect(highlightCode("a < b", "klingon")).toBe("a &lt; b");
  expect(highlightCode("a < b", "")).toBe("a &lt; b");
});
