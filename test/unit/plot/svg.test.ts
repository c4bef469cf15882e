import { expect, test } from "vitest";
import {
  arrow,
  at,
  element,
  escapeXml,
  group,
  round,
  svgDocument,
  text,
  textWidth,
  wrap,
} from "../../../src/plot/svg.js";

test("element escapes, rounds, and leaves out what is undefined", () => {
  expect(element("rect", { x: 1.23456, y: undefined, "aria-label": 'a "b" < c' })).toBe(
    '<rect x="1.23" aria-label="a &quot;b&quot; &lt; c"/>',
  );
  expect(element("g", {}, "<a/>", "<b/>")).toBe("<g><a/><b/></g>");
});

test("round keeps two decimals and has no negative zero", () =>
  expect([1.005, -0.001, 2].map(round)).toEqual([1, 0, 2]));

test("text centers on its line and escapes its content", () =>
  expect(text(10, 20, "a < b", { size: 10 })).toBe(
    '<text x="10" y="23.5" font-size="10" fill="#1f2328" text-anchor="start">a &lt; b</text>',
  ));

test("a halo is a second text below that screen readers skip", () => {
  const drawn = text(0, 0, "a", { halo: "#ffffff" });
  expect(drawn.match(/<text/g)).toHaveLength(2);
  expect(drawn.indexOf('aria-hidden="true"')).toBeLessThan(drawn.lastIndexOf("<text"));
});

test("at moves, group nests", () =>
  expect(at(1.001, 2, group({ id: "a" }, "x"))).toBe('<g transform="translate(1,2)"><g id="a">x</g></g>'));

test("arrow puts its head at the end", () => {
  // Along x: the head's corners lie 6·cos 0.45 = 5.4 back and 6·sin 0.45 = 2.61 aside, the line stops 0.7·6 = 4.2 before the tip.
  expect(arrow(0, 0, 10, 0)).toBe(
    '<line x1="0" y1="0" x2="5.8" y2="0" stroke="#59636e" stroke-width="1.5"/><polygon points="10,0 4.6,-2.61 4.6,2.61" fill="#59636e"/>',
  );
});

test("wrap breaks at spaces, keeps long words, and honors line breaks", () => {
  expect(wrap("one two three", textWidth("one two", 10) + 1, 10)).toEqual(["one two", "three"]);
  expect(wrap("unbreakable", 5, 10)).toEqual(["unbreakable"]);
  expect(wrap("a\nb", 100, 10)).toEqual(["a", "b"]);
});

test("textWidth grows with letters and knows narrow and wide ones", () => {
  expect(textWidth("ill", 10)).toBeLessThan(textWidth("www", 10));
  expect(textWidth("한글", 10)).toBe(20);
});

test("svgDocument stands alone and has a name", () => {
  const svg = svgDocument(100, 50, "a & b", "<g/>");
  expect(svg).toMatch(
    /^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" width="100" height="50" viewBox="0 0 100 50" role="img" aria-label="a &amp; b"/,
  );
  expect(svg).toContain("<title>a &amp; b</title>");
  expect(svg).toContain('<rect width="100" height="50" fill="#ffffff"/>');
});

test("escapeXml", () =>
  expect(escapeXml(`<a href="x">&</a>`)).toBe("&lt;a href=&quot;x&quot;&gt;&amp;&lt;/a&gt;"));
