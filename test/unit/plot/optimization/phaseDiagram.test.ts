import { expect, test } from "vitest";
import { momentumPhase, phaseDiagram } from "../../../../src/plot/optimization/phaseDiagram.js";
import { svgTexts } from "../../../support/normalizeSvg.js";

test("without momentum the error shrinks by |1 − ηλ|", () => {
  expect(momentumPhase(0.25, 0)).toEqual({ radius: 0.75, kind: "monotone" });
  expect(momentumPhase(1.5, 0)).toEqual({ radius: 0.5, kind: "alternates" });
  expect(momentumPhase(2.5, 0)).toEqual({ radius: 1.5, kind: "diverges" });
});

test("complex roots shrink by √β: (1 + β − ηλ)² < 4β", () =>
  expect(momentumPhase(1, 0.81)).toEqual({ radius: 0.9, kind: "ripples" }));

test("the edge of stability is ηλ = 2 + 2β", () => {
  for (const beta of [0, 0.3, 0.9]) {
    expect(momentumPhase(2 + 2 * beta - 0.01, beta).kind).not.toBe("diverges");
    expect(momentumPhase(2 + 2 * beta + 0.01, beta).kind).toBe("diverges");
  }
});

test("marked settings are named with their kind and rate", () => {
  expect(svgTexts(phaseDiagram({ here: { etaLambda: 1, beta: 0.81 } }).svg)).toEqual(
    expect.arrayContaining(["1 here", "ripples, ρ = 0.9", "ηλ = 2 + 2β"]),
  );
});

test("β of 1", () =>
  expect(() => phaseDiagram({ a: { etaLambda: 1, beta: 1 } })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: phaseDiagram: a.beta must be a finite number at least 0 and less than 1, got 1]`,
  ));
test("ηλ of 0", () =>
  expect(() => phaseDiagram({ a: { etaLambda: 0, beta: 0 } })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: phaseDiagram: a.etaLambda must be a finite number greater than 0, got 0]`,
  ));
