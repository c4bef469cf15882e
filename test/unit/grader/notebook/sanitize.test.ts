import { describe, expect, test } from "vitest";
import { sanitize } from "../../../../grader/notebook/sanitize.js";

describe("sanitize", () => {
  test.each([
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "<svg><script>alert(1)</script></svg>",
    '<svg onload="alert(1)"><a href="javascript:alert(1)"><text>x</text></a></svg>',
    "<iframe src='javascript:alert(1)'></iframe>",
    "<a href='javascript:alert(1)'>x</a>",
    "<math><mtext><img src=x onerror=alert(1)></mtext></math>",
    "<form action='https://x'><input name=a><button>go</button></form>",
    "<svg><foreignObject><iframe srcdoc='<script>alert(1)</script>'></iframe></foreignObject></svg>",
  ])("removes what runs from %s", (markup) => {
    expect(sanitize(markup, "p-")).not.toMatch(/script|onerror|onload|alert|iframe|<form|<input|<button/i);
  });

  test("keeps a table with its styles, a folded part and a picture", () => {
    const markup =
      '<table style="border-collapse:collapse"><tbody><tr><td>1</td></tr></tbody></table><details><summary>s</summary>t</details><img src="data:image/png;base64,AA==">';
    expect(sanitize(markup, "p-")).toBe(markup);
  });

  test("ids of a picture and the references to them get the prefix", () => {
    const svg =
      '<svg aria-labelledby="t"><title id="t">T</title><style>.a{fill:url(#g)}</style><clipPath id="c"></clipPath><g clip-path="url(#c)" fill="url(#other)"></g></svg>';
    expect(sanitize(svg, "p-")).toBe(
      '<svg aria-labelledby="p-t"><title id="p-t">T</title><style>.a{fill:url(#g)}</style><clipPath id="p-c"></clipPath><g clip-path="url(#p-c)" fill="url(#other)"></g></svg>',
    );
  });

  test("ids outside pictures stay: headings are link targets", () => {
    expect(sanitize('<h2 id="one">One</h2>', "p-")).toBe('<h2 id="one">One</h2>');
  });
});
