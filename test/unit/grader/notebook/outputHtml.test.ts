import { expect, test } from "vitest";
import type { MimeBundle, Output } from "../../../../grader/notebook/notebook.js";
import { outputsToHtml, outputToHtml } from "../../../../grader/notebook/outputHtml.js";

const context = { prefix: "p-", markdown: (source: string) => `<p>${source}</p>` };
const display = (data: MimeBundle): string =>
  outputToHtml({ output_type: "display_data", data, metadata: {} }, context);

test("text keeps its colors and its last progress state, escaped", () => {
  const output: Output = { output_type: "stream", name: "stdout", text: "1 %\r\u001b[31m<2 %>\u001b[0m\n" };
  expect(outputToHtml(output, context)).toBe(
    '<pre class="output stdout"><span class="ansi-red">&lt;2 %&gt;</span>\n</pre>',
  );
});

test("an error shows its traceback, or name and words when there is none", () => {
  const error = { output_type: "error" as const, ename: "TypeError", evalue: "x < y" };
  expect(outputToHtml({ ...error, traceback: ["a", "b"] }, context)).toBe(
    '<pre class="output error" role="alert">a\nb</pre>',
  );
  expect(outputToHtml({ ...error, traceback: [] }, context)).toContain("TypeError: x &lt; y");
});

test("the richest form that needs no script is shown", () => {
  const plain = { "text/plain": "plain" };
  expect(display(plain)).toContain("<pre>plain</pre>");
  expect(display({ ...plain, "text/markdown": "*m*" })).toContain("<p>*m*</p>");
  expect(display({ ...plain, "text/latex": "$l$" })).toContain("<p>$l$</p>");
  expect(display({ ...plain, "text/html": "<b>h</b>" })).toContain('<div class="html"><b>h</b></div>');
  expect(display({ ...plain, "text/html": "<b>h</b>", "image/png": "AA\n==" })).toContain(
    'src="data:image/png;base64,AA=="',
  );
  expect(display({ ...plain, "image/png": "AA==", "image/svg+xml": "<svg></svg>" })).toContain(
    '<div class="figure"><svg></svg></div>',
  );
  expect(display({ "application/json": { a: 1 } })).toMatch(/<pre>.*a.*<\/pre>/s);
});

test("a picture cannot break out of its attribute", () => {
  expect(display({ "image/png": '"><script>alert(1)</script>' })).not.toContain("script");
});

test("a form the page cannot show is named; an empty output is nothing", () => {
  expect(display({ "application/vnd.jupyter.widget-view+json": {} })).toContain(
    "application/vnd.jupyter.widget-view+json",
  );
  expect(display({})).toBe("");
});

test("controls with all their states replace the output after them; every state is made safe", () => {
  const bundle = (data: MimeBundle): Output => ({ output_type: "display_data", data, metadata: {} });
  const states = (texts: string[]): Output =>
    bundle({
      "text/plain": "n: slider",
      "application/vnd.gradbook.states+json": {
        version: 1,
        controls: [{ name: "n", labels: ["1", "2"], start: 0 }],
        states: texts.map((html) => ({ "text/html": html })),
      },
    });
  const html = (...outputs: Output[]): string[] =>
    outputsToHtml(outputs, (position) => ({ ...context, prefix: `${position}-` }));
  const [before, controls, after, ...more] = html(
    bundle({ "text/plain": "before" }),
    states(['<b onclick="run()">one</b><script>run()</script>', '<svg id="x"></svg>']),
    bundle({ "text/plain": "the present state" }),
    bundle({ "text/plain": "after" }),
  );
  expect(more).toEqual([]);
  expect(before).toContain("before");
  expect(controls).toContain("<b>one</b>");
  expect(controls).toContain('<svg id="1-s1-x">');
  expect(controls).not.toMatch(/script|onclick|present/);
  expect(after).toContain("after");
  // what cannot be used leaves the ordinary output
  expect(html(states(["one"]), bundle({ "text/plain": "the present state" }))).toEqual([
    expect.stringContaining("n: slider"),
    expect.stringContaining("the present state"),
  ]);
});
