import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import type * as CanvasNamespace from "@napi-rs/canvas";
import { afterEach, expect, test } from "vitest";
import { displaySymbol, Figure, type MimeBundle } from "../../../src/plot/figure.js";
import { svgDocument } from "../../../src/plot/svg.js";

const { createCanvas, Image } = createRequire(import.meta.url)("@napi-rs/canvas") as typeof CanvasNamespace;
const outputSymbol = Symbol.for("Jupyter.output");
const square = (color: string): string =>
  svgDocument(40, 20, `a ${color} square`, `<rect x="10" y="5" width="10" height="10" fill="${color}"/>`);

afterEach(() => {
  delete (globalThis as Record<symbol, unknown>)[outputSymbol];
});

test("a figure shows itself as SVG and text", () => {
  const figure = new Figure<string>("square", "red", square);
  expect(figure[displaySymbol]()).toEqual({
    "image/svg+xml": square("red"),
    "text/plain": "[square: a red square, 40 × 20 pixels]",
  });
  expect(inspect(figure)).toBe("[square: a red square, 40 × 20 pixels]");
});

test("toPng draws the picture at twice its size", () => {
  const image = new Image();
  image.src = Buffer.from(new Figure<string>("square", "red", square).toPng());
  expect([image.width, image.height]).toEqual([80, 40]);
  const context = createCanvas(80, 40).getContext("2d");
  context.drawImage(image, 0, 0);
  const at = (x: number, y: number): number[] => Array.from(context.getImageData(x, y, 1, 1).data);
  expect([at(30, 20), at(70, 20)]).toEqual([
    [255, 0, 0, 255],
    [255, 255, 255, 255],
  ]);
});

test("toPng refuses a scale that is not positive", () =>
  expect(() =>
    new Figure<string>("square", "red", square).toPng({ scale: 0 }),
  ).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: Figure.toPng: scale must be a finite number at most 10 and greater than 0, got 0]`,
  ));

test("a very large picture is shown as PNG", () => {
  const figure = new Figure("noise", 20_000, (count) =>
    svgDocument(40, 20, "noise", '<rect width="1" height="1" fill="red"/>'.repeat(count)),
  );
  const bundle = figure[displaySymbol]();
  expect(Object.keys(bundle)).toEqual(["image/png", "text/plain"]);
  expect(Buffer.from(bundle["image/png"]!, "base64").toString("latin1", 1, 4)).toBe("PNG");
});

test("update shows the figure once and then changes it in place", () => {
  const calls: unknown[][] = [];
  (globalThis as Record<symbol, unknown>)[outputSymbol] = {
    display: (bundle: MimeBundle, options: { displayId: string }) =>
      calls.push(["display", options.displayId, bundle["text/plain"]]),
    update: (id: string, bundle: MimeBundle) => calls.push(["update", id, bundle["text/plain"]]),
  };
  const figure = new Figure<string>("square", "red", square);
  figure.update("green");
  figure.update("blue");
  const id = calls[0]![1];
  expect(calls).toEqual([
    ["display", id, "[square: a green square, 40 × 20 pixels]"],
    ["update", id, "[square: a blue square, 40 × 20 pixels]"],
  ]);
  const other = new Figure<string>("square", "red", square);
  other.update("red");
  expect(calls[2]![1]).not.toBe(id);
});

test("update outside a notebook changes the picture and nothing else", () => {
  const figure = new Figure<string>("square", "red", square);
  figure.update("blue");
  expect(figure.svg).toBe(square("blue"));
});

test("identifiers carry a hash of the picture: two figures on a page do not share a clip path", () => {
  const clipped = (width: number): string =>
    `<svg><clipPath id="plot-clip-7"><rect width="${width}"/></clipPath><g clip-path="url(#plot-clip-7)"/></svg>`;
  const ids = [1, 2, 1].map((width) => /id="([^"]+)"/.exec(new Figure("clip", width, clipped).svg)![1]);
  expect(ids[0]).not.toBe(ids[1]);
  expect(ids[0]).toBe(ids[2]);
  expect(new Figure("clip", 1, clipped).svg).toContain(`url(#${ids[0]})`);
});

test("save writes by the ending of the path", () => {
  const folder = mkdtempSync(join(tmpdir(), "figure-"));
  const figure = new Figure<string>("square", "red", square);
  figure.save(join(folder, "a.svg"));
  figure.save(join(folder, "a.png"));
  expect(readFileSync(join(folder, "a.svg"), "utf8")).toBe(figure.svg);
  expect(readFileSync(join(folder, "a.png")).toString("latin1", 1, 4)).toBe("PNG");
  expect(() => figure.save("a.gif")).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: Figure.save: the path must end in .svg or .png, got "a.gif"]`,
  );
  rmSync(folder, { recursive: true });
});
