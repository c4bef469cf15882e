import { expect, test } from "vitest";
import { type CapturedFrame, makeCaptures } from "../../../../kernel/display/capture.js";
import { attributeByContext, attributeBySchedulers } from "../../../../kernel/run/attribution.js";
import type { FromSession } from "../../../../kernel/run/messages.js";

function setUp() {
  const out: FromSession[] = [];
  const attribution = attributeByContext();
  const captures = makeCaptures((frame) => void out.push(frame), attribution);
  const print = (text: string): void =>
    captures.send({ t: "stream", name: "stdout", text, cell: attribution.current() });
  const captured: CapturedFrame[] = [];
  const texts = (): string[] => captured.map((frame) => (frame.t === "stream" ? frame.text : frame.t));
  return { out, attribution, captures, print, captured, texts };
}

test("what the code prints is collected; before and after it goes out", () => {
  const { out, attribution, captures, print, captured, texts } = setUp();
  attribution.run(3, () => {
    print("before");
    const capture = captures.start(3, (frame) => captured.push(frame));
    const returned = capture.run(() => {
      print("inside");
      return 5;
    });
    expect(returned).toBe(5);
    print("after");
  });
  expect(texts()).toEqual(["inside"]);
  expect(out).toEqual(["before", "after"].map((text) => ({ t: "stream", name: "stdout", text, cell: 3 })));
});

test("timers and promises of the code are collected too, until the capture ends", async () => {
  const { out, attribution, captures, print, captured, texts } = setUp();
  const capture = attribution.run(3, () => captures.start(3, (frame) => captured.push(frame)));
  await capture.run(async () => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    print("late");
  });
  const later = capture.run(() => new Promise((resolve) => setImmediate(() => resolve(print("too late")))));
  capture.end();
  await later;
  expect(texts()).toEqual(["late"]);
  expect(out).toEqual([]);
});

test("where schedulers carry the cell, the code after the captured part belongs to the cell again", () => {
  const before = { setTimeout, setInterval, setImmediate, queueMicrotask, nextTick: process.nextTick };
  const attribution = attributeBySchedulers();
  const captures = makeCaptures(() => {}, attribution);
  attribution.run(3, () => {
    captures.start(3, () => {}).run(() => expect(attribution.current()).toBeLessThan(0));
    expect(attribution.current()).toBe(3);
  });
  const { nextTick, ...globals } = before;
  Object.assign(globalThis, globals);
  process.nextTick = nextTick;
});

test("comms and questions go out under the cell around it, also from a capture within a capture", () => {
  const { out, attribution, captures, captured } = setUp();
  attribution.run(4, () => {
    captures
      .start(4, (frame) => captured.push(frame))
      .run(() => {
        captures
          .start(attribution.current(), () => {})
          .run(() =>
            captures.send({ t: "input", prompt: "?", password: false, cell: attribution.current() }),
          );
      });
  });
  expect(out).toEqual([{ t: "input", prompt: "?", password: false, cell: 4 }]);
  captures.send({ t: "ready" });
  expect(out).toContainEqual({ t: "ready" });
});
