import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { JSDOM } from "jsdom";
import { afterAll, describe, expect, test } from "vitest";
import { notebookToHtml } from "../../../../grader/notebook/html.js";
import { code, notebookOf, text } from "../../../support/notebooks.js";

const folder = mkdtempSync(join(tmpdir(), "html-"));
afterAll(() => rmSync(folder, { recursive: true }));
const parse = (html: string): Document => new JSDOM(html).window.document;

describe("notebookToHtml", () => {
  test("is a document with the first heading as title, text, code and outputs in order", () => {
    const executed = {
      ...code("const a = 1;"),
      execution_count: 7,
      outputs: [{ output_type: "stream" as const, name: "stdout" as const, text: "one\n" }],
    };
    const page = parse(notebookToHtml(notebookOf(text("## Intro\n# Title & more"), executed)));
    expect(page.title).toBe("Title & more");
    expect(
      [...page.querySelectorAll("main > section")].map((part) =>
        part.textContent!.replace(/\s+/g, " ").trim(),
      ),
    ).toEqual(["Intro# Title & more#", "7 const a = 1; one"]);
  });

  test("the same notebook gives the same bytes", () => {
    const notebook = notebookOf(text("$x$"), code("1"));
    expect(notebookToHtml(notebook)).toBe(notebookToHtml(notebook));
  });

  test("two pictures with the same ids stay apart", () => {
    const picture = {
      output_type: "display_data" as const,
      metadata: {},
      data: { "image/svg+xml": '<svg><clipPath id="c"></clipPath><g clip-path="url(#c)"></g></svg>' },
    };
    const page = parse(
      notebookToHtml(
        notebookOf({ ...code("1"), outputs: [picture, picture] }, { ...code("2"), outputs: [picture] }),
      ),
    );
    const ids = [...page.querySelectorAll("clipPath")].map(({ id }) => id);
    expect(new Set(ids).size).toBe(3);
    expect([...page.querySelectorAll("g")].map((g) => g.getAttribute("clip-path"))).toEqual(
      ids.map((id) => `url(#${id})`),
    );
  });

  test("three sections make a table of contents", () => {
    const sections = "# T\n## One\n## Two\n## Three";
    const links = [...parse(notebookToHtml(notebookOf(text(sections)))).querySelectorAll("nav a")];
    expect(links.map((link) => [link.textContent, link.getAttribute("href")])).toEqual([
      ["One", "#one"],
      ["Two", "#two"],
      ["Three", "#three"],
    ]);
    expect(parse(notebookToHtml(notebookOf(text("## One\n## Two")))).querySelector("nav")).toBeNull();
  });

  test("code that the author hid is folded", () => {
    const page = parse(notebookToHtml(notebookOf(code("secret", { tags: ["hide-input"] }), code("open"))));
    expect([...page.querySelectorAll(".cell")].map((cell) => cell.querySelector("details") !== null)).toEqual(
      [true, false],
    );
  });

  test("pictures come from attachments and from the notebook's folder, never from outside it", () => {
    mkdirSync(join(folder, "course"));
    writeFileSync(join(folder, "course", "in.png"), "in");
    writeFileSync(join(folder, "out.png"), "out");
    const cell = {
      ...text("![a](attachment:x.png) ![b](in.png) ![c](../out.png) ![d](missing.png)"),
      attachments: { "x.png": { "image/png": "AAAA" } },
    };
    const page = parse(notebookToHtml(notebookOf(cell), { path: join(folder, "course", "a.ipynb") }));
    expect([...page.querySelectorAll("img")].map((image) => image.getAttribute("src"))).toEqual([
      "data:image/png;base64,AAAA",
      `data:image/png;base64,${Buffer.from("in").toString("base64")}`,
      "../out.png",
      "missing.png",
    ]);
  });

  test("nothing on the page is loaded from elsewhere", () => {
    const html = notebookToHtml(notebookOf(text("$$\\sum_i x_i$$"), code("1")));
    expect(html).not.toMatch(/<link|<script|url\((?!data:)|src="(?!data:)/);
    expect(parse(html).querySelector("meta[http-equiv]")!.getAttribute("content")).toContain(
      "default-src 'none'",
    );
  });
});
