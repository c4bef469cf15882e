import { expect, test } from "vitest";
import * as losses from "../../../src/nn/loss.js";

test("every loss of the library is here", () => {
  expect(Object.keys(losses).sort()).toEqual([
    "binaryCrossEntropyWithLogits",
    "crossEntropy",
    "hingeLoss",
    "huberLoss",
    "l1Loss",
    "mseLoss",
    "nllLoss",
  ]);
});
