// One picture for each chart, compared with the one that a person has looked at. After a wanted change run
// `UPDATE_PLOTS=1 npx vitest run --project plots`, look at test/plots/gallery.html, and commit the new pictures.

import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import * as plot from "../../src/plot/index.js";
import { normalizeSvg } from "../support/normalizeSvg.js";
import { examples as basic } from "./examples/basic.js";
import { examples as convolution } from "./examples/convolution.js";
import { examples as optimization } from "./examples/optimization.js";
import { examples as regularization } from "./examples/regularization.js";
import { examples as training } from "./examples/training.js";
import { examples as validation } from "./examples/validation.js";

const groups = { basic, training, convolution, optimization, validation, regularization };
const isUpdate = process.env.UPDATE_PLOTS === "1";
const output = (name: string): string => fileURLToPath(new URL(`output/${name}`, import.meta.url));

describe.each(Object.entries(groups))("%s", (_, examples) => {
  test.each(Object.entries(examples))("%s looks as reviewed", (name, make) => {
    const { svg } = make();
    const reviewed = output(`${name}.svg`);
    const changed = output(`${name}-changed.svg`);
    if (isUpdate) writeFileSync(reviewed, svg);
    expect(existsSync(reviewed), `${reviewed} is missing: run with UPDATE_PLOTS=1 and look at it`).toBe(true);
    const before = normalizeSvg(readFileSync(reviewed, "utf8"));
    if (normalizeSvg(svg) === before) rmSync(changed, { force: true });
    else writeFileSync(changed, svg);
    expect(normalizeSvg(svg)).toBe(before);
  });

  test.each(Object.entries(examples))("%s stands alone, fits its page, and names itself", (_name, make) => {
    const { svg, size } = make();
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    expect(svg).toContain('role="img" aria-label="');
    // Without the images: any letters may occur in base64.
    expect(svg.replace(/base64,[^"]*/g, "")).not.toMatch(
      /<script|<style|currentColor|NaN|undefined|Infinity|(href|src)="(?!data:|#)/,
    );
    expect(size.width).toBe(640);
    for (const [, x] of svg.matchAll(/<rect x="(-?[\d.]+)"/g)) expect(Number(x)).toBeLessThanOrEqual(640);
  });
});

const names = Object.values(groups).flatMap((examples) => Object.keys(examples));

test("every chart of the plot namespace has a picture", () => {
  const charts = Object.entries(plot).filter(
    ([name, value]) => typeof value === "function" && /^[a-z]/.test(name),
  );
  const missing = charts.map(([name]) => name).filter((name) => !names.includes(name));
  // Another name of convPaths.
  expect(missing).toEqual(["convBackprop1d"]);
});

test("output holds the pictures of the examples and nothing else", () => {
  const files = readdirSync(output("")).filter((file) => !file.endsWith("-changed.svg"));
  expect(files.sort()).toEqual(names.map((name) => `${name}.svg`).sort());
});

test("the gallery shows every picture", () => {
  const page = fileURLToPath(new URL("gallery.html", import.meta.url));
  const figures = Object.entries(groups).map(([group, examples]) => {
    const images = Object.keys(examples).map(
      (name) =>
        `<figure><figcaption>${name}</figcaption><img src="output/${name}.svg" alt="${name}"></figure>`,
    );
    return `<h2>${group}</h2>\n${images.join("\n")}`;
  });
  const style =
    "body{font:15px system-ui;margin:2em;background:#f0f1f3}figure{display:inline-block;margin:1em;vertical-align:top}img{border:1px solid #ccc}";
  const html = `<!doctype html>\n<meta charset="utf-8">\n<title>Gallery of gradbook's charts</title>\n<style>${style}</style>\n<h1>Gallery</h1>\n${figures.join("\n")}\n`;
  if (isUpdate) writeFileSync(page, html);
  expect(readFileSync(page, "utf8")).toBe(html);
});
