import { describe, expect, test } from "vitest";
import { isHandle, makeDisplays } from "../../../../kernel/display/display.js";
import type { FromSession } from "../../../../kernel/run/messages.js";

function setUp() {
  const frames: FromSession[] = [];
  const at = { cell: 7 };
  const displays = makeDisplays({
    send: (frame) => void frames.push(frame),
    currentCell: () => at.cell,
    report: (error) => void frames.push({ t: "stream", name: "stderr", text: String(error), cell: at.cell }),
  });
  return { frames, at, ...displays };
}

describe("display", () => {
  test("shows at once, and its handle changes what is shown, from another cell too", () => {
    const { display, frames, at } = setUp();
    const handle = display(1);
    at.cell = 9;
    handle.update(2);
    expect(frames).toEqual([
      { t: "display", bundle: { "text/plain": "1" }, metadata: {}, id: handle.displayId, cell: 7 },
      { t: "update", bundle: { "text/plain": "2" }, metadata: {}, id: handle.displayId, cell: 9 },
    ]);
    expect(isHandle(handle)).toBe(true);
    expect(isHandle({ displayId: "x", update() {} })).toBe(false);
  });
  test("takes a name and metadata", () => {
    const { display, frames } = setUp();
    display("a", { displayId: "mine", metadata: { "text/plain": { b: 1 } } });
    expect(frames).toMatchObject([{ id: "mine", metadata: { "text/plain": { b: 1 } } }]);
  });
  test.each([
    ["html", "<b>", { "text/html": "<b>", "text/plain": "<html>" }],
    ["markdown", "*a*", { "text/markdown": "*a*", "text/plain": "*a*" }],
    [
      "svg",
      "<svg/>",
      { "image/svg+xml": '<svg xmlns="http://www.w3.org/2000/svg"/>', "text/plain": "<svg>" },
    ],
  ] as const)("display.%s shows the text under its type", (name, text, bundle) => {
    const { display, frames } = setUp();
    display[name](text);
    expect(frames).toMatchObject([{ t: "display", bundle }]);
  });
  test("display.raw shows a bundle, bytes in base64", () => {
    const { display, frames } = setUp();
    display.raw({ "image/png": new Uint8Array([1]) });
    expect(frames).toMatchObject([{ bundle: { "image/png": "AQ==", "text/plain": "<image/png>" } }]);
  });
  test("an async display belongs to the cell that asked, and settled waits for it", async () => {
    const { display, frames, at, settled } = setUp();
    display({ [Symbol.for("Jupyter.display")]: async () => ({ "text/plain": "late" }) });
    at.cell = 8;
    expect(frames).toEqual([]);
    await settled();
    expect(frames).toMatchObject([{ t: "display", bundle: { "text/plain": "late" }, cell: 7 }]);
  });
  test("refuses what it would ignore", () => {
    const { display } = setUp();
    expect(() => display(1, { id: "x" } as object)).toThrowErrorMatchingInlineSnapshot(`
      [TypeError: display: unknown option "id"
        help: the options are metadata and displayId]
    `);
    expect(() => display.html(5 as unknown as string)).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: display.html: the text must be a string, got number]`,
    );
    expect(() =>
      display.raw("x" as unknown as object as Record<string, unknown>),
    ).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: display.raw: a MIME bundle such as {"text/html": "…"} is needed, got x]`,
    );
  });
});

test("clearOutput removes the output now, or when the next arrives", () => {
  const { clearOutput, frames } = setUp();
  clearOutput();
  clearOutput(true);
  expect(frames).toEqual([
    { t: "clear", wait: false, cell: 7 },
    { t: "clear", wait: true, cell: 7 },
  ]);
});

test("output is what a library shows progress with", () => {
  const { output, frames } = setUp();
  output.display({ "text/plain": "0 %" }, { displayId: "p" });
  output.update("p", { "text/plain": "100 %" });
  output.clear({ wait: true });
  output.display({ "text/plain": "x" });
  expect(frames).toEqual([
    { t: "display", bundle: { "text/plain": "0 %" }, metadata: {}, id: "p", cell: 7 },
    { t: "update", bundle: { "text/plain": "100 %" }, metadata: {}, id: "p", cell: 7 },
    { t: "clear", wait: true, cell: 7 },
    { t: "display", bundle: { "text/plain": "x" }, metadata: {}, cell: 7 },
  ]);
});
