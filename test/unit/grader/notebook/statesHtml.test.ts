// What is visible is decided by the style sheet; its rules are asked of jsdom's elements, because jsdom keeps computed styles
// that a choice has made old.
import { JSDOM } from "jsdom";
import { describe, expect, test } from "vitest";
import { pageStyle } from "../../../../grader/notebook/pageStyle.js";
import { statesToHtml } from "../../../../grader/notebook/statesHtml.js";

const value = {
  version: 1,
  controls: [
    { name: "n", labels: ["1", "2"], start: 1 },
    { name: "how", labels: ["sgd", "<adam>", "both"], start: 0 },
  ],
  states: ["1 sgd", "1 adam", "1 both", "2 sgd", "2 adam", "2 both"].map((text) => ({ "text/plain": text })),
};
const html = (states: unknown): string | undefined =>
  statesToHtml(states, "p-", (bundle, prefix) => `<p id="${prefix}x">${bundle["text/plain"]}</p>`);

/** The page, and the texts of the panels that a rule of its style sheet shows. */
function open(states: unknown) {
  const { window } = new JSDOM(html(states));
  const panels = [...window.document.querySelectorAll(".state")];
  const rules = [...window.document.styleSheets].flatMap(({ cssRules }) => [...cssRules] as CSSStyleRule[]);
  const shows = rules
    .filter(({ style }) => style.display === "block")
    .map(({ selectorText }) => selectorText);
  const visible = (): (string | null)[] =>
    panels
      .filter((panel) => shows.some((selector) => panel.matches(selector)))
      .map(({ textContent }) => textContent);
  const choose = (label: string): void =>
    [...window.document.querySelectorAll("label")].find(({ textContent }) => textContent === label)?.click();
  return { window, visible, choose };
}

test("the present state is visible at first, and each other one after its choice", () => {
  const { visible, choose } = open(value);
  expect(pageStyle).toContain(".state { display: none; }");
  expect(visible()).toEqual(["2 sgd"]);
  choose("<adam>");
  expect(visible()).toEqual(["2 adam"]);
  choose("1");
  expect(visible()).toEqual(["1 adam"]);
  choose("both");
  expect(visible()).toEqual(["1 both"]);
});

test("every button says its name and value, and ids are its own", () => {
  const { window } = open(value);
  const buttons = [...window.document.querySelectorAll("input")];
  expect(buttons.map((button) => button.getAttribute("aria-label"))).toEqual([
    "n = 1",
    "n = 2",
    "how = sgd",
    "how = <adam>",
    "how = both",
  ]);
  expect(new Set(buttons.map(({ id }) => id)).size).toBe(5);
  expect(buttons.every(({ id, name }) => id.startsWith("p-") && name.startsWith("p-"))).toBe(true);
  expect(window.document.querySelector("#p-s5-x")?.textContent).toBe("2 both");
});

describe("what interact did not write is not taken", () => {
  test.each([
    ["nothing", null],
    ["a text", "x"],
    ["no states", { controls: value.controls }],
    ["too few states", { ...value, states: value.states.slice(1) }],
    ["states that are no bundles", { ...value, states: value.states.map(() => 1) }],
    ["a control without labels", { ...value, controls: [{ name: "n", labels: [], start: 0 }], states: [] }],
    ["no controls", { controls: [], states: [{}] }],
    ["labels that are no texts", { controls: [{ name: "n", labels: [1], start: 0 }], states: [{}] }],
    ["a start that is a text", { controls: [{ name: "n", labels: ["1"], start: "0;}" }], states: [{}] }],
    [
      "too many",
      { controls: [{ name: "n", labels: Array(65).fill("1"), start: 0 }], states: Array(65).fill({}) },
    ],
  ])("%s", (_, states) => {
    expect(html(states)).toBeUndefined();
  });
});

test("names and labels cannot break out", () => {
  const evil = '"><script>alert(1)</script>';
  const { window } = open({
    controls: [{ name: evil, labels: [evil], start: 0 }],
    states: [{ "text/plain": "x" }],
  });
  expect(window.document.querySelector("script")).toBeNull();
  expect(window.document.querySelector("label")?.textContent).toBe(evil);
});
