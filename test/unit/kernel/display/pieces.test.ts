import { describe, expect, test } from "vitest";
import type { CapturedFrame } from "../../../../kernel/display/capture.js";
import { addFrame, compose, type Piece } from "../../../../kernel/display/pieces.js";

const text = (words: string, name: "stdout" | "stderr" = "stdout"): CapturedFrame => ({
  t: "stream",
  name,
  text: words,
  cell: -1,
});
const shown = (t: "display" | "update", id: string, bundle: object): CapturedFrame => ({
  t,
  id,
  bundle: { ...bundle },
  metadata: {},
  cell: -1,
});
const pieces = (...frames: CapturedFrame[]): Piece[] => {
  const all: Piece[] = [];
  for (const frame of frames) addFrame(all, frame);
  return all;
};

describe("frames become pieces", () => {
  test("text of one stream is one piece; another stream or a display begins a new one", () => {
    const all = pieces(text("a"), text("b\n"), text("c", "stderr"), shown("display", "d", {}), text("e"));
    expect(all.map((piece) => (piece.kind === "text" ? piece.text : piece.kind))).toEqual([
      "ab\n",
      "c",
      "bundle",
      "e",
    ]);
  });
  test("an update changes the display it names; one of another place is not taken", () => {
    const all = pieces(shown("display", "d", { "text/plain": "1" }));
    expect(addFrame(all, shown("update", "d", { "text/plain": "2" }))).toBe(true);
    expect(addFrame(all, shown("update", "x", { "text/plain": "3" }))).toBe(false);
    expect(all).toMatchObject([{ bundle: { "text/plain": "2" } }]);
  });
  test("clearing leaves nothing", () => {
    expect(pieces(text("a"), { t: "clear", wait: true, cell: -1 })).toEqual([]);
  });
});

describe("pieces become one output", () => {
  test("nothing, one text, one picture", () => {
    expect(compose([])).toEqual({ bundle: { "text/plain": "" }, metadata: {} });
    expect(compose(pieces(text("a\n"))).bundle).toEqual({ "text/plain": "a" });
    const picture = { "image/svg+xml": "<svg/>", "text/plain": "<svg>" };
    expect(compose(pieces(shown("display", "d", picture))).bundle).toEqual(picture);
  });
  test("several, each in its best form, and as text", () => {
    const all = pieces(
      text("step 1 < 2\n"),
      shown("display", "a", { "image/svg+xml": "<svg/>", "text/plain": "figure" }),
      shown("display", "b", { "image/png": "AA==", "text/plain": 'a "b"' }),
      shown("display", "c", { "text/html": "<b>x</b>", "text/plain": "x" }),
      shown("display", "d", { "text/plain": "[ 1 ]" }),
    );
    expect(compose(all).bundle).toEqual({
      "text/html":
        '<pre>step 1 &#60; 2</pre>\n<div><svg/></div>\n<div><img src="data:image/png;base64,AA==" alt="a &#34;b&#34;"></div>\n' +
        "<div><b>x</b></div>\n<pre>[ 1 ]</pre>",
      "text/plain": 'step 1 < 2\nfigure\na "b"\nx\n[ 1 ]',
    });
  });
  test("an error and a warning stand out", () => {
    const error = { ename: "Error", evalue: "no", traceback: ["Error: no", "  In[3]:1:5"] };
    const { bundle } = compose([...pieces(text("careful", "stderr")), { kind: "error", error }]);
    expect(bundle["text/plain"]).toBe("careful\nError: no\n  In[3]:1:5");
    expect(bundle["text/html"]).toMatch(
      /<pre style="[^"]+">careful<\/pre>\n<pre style="[^"]+">Error: no\n {2}In\[3\]:1:5<\/pre>/,
    );
  });
});
