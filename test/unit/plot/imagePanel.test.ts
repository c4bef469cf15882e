import { expect, test } from "vitest";
import { colorScale } from "../../../src/plot/colorScale.js";
import { imagePanel } from "../../../src/plot/imagePanel.js";
import { toImages } from "../../../src/plot/images.js";

test("the longer side has the asked size, the shape stays", () => {
  const [image] = toImages("f", "images", [
    [0, 1, 0, 1],
    [1, 0, 1, 0],
  ]);
  const panel = imagePanel(image!, 80, colorScale("gray", 0, 1), "a pattern");
  expect([panel.width, panel.height]).toEqual([80, 40]);
  expect(panel.content).toContain('aria-label="a pattern"');
});
