import { describe, expect, test } from "vitest";
import { contentPolicy, pageStyle } from "../../../../grader/notebook/pageStyle.js";

/** Relative luminance and contrast as in WCAG 2.1 (1.4.3). */
const luminance = (hex: string): number => {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
};
const contrast = (a: string, b: string): number => {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light! + 0.05) / (dark! + 0.05);
};

const themes = [...pageStyle.matchAll(/:root \{[^}]*--page: #[^}]*--title[^}]*\}/g)].map(([block]) =>
  Object.fromEntries(
    [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value!]),
  ),
);

describe.each([
  ["light", themes[0]!],
  ["dark", themes[1]!],
])("%s theme", (_, colors) => {
  test.each(["text", "soft", "accent", "error", "keyword", "string", "number", "comment", "title"])(
    "%s is readable on the page and in code",
    (name) => {
      expect(contrast(colors[name]!, colors.page!)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(colors[name]!, colors.panel!)).toBeGreaterThanOrEqual(4.5);
    },
  );

  test("text and errors are readable on their panels", () => {
    expect(contrast(colors.text!, colors["warn-panel"]!)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(colors.error!, colors["error-panel"]!)).toBeGreaterThanOrEqual(4.5);
  });
});

test("the policy lets nothing be loaded from elsewhere or run", () => {
  expect(contentPolicy).toContain("default-src 'none'");
  expect(contentPolicy).not.toMatch(/https?:|script-src|\*/);
});
