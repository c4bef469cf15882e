import { JSDOM } from "jsdom";
import { describe, expect, test } from "vitest";
import { elementBundle, isElement, standaloneSvg } from "../../../../kernel/display/elements.js";

const { document } = new JSDOM("").window;

test("isElement knows elements of any document, and nothing else", () => {
  expect(isElement(document.createElement("b"))).toBe(true);
  expect(isElement(document.createTextNode("b"))).toBe(false);
  expect(isElement({ nodeType: 1 })).toBe(false);
  expect(isElement(null)).toBe(false);
});

describe("elementBundle", () => {
  test("of an HTML element is its HTML", () => {
    const b = document.createElement("b");
    b.textContent = "x";
    expect(elementBundle(b)).toEqual({ "text/plain": "<b>", "text/html": "<b>x</b>" });
  });
  test("of an <svg> is also a drawing with its namespace", () => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    expect(elementBundle(svg)).toEqual({
      "text/plain": "<svg>",
      "text/html": "<svg></svg>",
      "image/svg+xml": '<svg xmlns="http://www.w3.org/2000/svg"></svg>',
    });
  });
});

test.each([
  ["<svg width='1'/>", "<svg xmlns=\"http://www.w3.org/2000/svg\" width='1'/>"],
  ['<svg xmlns="http://www.w3.org/2000/svg"/>', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
  ["<g/>", "<g/>"],
])("standaloneSvg(%j) is %j", (svg, expected) => {
  expect(standaloneSvg(svg)).toBe(expected);
});
