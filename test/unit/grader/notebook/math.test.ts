import MarkdownIt from "markdown-it";
import { describe, expect, test } from "vitest";
import {
  collectFormulas,
  type Formula,
  mathStyle,
  renderFormulas,
} from "../../../../grader/notebook/math.js";

function formulasOf(source: string): { formulas: Formula[]; html: string } {
  const formulas: Formula[] = [];
  const markdown = new MarkdownIt({ html: true });
  collectFormulas(markdown, formulas);
  return { formulas, html: markdown.render(source) };
}

describe("collectFormulas", () => {
  test.each([
    [
      "$a_b * c_d$ and $e * f_g$",
      [
        ["a_b * c_d", false],
        ["e * f_g", false],
      ],
    ],
    ["$$x = 1$$", [["x = 1", true]]],
    ["before $$x = 1$$ after", [["x = 1", true]]],
    [
      "\\(a\\) and \\[b\\]",
      [
        ["a", false],
        ["b", true],
      ],
    ],
    ["$$\na\n- b\n= c\n$$", [["\na\n- b\n= c\n", true]]],
    ["> quoted\n> $$\n> a\n> $$", [["\na\n", true]]],
    [
      "\\begin{align}\na &= b \\\\\nc &= d\n\\end{align}",
      [["\\begin{align}\na &= b \\\\\nc &= d\n\\end{align}", true]],
    ],
    ["$\\text{cost: \\$5}$", [["\\text{cost: \\$5}", false]]],
    ["| a |\n|---|\n| $x$ |", [["x", false]]],
  ])("%j", (source, expected) => {
    expect(formulasOf(source).formulas.map(({ tex, display }) => [tex, display])).toEqual(expected);
  });

  test.each(["it costs $5 and $6", "`$code$`", "```\n$x$\n```", "a $ b $ c", "$$", "\\$5\\$", "$$ open"])(
    "no formula in %j",
    (source) => {
      expect(formulasOf(source).formulas).toEqual([]);
    },
  );
});

describe("renderFormulas", () => {
  test("puts each formula in its place", () => {
    const { html, formulas } = formulasOf("Let $x$ be\n\n$$y^2$$");
    const rendered = renderFormulas(html, formulas);
    expect(rendered).toContain('<annotation encoding="application/x-tex">x</annotation>');
    expect(rendered).toMatch(/class="katex-display".*<annotation encoding="application\/x-tex">y\^2</);
    expect(rendered).not.toContain("data-formula");
  });

  test("a formula that cannot be read is shown with the reason, and stops nothing", () => {
    const { html, formulas } = formulasOf("$\\frac{a}$ then $b$");
    const rendered = renderFormulas(html, formulas);
    expect(rendered).toContain("\\frac{a}");
    expect(rendered).toContain("katex-error");
    expect(rendered).toContain('<annotation encoding="application/x-tex">b<');
  });

  test("a formula cannot make a link or load a picture", () => {
    const { html, formulas } = formulasOf(
      "$\\href{javascript:alert(1)}{x}\\includegraphics{http://x/y.png}$",
    );
    expect(renderFormulas(html, formulas)).not.toMatch(/<a |<img /);
  });
});

describe("mathStyle", () => {
  const styleOf = (source: string): string => {
    const { html, formulas } = formulasOf(source);
    return mathStyle(renderFormulas(html, formulas));
  };

  test("is empty on a page without formulas", () => {
    expect(styleOf("no formula")).toBe("");
  });

  test("holds its fonts and loads nothing", () => {
    const style = styleOf("$x$");
    expect(style).toMatch(/font-family:KaTeX_Math.*url\(data:font\/woff2;base64,d09GMg/);
    expect(style.replace(/url\(data:/g, "")).not.toContain("url(");
  });

  test("has the fonts that are used only", () => {
    const faces = (source: string): string[] => styleOf(source).match(/@font-face\{[^}]*?KaTeX_\w+/g) ?? [];
    expect(faces("$x$").join()).not.toMatch(/Fraktur|Script|AMS/);
    expect(faces("$\\mathfrak{g} \\in \\mathbb{R}$").join()).toMatch(/AMS.*Fraktur/);
  });
});
