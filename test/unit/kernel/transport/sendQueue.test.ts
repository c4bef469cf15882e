import { expect, test } from "vitest";
import { type Frames, SendQueue } from "../../../../kernel/transport/sendQueue.js";

/** A sink that, like zeromq.js, refuses a send while another is not finished. */
function makeSink() {
  const sent: Frames[] = [];
  let isSending = false;
  return {
    sent,
    async send(frames: (Uint8Array | string)[]): Promise<void> {
      if (isSending) throw new Error("EBUSY");
      isSending = true;
      await Promise.resolve();
      isSending = false;
      if (frames[0] === "bad") throw new Error("no route");
      sent.push(frames);
    },
  };
}

test("messages leave one at a time and in order", async () => {
  const sink = makeSink();
  const errors: string[] = [];
  const queue = new SendQueue(sink, (error) => errors.push(error.message));
  const messages = Array.from({ length: 1000 }, (_, i) => [String(i)]);
  for (const message of messages.slice(0, 600)) queue.push(message);
  await Promise.resolve();
  for (const message of messages.slice(600)) queue.push(message);
  await queue.drained();
  expect(sink.sent).toEqual(messages);
  expect(errors).toEqual([]);
});

test("a send that fails is reported, and the next one still leaves", async () => {
  const sink = makeSink();
  const errors: string[] = [];
  const queue = new SendQueue(sink, (error) => errors.push(error.message));
  queue.push(["bad"]);
  queue.push(["good"]);
  await queue.drained();
  expect(sink.sent).toEqual([["good"]]);
  expect(errors).toEqual(["no route"]);
});

test("drained resolves at once when nothing was pushed", async () => {
  await expect(new SendQueue(makeSink(), () => {}).drained()).resolves.toBeUndefined();
});
