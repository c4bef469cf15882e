import { expect, test } from "vitest";
import { Span } from "../../../src/engine/span.js";

test("a new span belongs to nobody, is visible, and has never changed", () => {
  const { owner, internal, held, exposed, changedAt, neededBy, copyEpoch } = new Span("float32", 3, 64, null);
  expect({ owner, internal, held, exposed, changedAt, neededBy, copyEpoch }).toEqual({
    owner: null,
    internal: false,
    held: false,
    exposed: false,
    changedAt: 0,
    neededBy: null,
    copyEpoch: -1, // never equal to an epoch, which start at 0
  });
});
