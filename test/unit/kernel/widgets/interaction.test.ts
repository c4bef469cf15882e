// One interaction without controls: when its function is called, and what of its output goes where. `interact` has the rest.
import { expect, test } from "vitest";
import { makeCaptures } from "../../../../kernel/display/capture.js";
import { attributeByContext } from "../../../../kernel/run/attribution.js";
import type { FromSession } from "../../../../kernel/run/messages.js";
import { Interaction } from "../../../../kernel/widgets/interaction.js";

function setUp(call: () => unknown) {
  const frames: FromSession[] = [];
  const attribution = attributeByContext();
  const captures = makeCaptures((frame) => void frames.push(frame), attribution);
  const interaction = new Interaction({
    call,
    displayId: "here",
    send: captures.send,
    captures,
    currentCell: attribution.current,
    bundleOf: (value) =>
      value instanceof Date ? Promise.resolve({ "text/plain": "a date" }) : { "text/plain": String(value) },
    toCellError: (error) => ({ ename: "Error", evalue: String(error), traceback: [String(error)] }),
  });
  const texts = (): unknown[] =>
    frames.map((frame) =>
      frame.t === "display" || frame.t === "update"
        ? [frame.t, frame.id, frame.bundle["text/plain"]]
        : frame.t,
    );
  return { interaction, texts };
}

test("a result is computed, then shown, then replaced", async () => {
  let n = 1;
  const { interaction, texts } = setUp(() => n++);
  const first = await interaction.compute();
  expect(texts()).toEqual([]);
  interaction.show(first);
  interaction.redraw();
  expect(texts()).toEqual([
    ["display", "here", "1"],
    ["update", "here", "2"],
  ]);
});

test("a value that is displayed asynchronously is waited for", async () => {
  const { interaction, texts } = setUp(() => new Date(0));
  await interaction.redraw();
  expect(texts()).toEqual([["update", "here", "a date"]]);
});

test("a function that changes its own control is called again after it returned, not within", () => {
  const calls: string[] = [];
  const { interaction, texts } = setUp(() => {
    calls.push("begin");
    if (calls.length < 3) interaction.redraw();
    calls.push("end");
    return calls.length;
  });
  interaction.redraw();
  expect(calls).toEqual(["begin", "end", "begin", "end"]);
  expect(texts()).toEqual([
    ["update", "here", "2"],
    ["update", "here", "4"],
  ]);
});

test("nothing runs, nothing is interrupted", () => {
  const { interaction, texts } = setUp(() => 1);
  const error = { ename: "E", evalue: "", traceback: ["E"] };
  expect(interaction.interrupt(error)).toBe(false);
  expect(texts()).toEqual([]);
});

test("an interrupt shows what was printed and the error, also when the call had only been about to begin", () => {
  const error = { ename: "E", evalue: "", traceback: ["E: stopped"] };
  const { interaction, texts } = setUp(() => new Promise(() => {}));
  void interaction.redraw();
  expect(interaction.interrupt(error)).toBe(true);
  expect(interaction.interrupt(error, true)).toBe(true);
  expect(texts()).toEqual([
    ["update", "here", "E: stopped"],
    ["update", "here", "E: stopped"],
  ]);
});
