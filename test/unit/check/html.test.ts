import { expect, test } from "vitest";
import { escapeHtml } from "../../../src/check/html.js";

test("escapeHtml leaves no character with a meaning", () => {
  expect(escapeHtml(`<img src="x" onerror='a&b'>`)).toBe(
    "&lt;img src=&quot;x&quot; onerror=&#39;a&amp;b&#39;&gt;",
  );
});
