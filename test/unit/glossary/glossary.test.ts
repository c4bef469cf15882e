import { describe, expect, test } from "vitest";
import { glossary } from "../../../src/glossary/glossary.js";

const english = (word: string): string[] => glossary(word).terms.map((term) => term.english);

describe("finding a term", () => {
  test("by its English name, its Korean name and its other names, whatever the capitals and hyphens", () => {
    for (const word of ["cross-validation", "Cross Validation", "교차검증", "cv"])
      expect(english(word)).toEqual(["cross-validation"]);
    expect(english("MLP")).toEqual(["multilayer perceptron"]);
    expect(glossary("cv").asked).toBeNull();
  });

  test.each([
    // the misspelled words of the lecture notes
    ["k-flod", "k-fold cross-validation"],
    ["cross-validataion", "cross-validation"],
    ["boostring", "boosting"],
    ["stochstic", "stochastic gradient descent"],
    ["ealry", "early stopping"],
    ["weith", "weight"],
    ["gradint", "gradient"],
    ["panelty", "parameter norm penalty"],
    ["뉴련", "neuron"],
  ])("%s is read as %s", (word, expected) => {
    expect(english(word)).toEqual([expected]);
  });

  test("a misspelled word is named in the answer", () => {
    expect(glossary("gradint").toString()).toMatch(/^"gradint" read as "gradient"\ngradient \(기울기\): /);
  });

  test("정규화 is normalization and 규제 regularization, and the definition says so", () => {
    expect(english("정규화")).toEqual(["normalization"]);
    expect(english("규제")).toEqual(["regularization"]);
    expect(glossary("정규화").terms[0]!.definition).toContain("정규화");
  });

  test("a short word is not read as another one", () => {
    expect(() => glossary("GAN")).toThrowErrorMatchingInlineSnapshot(`
      [RangeError: glossary: word must be a term of the course, got "GAN"
        help: glossary() shows all terms]
    `);
  });

  test("part of a term: the message lists the terms that hold it", () => {
    expect(() => glossary("normaliz")).toThrowErrorMatchingInlineSnapshot(`
      [RangeError: glossary: word must be a term of the course, got "normaliz"
        help: terms with it: normalization, batch normalization, group normalization, layer normalization, instance normalization]
    `);
  });

  test("a word without letters", () => {
    expect(() => glossary(" ")).toThrowErrorMatchingInlineSnapshot(`
      [TypeError: glossary: word must be a text with letters, got " "
        help: glossary() shows all terms]
    `);
  });
});

describe("the terms", () => {
  const { terms } = glossary();

  test("no name belongs to two terms", () => {
    const names = terms.flatMap((term) => [...new Set([term.english, term.korean, ...term.aliases])]);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
    expect(terms.length).toBeGreaterThan(60);
  });

  test("every definition is a sentence, every Korean name has Hangul or is a proper name, every notebook exists in the plan", () => {
    for (const { english: name, korean, definition, notebook } of terms) {
      expect(definition).toMatch(/^[A-Z].*[.)]$/s);
      expect(/[가-힣]/.test(korean) || korean === name).toBe(true);
      expect(notebook).toMatch(/^N(0\d|1[0-4])$/);
    }
  });

  test("no definition is the definition of another term", () => {
    expect(new Set(terms.map((term) => term.definition)).size).toBe(terms.length);
  });
});

test("in a notebook: a table with both languages, escaped", () => {
  const bundle = (glossary("batch") as unknown as Record<symbol, () => Record<string, string>>)[
    Symbol.for("Jupyter.display")
  ]!();
  expect(bundle["text/html"]).toContain('<th style="text-align:left;white-space:nowrap">한국어</th>');
  expect(bundle["text/html"]).toContain("미니배치");
  expect(bundle["text/plain"]).toMatch(/^mini-batch \(미니배치\): /);
});
