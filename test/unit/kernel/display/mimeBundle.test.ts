import { JSDOM } from "jsdom";
import { describe, expect, test } from "vitest";
import { completeBundle, mimeBundle } from "../../../../kernel/display/mimeBundle.js";

const DISPLAY = Symbol.for("Jupyter.display");
const errors: unknown[] = [];
const report = (error: unknown): void => void errors.push(error);
const bundle = (value: unknown) => mimeBundle(value, report);

describe("the value's own display method", () => {
  test("comes first, and text/plain is added", () => {
    const element = new JSDOM("").window.document.createElement("b");
    Object.defineProperty(element, DISPLAY, { value: () => ({ "text/html": "<i>" }) });
    expect(bundle(element)).toEqual({
      "text/html": "<i>",
      "text/plain": expect.stringContaining("HTMLElement"),
    });
  });
  test("keeps its own text/plain", () => {
    expect(bundle({ [DISPLAY]: () => ({ "text/plain": "1.5", "text/html": "x" }) })).toEqual({
      "text/plain": "1.5",
      "text/html": "x",
    });
  });
  test("may be async", async () => {
    const value = { [DISPLAY]: async () => ({ "text/plain": "later" }) };
    expect(await bundle(value)).toEqual({ "text/plain": "later" });
  });
  test("that throws is reported, and the next rules apply", async () => {
    const fail = (): never => {
      throw new Error("no");
    };
    errors.length = 0;
    expect(bundle({ [DISPLAY]: fail })).toHaveProperty(["text/plain"]);
    expect(await bundle({ [DISPLAY]: async () => fail() })).toHaveProperty(["text/plain"]);
    expect(errors).toMatchObject([{ message: "no" }, { message: "no" }]);
  });
  test("that returns no bundle is reported", () => {
    errors.length = 0;
    expect(bundle({ a: 1, [DISPLAY]: () => "text" })).toMatchObject({
      "text/plain": expect.stringContaining("a: 1"),
    });
    expect(String(errors[0])).toBe(
      `TypeError: [Symbol.for("Jupyter.display")]: a MIME bundle such as {"text/html": "…"} must be returned, got 'text'`,
    );
  });
  test("of a class or function is used too", () => {
    expect(bundle(Object.assign(() => 1, { [DISPLAY]: () => ({ "text/plain": "f" }) }))).toEqual({
      "text/plain": "f",
    });
  });
});

test("elements, images and other values follow in this order", () => {
  const { document } = new JSDOM("").window;
  expect(bundle(document.createElement("p"))).toEqual({ "text/plain": "<p>", "text/html": "<p></p>" });
  expect(bundle(new Uint8Array([0xff, 0xd8, 0xff]))).toHaveProperty(["image/jpeg"]);
  expect(bundle(new Uint8Array([1]))).toEqual({ "text/plain": "Uint8Array(1) [ 1 ]" });
  expect(bundle(undefined)).toEqual({ "text/plain": "undefined" });
});

test("a getter that throws does not end the cell", () => {
  const value = {
    get nodeType() {
      throw new Error("no");
    },
  };
  expect(bundle(value)).toEqual({ "text/plain": "{ nodeType: [Getter] }" });
});

test("completeBundle turns bytes into base64 and leaves out what is undefined", () => {
  expect(
    completeBundle(
      { "image/png": new Uint8Array([1, 2, 3]), "text/html": undefined, "application/json": { a: 1 } },
      () => "t",
    ),
  ).toEqual({ "image/png": "AQID", "application/json": { a: 1 }, "text/plain": "t" });
});
