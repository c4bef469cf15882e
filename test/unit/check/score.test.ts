import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { mutant } from "../../../src/check/mutant.js";
import { NotFilledIn } from "../../../src/check/notFilledIn.js";
import { property } from "../../../src/check/property.js";
import { reference } from "../../../src/check/reference.js";
import { type ScoreItem, score } from "../../../src/check/score.js";
import { tensor } from "../../../src/tensor/create.js";
import type { Tensor } from "../../../src/tensor/tensor.js";
import "../../../src/tensor/methods.js";

type WeightGradient = (x: number[], delta: number[], size: number) => number[];
const gradient: WeightGradient = (x, delta, size) =>
  Array.from({ length: size }, (_, k) => delta.reduce((sum, d, i) => sum + d * x[i + k]!, 0));
const flipped: WeightGradient = (x, delta, size) => gradient(x, delta, size).reverse();
/** The middle term δ₂x₂ of the notes. */
const notes: WeightGradient = (x, delta, size) =>
  gradient(x, delta, size).map((value, k) => (k === 1 ? value + delta[1]! * (x[1]! - x[2]!) : value));

const items: ScoreItem<WeightGradient>[] = [
  (f) => reference("the worked example", () => f([1, 2, 3, 5, 7], [100, 10, 1], 3), [123, 235, 357]),
  (f) =>
    property(
      "linear in δ",
      (draw) => ({ x: draw.vector(6), delta: draw.vector(4) }),
      ({ x, delta }) => [
        f(
          x,
          delta.map((d) => 2 * d),
          3,
        ),
        f(x, delta, 3).map((value) => 2 * value),
      ],
    ),
  (f) => reference("one weight", () => f([2, 3], [10, 1], 1), [23]),
  mutant("You flipped the kernel's gradient.", flipped),
  mutant("You copied δ₂x₂ from the notes; it is δ₂x₃.", notes),
];
const grade = (of: WeightGradient, points = 3) =>
  score("N03-w", { of, points, hints: ["a", "b", "c"] }, items);

describe("points", () => {
  test("the right answer gets all of them, and no message", () => {
    const report = grade(gradient);
    expect([report.points, report.of, report.status, report.message]).toEqual([3, 3, "passed", ""]);
    expect(report.checks.map((check) => check.passed)).toEqual([true, true, true]);
  });

  test("each check is worth the same share, rounded down to cents", () => {
    expect([grade(flipped).points, grade(flipped).status]).toEqual([2, "partial"]);
    expect(grade(flipped, 1).points).toBe(0.66);
    expect([grade(() => [1]).points, grade(() => [1]).status]).toEqual([0, "failed"]);
  });
});

describe("the sentence", () => {
  test("names the mistake whose results agree", () => {
    expect(grade(flipped).message).toBe("You flipped the kernel's gradient.");
    expect(grade(notes).message).toBe("You copied δ₂x₂ from the notes; it is δ₂x₃.");
  });

  test("is the check's own when no mistake fits: first a built-in diagnosis, then the first difference", () => {
    expect(grade((x, d, n) => gradient(x, d, n).map((v) => -v)).message).toBe(
      "Your result has the opposite sign everywhere.",
    );
    expect(grade((x, d, n) => gradient(x, d, n).map((v, k) => v + k * k)).message).toBe(
      "the worked example: expected 357 at [2], got 361 (2 of 3 numbers are wrong)",
    );
  });

  test("an answer that throws is reported check by check", () => {
    const report = grade(() => {
      throw new RangeError("no");
    });
    expect([report.status, report.points]).toEqual(["error", 0]);
    expect(report.message).toBe("the worked example: the answer stopped with RangeError: no");
  });
});

describe("blanks", () => {
  test("give 0 points and one message, no table", () => {
    const report = grade(() => {
      throw new NotFilledIn("N03-w");
    });
    expect(report.data).toEqual({
      version: 1,
      name: "N03-w",
      points: 0,
      of: 3,
      status: "notFilledIn",
      message: "N03-w is not filled in.",
      checks: [],
      hints: { total: 3, used: 0 },
    });
  });

  test("name the blank that is missing when it is another one", () => {
    expect(
      grade(() => {
        throw new NotFilledIn("N03-x");
      }).message,
    ).toBe("N03-w needs N03-x, which is not filled in.");
    expect(grade(undefined as never).message).toBe("N03-w has no answer yet: run the cell that defines it.");
  });
});

