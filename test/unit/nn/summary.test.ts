import { expect, test } from "vitest";
import { ModuleSummary } from "../../../src/nn/summary.js";

const summary = new ModuleSummary(
  "Net<1>",
  [1, 8],
  [1, 2],
  [
    { path: "layers.0", layer: "Linear(8, 1000)", outputShape: [1, 1000], parameters: 9000 },
    { path: "layers.1", layer: "ReLU()", outputShape: [1, 1000], parameters: 0 },
  ],
  9000,
);

test("ModuleSummary prints a table", () => {
  expect(String(summary)).toMatchInlineSnapshot(`
    "Net<1>
    path      layer            output     parameters
              input            [1, 8]
    layers.0  Linear(8, 1000)  [1, 1000]       9,000
    layers.1  ReLU()           [1, 1000]           0
              total                            9,000"
  `);
});

test("ModuleSummary shows an HTML table in a notebook, with names escaped", () => {
  const bundle = (summary as unknown as Record<symbol, () => Record<string, string>>)[
    Symbol.for("Jupyter.display")
  ]!();
  expect(bundle["text/plain"]).toBe(String(summary));
  expect(bundle["text/html"]).toContain("<caption>Net&lt;1&gt;</caption>");
  expect(bundle["text/html"]).toContain('<td style="text-align:right">9,000</td>');
  expect(bundle["text/html"]!.match(/<tr>/g)).toHaveLength(5);
});
