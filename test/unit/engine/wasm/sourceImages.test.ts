import { expect, test } from "vitest";
import { endOfStep } from "../../../../src/engine/memory.js";
import { planSource } from "../../../../src/engine/wasm/convSource.js";
import { engineParts } from "../../../support/engineParts.js";
import { onHeap } from "../../../support/wasmEngine.js";

test("two channels of three numbers with a zero on each side; a direct source is the image itself", () => {
  const { images, floats } = engineParts();
  const x = onHeap([1, 2, 3, 4, 5, 6]);
  const padded = planSource([1, 1, 3], [0, 0, 1], [1, 1, 1], [1, 1, 5]);
  const at = images.fill(padded, images.reserve(padded, 2), x.pointer, 2, 24);
  expect(Array.from(floats.subarray(at / 4, at / 4 + 10))).toEqual([0, 1, 2, 3, 0, 0, 4, 5, 6, 0]);
  const direct = planSource([1, 1, 3], [0, 0, 0], [1, 1, 1], [1, 1, 3]);
  expect(images.fill(direct, images.reserve(direct, 2), x.pointer, 2, 24)).toBe(x.pointer);
  endOfStep();
});