describe("the checks themselves are tested by the mutants", () => {
  test("every mutant loses points and is named by its own sentence", () => {
    const proof = grade(gradient).proof();
    expect(
      proof.map(({ diagnosis, points, diagnosed }) => [diagnosis, points < 3, diagnosed === diagnosis]),
    ).toEqual([
      ["You flipped the kernel's gradient.", true, true],
      ["You copied δ₂x₂ from the notes; it is δ₂x₃.", true, true],
    ]);
    expect(proof[0]!.outputs).toEqual({ "the worked example": [[357, 235, 123]] });
  });

  test("an answer that is a Tensor is compared as numbers, like one in an array", () => {
    type Double = (x: Tensor) => Tensor;
    const report = score<Double>("double", { of: (x) => x.add(1), points: 1 }, [
      (f) => reference("by hand", () => f(tensor([1, 5])), tensor([2, 10])),
      (f) =>
        property(
          "twice",
          (draw) => tensor(draw.vector(2)),
          (x) => [f(x), x.add(x)],
        ),
      mutant("You added 1.", (x: Tensor) => x.add(1)),
      mutant("You squared.", (x: Tensor) => x.mul(x)),
    ]);
    expect(report.data.message).toBe("You added 1.");
    expect(report.proof().map(({ diagnosed }) => diagnosed)).toEqual(["You added 1.", "You squared."]);
  });

  test("a mutant that no check rejects shows", () => {
    const weak = score("N03-v", { of: gradient, points: 1 }, [
      items[2] as ScoreItem<WeightGradient>,
      items[3] as ScoreItem<WeightGradient>,
    ]);
    expect(weak.proof()).toMatchObject([{ points: 1, diagnosed: "" }]);
  });

  test("the proof is in the data when GRADBOOK_PROVE_CHECKS is 1", () => {
    process.env.GRADBOOK_PROVE_CHECKS = "1";
    try {
      expect(grade(gradient).data.mutants).toHaveLength(2);
    } finally {
      delete process.env.GRADBOOK_PROVE_CHECKS;
    }
    expect(grade(gradient).data.mutants).toBeUndefined();
  });
});

describe("published diagnoses", () => {
  const home = process.cwd();
  let folder = "";
  const publish = (text: string): void => {
    folder = mkdtempSync(join(tmpdir(), "gradbook-check-"));
    writeFileSync(join(folder, "diagnoses.json"), text);
    process.chdir(folder);
  };
  afterEach(() => {
    process.chdir(home);
    rmSync(folder, { recursive: true, force: true });
  });

  test("are found beside the notebook: the results of mistakes, without their code", () => {
    const proof = grade(gradient).proof();
    publish(JSON.stringify({ "N03-w": proof }));
    const released = score("N03-w", { of: flipped, points: 3 }, items.slice(0, 3));
    expect(released.message).toBe("You flipped the kernel's gradient.");
  });

  test("a damaged file costs the diagnosis only", () => {
    publish("{");
    expect(score("N03-w", { of: notes, points: 3 }, items.slice(0, 3)).message).toMatch(
      /^the worked example: expected 235/,
    );
  });
});

describe("errors", () => {
  test("of the author are thrown", () => {
    expect(() => score("s", { of: 1, points: 1 }, [])).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: check.score: needs at least one check, got none]`,
    );
    expect(() => score("s", { of: 1, points: 1 }, [reference("r", 1, 1) as never])).toThrow(
      /^check\.score: each check must be a function of the answer/,
    );
    expect(() =>
      score("s", { of: 1, points: 1 }, [(() => true) as never]),
    ).toThrowErrorMatchingInlineSnapshot(`
      [TypeError: check.score: check 1 must return a report, got true
        help: write (answer) => check.reference(…), without braces or with return]
    `);
    const same = (): ReturnType<typeof reference> => reference("r", 1, 1);
    expect(() => score("s", { of: 1, points: 1 }, [same, same])).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: check.score: checks need different names, got "r" twice]`,
    );
    expect(() => score("s", { of: 1, points: -1 }, [same])).toThrow(RangeError);
    expect(() => score("s", { of: 1, points: 1, hint: [] } as never, [same])).toThrow(
      /unknown option "hint"/,
    );
  });
});
